import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Ran } from "../cli/run.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CLI = process.env.COUNTERSIGN_CLI ?? join(ROOT, "dist", "cli.js");

if (!existsSync(CLI)) throw new Error("dist/cli.js is missing: run `npm run build` first");

/** Runs the built command line beside this process, which may be the server that it talks to. */
export function runBeside(
  args: readonly string[],
  options: { cwd: string; input?: string; env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  const { cwd, input = "", env } = options;
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
    });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...text }));
  });
}
