import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../support/scale.ts";
import type { MadeCall } from "./oracle/compare-runs.ts";
import { compareRuns } from "./oracle/compare-runs.ts";
import { pythonProgram } from "./oracle/python-programs.ts";

const RUNNER = join(import.meta.dirname, "oracle/run-python.py");
const hasPython = spawnSync("python3", ["-c", "import ast"]).status === 0;

/** Runs programs one by one, each in names of its own. */
function runAll(programs: readonly string[]): MadeCall[][] {
  const { stdout, stderr } = spawnSync("python3", ["-W", "ignore", RUNNER], {
    input: JSON.stringify(programs),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

describe.runIf(hasPython)("what is known of calls in Python", () => {
  it("is what arrives when the program runs", async () => {
    const programs = fc.sample(pythonProgram, { numRuns: runs(1000), seed: 14 });
    const ran = runAll(programs);
    let values = 0;
    for (const [index, program] of programs.entries()) {
      const { known, wrong } = await compareRuns("a.py", program, ran[index]!);
      expect(wrong).toBeUndefined();
      values += known;
    }
    expect(values).toBeGreaterThan(programs.length);
  });
});
