import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { takeLookAhead } from "../../src/engine/first-look/look-ahead.ts";
import { createSearchImage } from "../../src/engine/first-look/search.ts";
import { openSearch } from "../../src/engine/first-look/thread.ts";
import { MANY_FILES } from "../../src/files/walk.ts";
import { WORDS, WordScanner } from "../../src/requests/mentions/scanner.ts";
import { directory, runCli } from "../cli/run.ts";
import { runs } from "../support/scale.ts";

const NAMES = ["createdatarepositorytask", "startcachereport", "startcache"];
/** It makes only the rows that texts lead to; the states of both have the same numbers where all rows are made. */
const scanner = new WordScanner(NAMES);
scanner.complete();
const image = createSearchImage(new WordScanner(NAMES).complete(), 4096)!;

const task = (index: number) =>
  JSON.stringify({
    operation: "fsx:CreateDataRepositoryTask",
    request: {
      Type: "EXPORT_TO_REPOSITORY",
      FileSystemId: `fs-${index.toString(16).padStart(17, "0")}`,
      Report: { Enabled: false },
    },
  });

const wide = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, "utf16le");
const program = "fsx = boto3.client('fsx')\nfsx.create_data_repository_task(Type='EXPORT')\n";

/** Files that are not looked at as most are, in each of the directories. */
const special = (index: number): Record<string, string | Uint8Array> => ({
  "task.json": task(index),
  "marked.json": `\ufeff${task(index + 100)}`,
  "faulty.json": task(index + 200).slice(0, -2),
  "wide.json": wide(task(index + 300)),
  "latin.yaml": Buffer.from("operation: fsx:CreateDataRepositoryTask # \xe9\n", "latin1"),
  "harmless.yaml": Buffer.from("a: \xe9\n", "latin1"),
  "escaped.yaml": 'a: "\\x41"\n',
  "empty.yaml": "",
  "zeros.json": new Uint8Array(5000),
  "packed.yaml": gzipSync(task(index + 400)),
  "packed.json.gz": gzipSync(task(index + 500)),
  "long.json": `{"a": [${"0, ".repeat(400_000)}0], "b": "fsx:CreateDataRepositoryTask"}`,
  "export.py": program,
  "node_modules.py": "print(1)\n",
  "vendor/other.py": program,
});

function createTree(): string {
  const root = directory({});
  for (const [index, name] of ["a", "b", "c"].entries()) {
    const folder = join(root, name);
    mkdirSync(join(folder, "vendor"), { recursive: true });
    for (let file = 0; file < MANY_FILES * 0.35; file++)
      writeFileSync(
        join(folder, `${String(file).padStart(4, "0")}.yaml`),
        `kind: Deployment\nname: n${file}\n`,
      );
    for (const [file, content] of Object.entries(special(index))) writeFileSync(join(folder, file), content);
    symlinkSync("loop.json", join(folder, "loop.json"));
    symlinkSync("nowhere.yaml", join(folder, "dangling.yaml"));
    symlinkSync("vendor", join(folder, "linked.yaml"));
    symlinkSync("task.json", join(folder, "0100-linked.json"));
  }
  return root;
}

describe("a run over so many files that a thread looks at some of them", () => {
  const cwd = createTree();
  const jsonOf = async (...args: string[]) => JSON.parse((await runCli(args, { cwd })).stdout);

  it("finds what runs over a part each find, in the same order", async () => {
    const whole = await jsonOf("find", ".", "--format", "json");
    const each = [];
    for (const part of ["a", "b", "c"]) each.push(await jsonOf("find", part, "--format", "json"));
    expect(whole.requests).toEqual(each.flatMap(({ requests }) => requests));
    expect(whole.unread).toEqual(each.flatMap(({ unread }) => unread));
    expect(whole.requests.length).toBeGreaterThanOrEqual(9);
    expect(whole.unread.length).toBeGreaterThanOrEqual(9);
  });

  it("says of each file what a run over a part says", async () => {
    const whole = await jsonOf("check", ".", "--format", "json");
    const each = [];
    for (const part of ["a", "b", "c"]) each.push(await jsonOf("check", part, "--format", "json"));
    expect(whole.diagnostics).toEqual(each.flatMap(({ diagnostics }) => diagnostics));
    expect(whole.requests).toEqual(each.flatMap(({ requests }) => requests));
  });
});

describe("the thread", () => {
  const folder = directory({});
  const fileOf = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const others = [
    fileOf("named.yaml", "x: createDataRepositoryTask\n"),
    fileOf("empty.yaml", ""),
    fileOf("packed.yaml", gzipSync("nothing")),
    fileOf("full.yaml", " ".repeat(4096)),
    join(folder, "missing.yaml"),
    folder,
  ];
  const clean = fileOf("clean.yaml", "x: 1\n");

  it("passes files that hold no word, and none that it can't tell this of", async () => {
    const files = ["first", clean, ...others, clean];
    const ahead = takeLookAhead()!;
    ahead.begin(files, () => WORDS.name, image);
    await vi.waitFor(() => expect(ahead.hasPassed(1)).toBe(true), 20_000);
    expect(files.map((_, index) => ahead.hasPassed(index))).toEqual([
      false,
      true,
      ...others.map(() => false),
      true,
    ]);
    ahead.end();
  });

  it("leaves files alone that are no matter", async () => {
    const ahead = takeLookAhead()!;
    ahead.begin(["first", clean, "other"], (file) => (file === "other" ? 0 : WORDS.name), image);
    await vi.waitFor(() => expect(ahead.hasPassed(1)).toBe(true), 20_000);
    expect(ahead.hasPassed(2)).toBe(false);
    ahead.end();
  });

  it("may end before it has begun", () => {
    const ahead = takeLookAhead()!;
    expect(ahead.hasPassed(0)).toBe(false);
    ahead.end();
  });
});

describe("a search in WebAssembly", () => {
  const { piece, find } = openSearch(image);
  const pieces = [
    "createDataRepositoryTask",
    "start_cache",
    "start",
    "cache",
    "aws",
    "custom:",
    ":",
    "\\x4",
    "?",
  ];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(" ", "-", "\n", "x", "\0"), fc.string()), {
      maxLength: 60,
    })
    .map((parts) => Buffer.from(parts.join("")).subarray(0, 2000));

  it("finds what a search in JavaScript finds, and ends in the same state", () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 31 }), (before, after, wanted) => {
        let [from, own] = [0, 0];
        for (const bytes of [before, after]) {
          piece.set(bytes);
          const { length } = bytes;
          const expected = scanner.search(bytes, length, wanted, from);
          expect(find(length, wanted, own)).toBe(expected);
          if (expected < 0) return;
          from = own = expected;
        }
      }),
      { numRuns: runs(5000, 500) },
    );
  });

  it("finds a word at any place of a long text, and across the parts that it is searched in", () => {
    const word = Buffer.from("create-data_repository task");
    for (let at = 0; at < 300; at++) {
      piece.fill("c r e a t e .", 0, 400);
      piece.set(word, at);
      expect(find(400, WORDS.name, 0)).toBe(-1);
      expect(find(400, WORDS.mark, 0)).toBeGreaterThanOrEqual(0);
    }
  });
});
