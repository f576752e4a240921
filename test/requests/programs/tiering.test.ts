import { spawnSync } from "node:child_process";
import { Script } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS, lateTiering, NO_TIERING } from "../../../src/requests/programs/tree/tiering.ts";

describe("the options of V8 for WebAssembly", () => {
  afterEach(() => lateTiering().end());

  it("are known with their defaults for this version of Node", () => {
    const { stdout } = spawnSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
    const budget = /--wasm-tiering-budget=(\d+)/.exec(stdout)?.[1];
    const known = DEFAULT_BUDGETS[Number.parseInt(process.versions.node, 10)];
    if (known !== undefined) expect(Number(budget)).toBe(known);
    for (const flag of ["wasm-tier-up", "wasm-dynamic-tiering"]) expect(stdout).toContain(`--${flag} `);
  });

  it.each([
    ["no tiering", NO_TIERING],
    ["late tiering", lateTiering()],
    ["late tiering in a version that isn't known", lateTiering("99.0.0")],
  ])("are as before after %s, so that code in the cache is taken", (_, tiering) => {
    const source = "(function f() { return 1; })";
    const cachedData = new Script(source).createCachedData();
    tiering.begin();
    tiering.end();
    expect(new Script(source, { cachedData }).cachedDataRejected).toBe(false);
  });
});
