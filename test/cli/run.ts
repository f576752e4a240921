import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "../../src/cli/program.ts";
import { shouldUseColor } from "../../src/run/io.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const CLI = join(ROOT, "dist", "cli.js");

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** The working directory; the repository's root by default. */
  cwd?: string;
  stdin?: string | Uint8Array;
  /** Environment variables beside PATH; nothing else is inherited. */
  env?: Readonly<Record<string, string>>;
}

let lastRun: Promise<unknown> = Promise.resolve();

/**
 * Runs the command line in this process. The working directory and the environment are the process's own, so runs that
 * a test starts at once wait for each other.
 */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const run = lastRun.then(() => runInProcess(args, options));
  lastRun = run.catch(() => undefined);
  return run;
}

async function runInProcess(
  args: readonly string[],
  { cwd = ROOT, stdin = "", env }: RunOptions,
): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const environment = environmentFor(env);
  const input = openInput(stdin);
  const outside = { cwd: process.cwd(), env: process.env };
  process.chdir(cwd);
  process.env = environment;
  try {
    const status = await runProgram(args, {
      stdout: (text) => void stdout.push(text),
      stderr: (text) => void stderr.push(text),
      stdin: input.descriptor,
      color: shouldUseColor(environment, false),
      environment,
    });
    return { status, stdout: stdout.join(""), stderr: stderr.join("") };
  } finally {
    process.env = outside.env;
    process.chdir(outside.cwd);
    input.close();
  }
}

const environmentFor = (env: RunOptions["env"]): Record<string, string> => ({
  PATH: process.env.PATH ?? "",
  ...env,
});

/** Standard input is read through a descriptor: here, that of a temporary file. */
function openInput(content: string | Uint8Array): { descriptor: number; close: () => void } {
  const cwd = directory({ stdin: content });
  const descriptor = openSync(join(cwd, "stdin"), "r");
  const close = (): void => {
    closeSync(descriptor);
    rmSync(cwd, { recursive: true });
  };
  return { descriptor, close };
}

/** Runs the built command line as a user would, in a process of its own. */
export function runBuilt(args: readonly string[], { cwd = ROOT, stdin = "", env }: RunOptions = {}): Ran {
  if (!existsSync(CLI)) throw new Error("dist/cli.js is missing: run `npm run build` first");
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    input: stdin,
    encoding: "utf8",
    env: environmentFor(env),
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

/** The findings without those that only wait for context that a test doesn't give. */
export const withoutMissingFacts = <
  T extends { status: string; missing?: readonly { kind: string }[] | undefined },
>(
  diagnostics: readonly T[],
): T[] =>
  diagnostics.filter(
    ({ status, missing = [] }) =>
      status !== "undecided" || missing.length === 0 || missing.some(({ kind }) => kind !== "fact"),
  );

/** The JSON report of a `check`. */
export const reportOf = ({ stdout }: Ran) => JSON.parse(stdout);
