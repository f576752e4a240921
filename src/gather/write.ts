import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatSafeJson, quoted } from "../diagnostics/text.ts";
import { ReadProblem } from "./problem.ts";

/** Writes a file of context at once, readable only by its owner: it may hold policies. Throws a `ReadProblem`. */
export function writeContextFile(directory: string, name: string, value: unknown): void {
  const file = join(directory, name);
  const part = join(directory, `.${name}.part`);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(part, `${formatSafeJson(value)}\n`, { mode: 0o600 });
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw new ReadProblem(
      "other",
      `${quoted(file)} can't be written: ${(error as NodeJS.ErrnoException).code}`,
      "check the directory and its permissions, or name another with `--out`",
    );
  }
}
