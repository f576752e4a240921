import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MANY_FILES } from "../../src/files/walk.ts";
import { CLI, directory, runBuilt, runCli } from "./run.ts";

describe("the built command line", () => {
  it("prints the same report as the source does", async () => {
    const args = ["check", "examples", "--format", "json"];
    expect(runBuilt(args)).toEqual(await runCli(args));
  });

  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";

  it.each([
    ["that allows no threads", [permission, "--allow-fs-read=*"]],
    ["without WebAssembly", ["--jitless"]],
    ["of which threads get no options", ["--require", "./said.cjs"]],
  ])("finds the same in very many files in a Node %s", (_, options) => {
    const cwd = directory({ "said.cjs": 'process.stderr.write("said\\n");\n' });
    for (let index = 0; index < 2 * MANY_FILES; index++) {
      const folder = join(cwd, `${Math.floor(index / 100)}`);
      if (index % 100 === 0) mkdirSync(folder);
      const text = index % 1000 === 0 ? '{"operation": "fsx:CreateDataRepositoryTask"}' : "{}";
      writeFileSync(join(folder, `${index}.json`), text);
    }
    const run = (...given: string[]) =>
      spawnSync(process.execPath, [...given, CLI, "find", "."], { cwd, encoding: "utf8" });
    const usual = run();
    expect(usual.stdout).toContain("8 not read");
    expect(usual.stderr).toBe("");
    const other = run(...options);
    expect([other.status, other.stdout]).toEqual([usual.status, usual.stdout]);
    expect(other.stderr.match(/^said$/gm) ?? []).toHaveLength(options.includes("./said.cjs") ? 1 : 0);
  });
});
