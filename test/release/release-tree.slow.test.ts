import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../cli/run.ts";
import { releaseTree } from "./tree.ts";

const filesOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(directory, name)).isFile())
    .sort();

describe("the release tree", () => {
  let tree = "";
  beforeAll(() => {
    tree = releaseTree();
  });

  it("is reproducible byte by byte", () => {
    const again = releaseTree();
    expect(filesOf(again)).toEqual(filesOf(tree));
    const differing = filesOf(tree).filter(
      (name) => !readFileSync(join(tree, name)).equals(readFileSync(join(again, name))),
    );
    expect(differing).toEqual([]);
  }, 180_000);

  it("has a package.json without scripts and dependencies", () => {
    const manifest = JSON.parse(readFileSync(join(tree, "package.json"), "utf8")) as Record<string, unknown>;
    expect(Object.keys(manifest).sort()).toEqual(
      ["bin", "description", "engines", "license", "name", "private", "type", "version"].sort(),
    );
  });

  it("contains the files that the action and the hooks refer to", () => {
    const action = parse(readFileSync(join(tree, "action.yml"), "utf8")) as {
      runs: { main: string; using: string };
    };
    expect(action.runs.using).toBe("node24");
    expect(existsSync(join(tree, action.runs.main))).toBe(true);
    const hooks = parse(readFileSync(join(tree, ".pre-commit-hooks.yaml"), "utf8")) as { id: string }[];
    expect(hooks.map(({ id }) => id)).toEqual(["countersign", "countersign-config"]);
  });

  it("contains the licence of everything that is bundled", () => {
    const text = readFileSync(join(tree, "THIRD-PARTY-LICENCES.txt"), "utf8");
    for (const name of ["ajv", "yaml", "commander", "@bufbuild/cel", "@aws-sdk/client-iam"])
      expect(text).toMatch(new RegExp(`^${name} \\d`, "m"));
    expect(text).not.toMatch(/GPL|SSPL|BUSL/);
  });

  it("contains no path of the machine that built it", () => {
    const naming = filesOf(tree).filter((name) => readFileSync(join(tree, name), "utf8").includes(ROOT));
    expect(naming).toEqual([]);
  });

  it("runs without anything beside it", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "countersign-elsewhere-"));
    const cli = (args: string[]) =>
      spawnSync(process.execPath, [join(tree, "dist/cli.js"), ...args], { cwd: elsewhere, encoding: "utf8" });
    expect(cli(["check", join(ROOT, "examples/good")]).status).toBe(0);
    expect(cli(["check", join(ROOT, "examples/broken")]).status).toBe(1);
    expect(cli(["explain", "schema/enum"]).stdout).toContain("enum");
    expect(cli(["rules", "list"]).stdout).toContain("fsx/export-paths-relative");
  });

  it("is never written into a directory that isn't empty", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/release-tree.mjs"), tree], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("is not empty");
  });
});
