import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The runner runs actions with Node 24; without COUNTERSIGN_NODE24, the Node of the tests stands in for it. */
export const NODE = process.env.COUNTERSIGN_NODE24 ?? process.execPath;

export interface Acted {
  status: number | null;
  log: string;
  summary: string;
  outputs: Record<string, string>;
}

/** Runs the built action as GitHub's runner does: inputs and files are named in the environment. */
export function act(
  tree: string,
  workspace: string,
  inputs: Record<string, string> = {},
  environment: Record<string, string> = {},
): Acted {
  const files = mkdtempSync(join(tmpdir(), "countersign-runner-"));
  const [output, summary] = [join(files, "output"), join(files, "summary")];
  writeFileSync(output, "");
  writeFileSync(summary, "");
  const given = Object.entries({ "changed-only": "false", summary: "true", ...inputs });
  const { status, stdout, stderr } = spawnSync(NODE, [join(tree, "dist/action.js")], {
    cwd: workspace,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    env: {
      PATH: process.env.PATH,
      HOME: files,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: workspace,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "octo/storage",
      GITHUB_EVENT_NAME: "push",
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      // The runner writes inputs in upper case, with `_` for spaces.
      ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...environment,
    },
  });
  return {
    status,
    log: `${stdout}${stderr}`,
    summary: readFileSync(summary, "utf8"),
    outputs: outputsIn(readFileSync(output, "utf8")),
  };
}

/** Reads outputs in the runner's format: `name<<delimiter`, lines, `delimiter`. */
export function outputsIn(text: string): Record<string, string> {
  const found = text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2$/gm);
  return Object.fromEntries([...found].map(([, name, , value]) => [name!, value!]));
}
