import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { LineIndex } from "../../../src/diagnostics/lines.ts";
import { OpenObject } from "../../../src/documents/partial.ts";
import { runs } from "../../support/scale.ts";
import EXAMPLES from "./examples.json" with { type: "json" };
import { pythonProgram } from "./oracle/python-programs.ts";
import { printed } from "./print.ts";
import { readProgram } from "./read.ts";

const ORACLE = join(import.meta.dirname, "python-oracle.py");
const hasPython = spawnSync("python3", ["-c", "import ast"]).status === 0;
const directory = mkdtempSync(join(tmpdir(), "python-oracle-"));

afterAll(() => rmSync(directory, { recursive: true }));

/** Texts as Python writes them, in all its ways. */
const body = fc
  .array(
    fc.constantFrom(
      "a",
      "é",
      "😀",
      "\\n",
      "\\t",
      "\\x41",
      "\\u00e9",
      "\\U0001F600",
      "\\101",
      "\\\\",
      "\\q",
      " ",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

const text = fc
  .tuple(fc.constantFrom("", "r", "u", "R"), fc.constantFrom('"', "'", '"""', "'''"), body)
  .map(([prefix, quote, inner]) => `${prefix}${quote}${inner}${quote}`);

const value = fc.oneof(
  text,
  fc.constantFrom("1", "-1", "0x1F", "1_000", "True", "False", "b'x'", "x", "f(1)", "[1]", "1.5"),
  fc.tuple(text, text).map(([first, second]) => `${first} ${second}`),
);

const call = fc
  .tuple(value, value, fc.constantFrom("", ", **kw", ", # x\n  "))
  .map(([id, type, end]) => `fsx.create_data_repository_task(FileSystemId=${id},\n  Type=${type}${end})\n`);

const calls = fc.array(call, { minLength: 1, maxLength: 8 }).map((all) => all.join(""));

const WRITTEN = EXAMPLES.filter(({ file }) => file.endsWith(".py")).map(({ text }) => text);

interface Parsed {
  line: number;
  literals: Record<string, unknown>;
}

/** The calls that CPython's own parser finds in each program. */
function parseAll(programs: readonly string[]): Parsed[][] {
  const files = programs.map((program, index) => {
    const file = join(directory, `${index}.py`);
    writeFileSync(file, program);
    return file;
  });
  const { stdout, stderr } = spawnSync("python3", ["-W", "ignore", ORACLE, METHODS.join(","), ...files], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe("");
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).calls);
}

const METHODS = ["create_data_repository_task", "evict_files_failing_upload", "start_cache_report"];

/** No call of the API, but of a wrapper. */
const isWrapper = ({ literals }: Parsed): boolean => Object.keys(literals).some((name) => name.includes("_"));

describe.runIf(hasPython)("calls and literals in Python", () => {
  it.each([
    ["texts in all their forms", fc.sample(calls, { numRuns: runs(400, 15), seed: 14 })],
    ["programs of all kinds", fc.sample(pythonProgram, { numRuns: runs(1000, 30), seed: 15 })],
    ["programs that were written by hand", WRITTEN],
  ])("are those that CPython reads: %s", async (_, programs) => {
    for (const [index, parsed] of parseAll(programs).entries()) {
      const program = programs[index]!;
      const { requests } = await readProgram("a.py", program);
      const lines = new LineIndex(program);
      const made = requests.filter(({ container }) => container === "boto3");
      const read = made.map(({ callSpan, payload }) => ({ line: lines.place(callSpan!).line, payload }));
      const expected = parsed.filter((each) => !isWrapper(each));
      expect(read.map(({ line }) => line).toSorted(byNumber)).toEqual(expected.map(({ line }) => line));
      for (const { line, literals } of expected) {
        const found = read.filter((each) => each.line === line).map(({ payload }) => membersOf(payload));
        expect(found).toContainEqual(expect.objectContaining(literals));
      }
    }
  });
});

const byNumber = (a: number, b: number): number => a - b;

const membersOf = (payload: unknown): unknown =>
  printed(payload instanceof OpenObject ? payload.members : payload);
