import { lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { formatSafeJson, quoted } from "../diagnostics/text.ts";
import { replaceFile } from "../files/replace.ts";
import { ReadProblem } from "./problem.ts";

/** Writes a file of context, readable only by its owner: it may hold policies. Throws a `ReadProblem`. */
export function writeContextFile(directory: string, name: string, value: unknown): void {
  const file = join(directory, name);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (lstatSync(directory).isSymbolicLink()) throw createWriteProblem(directory, "it is a link");
    replaceFile(file, `${formatSafeJson(value)}\n`, 0o600);
  } catch (error) {
    if (error instanceof ReadProblem) throw error;
    throw createWriteProblem(file, String((error as NodeJS.ErrnoException).code));
  }
}

const createWriteProblem = (path: string, why: string): ReadProblem =>
  new ReadProblem(
    "other",
    `${quoted(path)} can't be written: ${why}`,
    "check the directory and its permissions, or name another with `--out`",
  );
