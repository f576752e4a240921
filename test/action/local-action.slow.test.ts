import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Repository } from "../git/repository.ts";
import { releaseTree } from "../release/tree.ts";
import { parseCommands } from "../reporters/readers.ts";
import { NODE, outputsIn } from "./run.ts";

/** The directory of @github/local-action, which is too large to be a devDependency. */
const LOCAL_ACTION = process.env.COUNTERSIGN_LOCAL_ACTION ?? "";

const request = (path: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest:\n  FileSystemId: fs-0123456789abcdef0\n  Type: EXPORT_TO_REPOSITORY\n  Paths: [${path}]\n  Report: {Enabled: false}\n`;

describe.skipIf(LOCAL_ACTION === "")(
  "the action, run by @github/local-action (skipped without COUNTERSIGN_LOCAL_ACTION)",
  () => {
    let tree = "";
    beforeAll(() => {
      tree = releaseTree();
      // local-action calls an exported `run`, which the bundle doesn't have.
      writeFileSync(join(tree, "dist/local.js"), 'export const run = () => import("./action.js");\n');
    });

    /** Runs the action with its inputs in a file of variables. */
    function run(workspace: string, inputs: Record<string, string>) {
      const files = mkdtempSync(join(tmpdir(), "countersign-local-action-"));
      const [output, summary] = [join(files, "output"), join(files, "summary")];
      for (const file of [output, summary]) writeFileSync(file, "");
      const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
      const variables = [...given, ["GITHUB_OUTPUT", output], ["GITHUB_STEP_SUMMARY", summary]];
      const lines = variables.map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
      writeFileSync(join(files, "env"), lines.join(""));
      const modules = join(LOCAL_ACTION, "node_modules");
      const tool = [join(modules, "tsx/dist/cli.mjs"), join(modules, "@github/local-action/src/index.ts")];
      const args = [...tool, "run", tree, "dist/local.js", join(files, "env")];
      const { status, stdout, stderr } = spawnSync(NODE, args, {
        cwd: workspace,
        encoding: "utf8",
        env: { PATH: process.env.PATH, HOME: files, TARGET_ACTION_PATH: tree },
      });
      return {
        status,
        log: `${stdout}${stderr}`,
        summary: readFileSync(summary, "utf8"),
        outputs: outputsIn(readFileSync(output, "utf8")),
      };
    }

    it("fails on a bad request", () => {
      const { directory } = new Repository().write({
        "a/new.yaml": request("/fsx/results"),
        "b/new.yaml": request("fine"),
        "c/new.yaml": request("/not-asked-for"),
      });
      const { status, log, summary, outputs } = run(directory, { paths: "a\nb", format: "sarif=out.sarif" });
      expect(status, log).toBe(1);
      const errors = parseCommands(log).filter(({ name }) => name === "error");
      expect(errors.map(({ properties }) => [properties.file, properties.title])).toEqual([
        ["a/new.yaml", "fsx/export-paths-relative"],
      ]);
      expect(outputs).toMatchObject({ outcome: "fail", errors: "1", sarif: "out.sarif" });
      expect(summary).toMatch(/^### ❌ Countersign: fail/);
    });

    it("passes a good request", () => {
      const { directory } = new Repository().write({ "new.yaml": request("fine") });
      const { status, log, outputs } = run(directory, { summary: "false" });
      expect(status, log).toBe(0);
      expect(outputs).toMatchObject({ outcome: "undecided", errors: "0" });
    });
  },
);
