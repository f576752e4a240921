import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../support/scale.ts";
import { compareRuns } from "./oracle/compare-runs.ts";
import { javascriptProgram } from "./oracle/javascript-programs.ts";
import { runJavascript } from "./oracle/run-javascript.ts";

describe("what is known of calls in JavaScript", () => {
  it("is what arrives when the program runs", async () => {
    let values = 0;
    const property = fc.asyncProperty(javascriptProgram, async (program) => {
      const { known, wrong } = await compareRuns("a.js", program, runJavascript(program));
      expect(wrong).toBeUndefined();
      values += known;
    });
    await fc.assert(property, { numRuns: runs(1000), seed: 14 });
    expect(values).toBeGreaterThan(runs(1000));
  });
});
