import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { AnswerStream } from "../../../src/cli/stream/answer-stream.ts";
import { createLineChecker } from "../../../src/cli/stream/checker.ts";
import { openAnswers } from "../../../src/cli/stream/resume.ts";
import { validate } from "../../../src/index.ts";
import { directory } from "../run.ts";

const checker = await createLineChecker(
  { config: false, schemas: [], context: [], rules: [] },
  { stderr: () => undefined },
);

const TASK = {
  operation: "fsx:CreateDataRepositoryTask",
  request: { Type: "EXPORT_TO_REPOSITORY", FileSystemId: "fs-0123456789abcdef0", Report: { Enabled: false } },
};
const line = (id: unknown, more: object = {}): string => JSON.stringify({ id, ...TASK, ...more });

interface Answer {
  id?: unknown;
  line?: number;
  outcome: string;
  diagnostics: { code: string }[];
}

/** The answers to an input, which comes in pieces. */
async function answer(
  pieces: readonly (string | Buffer)[],
  options: { limit?: number; isBrief?: boolean } = {},
): Promise<{ text: string; answers: Answer[] }> {
  const written: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      setImmediate(done);
    },
  });
  const { limit, isBrief = false } = options;
  const stream = new AnswerStream({ ...checker, isBrief }, { limit, output, resumed: undefined });
  expect(await stream.run(Readable.from(pieces.map((piece) => Buffer.from(piece))))).toBe(0);
  const text = written.join("");
  return {
    text,
    answers: text
      .split("\n")
      .slice(0, -1)
      .map((each) => JSON.parse(each)),
  };
}

describe("a stream of requests", () => {
  it("is answered in order, by what `validate()` says", async () => {
    const { answers } = await answer([
      `${line(1)}\n${line("b", { justification: "why" })}\n${line({ c: [3] })}\n`,
    ]);
    const { outcome, diagnostics } = validate(TASK);
    const said = JSON.parse(JSON.stringify({ outcome, diagnostics }));
    expect(answers).toEqual([
      { id: 1, ...said },
      { id: "b", ...said },
      { id: { c: [3] }, ...said },
    ]);
  });

  it("is split at line breaks wherever its pieces are", async () => {
    const text = Buffer.from(`${line("é")}\n${line(2)}\r\n${line(3)}`);
    const bytes = [...text].map((byte) => Buffer.from([byte]));
    expect((await answer(bytes)).answers.map(({ id }) => id)).toEqual(["é", 2, 3]);
  });

  it.each([
    ["an empty line", "", { line: 1 }, "document/no-request"],
    ["a line of white space", " \t\r", { line: 1 }, "document/no-request"],
    ["a line that is no JSON", "what", { line: 1 }, "document/syntax"],
    ["a line that is cut", '{"id":7,"operation":"fsx:Cre', { id: 7 }, "document/syntax"],
    ["a line whose id is cut", '{"id":7', { line: 1 }, "document/syntax"],
    [
      "a line with an id at the end",
      '{"request":{"id":1},"operation":x,"id":"é"}',
      { id: "é" },
      "document/syntax",
    ],
    ["a line with more than one object", '{"id":7}{"id":8}', { id: 7 }, "document/syntax"],
    [
      "a key that stands twice",
      '{"id":7,"operation":"a","operation":"b"}',
      { id: 7 },
      "document/duplicate-key",
    ],
    ["a line that is a list", "[1]", { line: 1 }, "document/envelope"],
    ["a line that is null", "null", { line: 1 }, "document/envelope"],
    ["a line without a request", '{"id":null}', { id: null }, "document/envelope"],
    ["a misspelt member", line(7, { justfication: "x" }), { id: 7 }, "document/envelope"],
    ["an unknown operation", line(7, { operation: "fsx:Nothing" }), { id: 7 }, "document/unknown-operation"],
    [
      "an id of a prototype's name",
      line("__proto__", { operation: "x:Y" }),
      { id: "__proto__" },
      "document/unknown-operation",
    ],
  ])("answers %s with an error, and goes on", async (_title, text, identity, code) => {
    const { answers } = await answer([`${text}\n${line("next")}\n`]);
    expect(answers).toHaveLength(2);
    expect(answers[0]).toMatchObject({ ...identity, outcome: "fail" });
    expect(answers[0]!.diagnostics[0]!.code).toBe(code);
    expect(answers[1]).toMatchObject({ id: "next", outcome: "undecided" });
  });

  it("skips a mark of the byte order, and says which line is not UTF-8", async () => {
    const { answers } = await answer([
      Buffer.from(`\uFEFF${line(1)}\n{"id":2,"operation":"`),
      Buffer.from([0xff]),
      Buffer.from(`"}\n${line(3, { justification: "\uFFFD" })}\n`),
    ]);
    expect(answers.map(({ id, outcome }) => [id, outcome])).toEqual([
      [1, "undecided"],
      [2, "fail"],
      [3, "undecided"],
    ]);
    expect(answers[1]!.diagnostics).toMatchObject([{ code: "document/encoding" }]);
  });

  it("gives ids back as they are, also integers that no double has", async () => {
    const ids = ["12345678901234567890", '{"a":[12345678901234567890,"x"]}', "1.5", '"\\u202e"', "false"];
    const { text } = await answer(ids.map((id) => `{"id":${id},"operation":"x:Y","request":{}}\n`));
    expect(
      text
        .split("\n")
        .slice(0, -1)
        .map((each) => each.split(',"outcome"')[0]),
    ).toEqual(ids.map((id) => `{"id":${id}`));
  });

  it("keeps no more of a line than the limit, and answers it with its id", async () => {
    const long = line(1, { justification: "x".repeat(2000) });
    const { answers } = await answer([...long.match(/.{1,100}/g)!, `\n${line(2)}\n`, "y".repeat(5000)], {
      limit: 1000,
    });
    expect(answers).toMatchObject([
      {
        id: 1,
        outcome: "fail",
        diagnostics: [{ code: "document/too-large", message: "the line has more than 1,000 bytes" }],
      },
      { id: 2, outcome: "undecided" },
      { line: 3, outcome: "fail", diagnostics: [{ code: "document/too-large" }] },
    ]);
  });

  it("is answered briefly on demand", async () => {
    const { text } = await answer([`${line(1)}\n`], { isBrief: true });
    expect(text).toBe('{"id":1,"outcome":"undecided"}\n');
  });

  it("is read no faster than its answers are taken", async () => {
    const waiting: (() => void)[] = [];
    const output = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => void waiting.push(done),
    });
    let read = 0;
    const lines = function* () {
      for (; read < 1000; read++) yield Buffer.from(`${line(read)}\n`);
    };
    const stream = new AnswerStream(checker, { limit: undefined, output, resumed: undefined });
    const done = stream.run(Readable.from(lines(), { highWaterMark: 1 }));
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(waiting).toHaveLength(1);
    expect(read).toBeLessThan(10);
    stream.stop(143);
    waiting[0]!();
    expect(await done).toBe(143);
  });
});

describe("a stream that is resumed", () => {
  const INPUT = [line(1), "", line(3), line({ four: 4 }), line(5)].map((each) => `${each}\n`).join("");

  const BRIEF = { ...checker, isBrief: true };

  async function resume(file: string, input: string): Promise<number> {
    const resumed = openAnswers(file);
    const stream = new AnswerStream(BRIEF, { limit: undefined, output: resumed.stream, resumed });
    const status = await stream.run(Readable.from([Buffer.from(input)]));
    await new Promise((resolve) => resumed.stream.end(resolve));
    return status;
  }

  it("loses nothing and repeats nothing, wherever it was interrupted", async () => {
    const whole = join(directory(), "answers");
    await resume(whole, INPUT);
    const expected = readFileSync(whole);
    expect(expected.toString().split("\n")).toHaveLength(6);
    for (let cut = 0; cut <= expected.length; cut += 1) {
      writeFileSync(whole, expected.subarray(0, cut));
      expect(await resume(whole, INPUT)).toBe(0);
      expect(readFileSync(whole)).toEqual(expected);
    }
    await resume(whole, INPUT);
    expect(readFileSync(whole)).toEqual(expected);
  });

  it("refuses answers to another input", async () => {
    const file = join(directory(), "answers");
    await resume(file, `${line(1)}\n${line(2)}\n`);
    await expect(resume(file, `${line(1)}\n${line(3)}\n`)).rejects.toThrow(
      "has 2 answers, of which the last one",
    );
    await expect(resume(file, `${line(1)}\n`)).rejects.toThrow("has 2 answers");
    await expect(resume(file, `${line(1)}\n\n`)).rejects.toThrow("has 2 answers");
    appendFileSync(file, '{"line":9,"outcome":"fail"}\n');
    await expect(resume(file, `${line(1)}\n${line(2)}\n\n`)).rejects.toThrow("has 3 answers");
    expect(() => openAnswers(join(file, "below"))).toThrow("can't be written: ENOTDIR");
  });
});
