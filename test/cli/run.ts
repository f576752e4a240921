import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const CLI = join(ROOT, "dist", "cli.js");

if (!existsSync(CLI)) throw new Error("dist/cli.js is missing: run `npm run build` first");

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line as a user would. */
export function run(
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: object } = {},
): Ran {
  const { cwd = ROOT, input = "", env } = options;
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    input,
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}

/** A new directory with these files; its path. */
export function directory(files: Record<string, string | Uint8Array> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "countersign-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** The JSON report of a `check`. */
export const reportOf = ({ stdout }: Ran) => JSON.parse(stdout);
