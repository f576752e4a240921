// Runs the real AWS CLI for comparison: a process that answers what it would send, and schemas from the same
// models.

import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDirectoryStore } from "../../../src/schema/directory.ts";
import type { SchemaStore } from "../../../src/schema/store.ts";
import { writeSchemas } from "../../../src/schemagen/index.ts";

const ORACLE = join(import.meta.dirname, "../aws-cli-oracle.py");
const WHERE = "import os, awscli, botocore; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))";

const found = spawnSync("python3", ["-c", WHERE], { encoding: "utf8" });

/** The directory of the CLI's service models; undefined without version 1 of the CLI. */
export const modelsDirectory: string | undefined = found.status === 0 ? found.stdout.trim() : undefined;

export type CliAnswer = { params?: Record<string, unknown>; error?: string; none?: true };

/** What the CLI would send for each command line; `directory` is its working directory. */
export function runCommandLines(lines: readonly (readonly string[])[], directory: string): CliAnswer[] {
  const input = lines.map((words) => JSON.stringify(words)).join("\n");
  return runOracle([], input, directory).map((line) => JSON.parse(line));
}

export interface CliCommand {
  service: string;
  command: string;
  operation: string;
  boto: string;
  /** Each option with the member that it sets, or null for one of the CLI's own. */
  options: Record<string, string | null>;
}

/** The CLI's commands for the given services, or for all if none are given. */
export const listCliCommands = (services: readonly string[]): CliCommand[] =>
  runOracle(["options", ...services], "", tmpdir()).map((line) => JSON.parse(line));

function runOracle(words: readonly string[], input: string, cwd: string): string[] {
  const { status, stdout, stderr } = spawnSync("python3", [ORACLE, ...words], {
    encoding: "utf8",
    input,
    cwd,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr.slice(-2000));
  return stdout.split("\n").filter((line) => line !== "");
}

/** Generates the schemas of the given services from the CLI's own models. */
export function generateSchemas(services: readonly string[]): SchemaStore {
  const out = mkdtempSync(join(tmpdir(), "aws-cli-"));
  const { errors } = writeSchemas([modelsDirectory!], out, { operations: [...services] });
  if (errors.length > 0) throw new Error(JSON.stringify(errors.slice(0, 3)));
  return createDirectoryStore(out);
}
