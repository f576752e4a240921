import { describe, expect, it } from "vitest";
import { runBuilt, runCli } from "./run.ts";

describe("the built command line", () => {
  it("prints the same report as the source does", async () => {
    const args = ["check", "examples", "--format", "json"];
    expect(runBuilt(args)).toEqual(await runCli(args));
  });
});
