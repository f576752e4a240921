import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Unknown } from "../../../src/documents/document.ts";
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

describe.runIf(hasPython)("literals in Python", () => {
  it("are what CPython reads", async () => {
    const programs = fc.sample(fc.array(call, { minLength: 1, maxLength: 8 }), { numRuns: 40, seed: 14 });
    const files = programs.map((calls, index) => {
      const file = join(directory, `${index}.py`);
      writeFileSync(file, calls.join(""));
      return file;
    });
    const { stdout, stderr } = spawnSync(
      "python3",
      ["-W", "ignore", ORACLE, "create_data_repository_task", ...files],
      { encoding: "utf8" },
    );
    expect(stderr).toBe("");
    for (const [index, line] of stdout.trimEnd().split("\n").entries()) {
      const { calls } = JSON.parse(line) as { calls: { literals: Record<string, unknown> }[] };
      const { requests } = await readProgram("a.py", programs[index]!.join(""));
      expect(requests.map(({ payload }) => scalars(payload))).toEqual(calls.map(({ literals }) => literals));
    }
  });
});

/** The members that are known, and that a constant of Python is. */
function scalars(payload: unknown): Record<string, unknown> {
  const members = payload instanceof Unknown && "members" in payload ? payload.members : payload;
  const known = Object.entries(members as object).filter(
    ([, member]) => typeof member === "string" || typeof member === "boolean" || Number.isInteger(member),
  );
  return Object.fromEntries(known);
}
