import type { Path } from "../../diagnostics/pointer.ts";
import { CelSyntaxError, parseExpression } from "../cel/index.ts";
import type { Expression } from "../rule.ts";
import type { Checker } from "../typecheck/checker.ts";
import type { Type } from "../types.ts";
import type { SourceFile } from "./source-file.ts";

/** The expression that stands at a path; undefined, with a fault, where it can't be read. */
export const parsedAt = (file: SourceFile, path: Path, text: string): Expression | undefined =>
  guarded(file, path, text, () => ({ text, node: parseExpression(text) }));

/** Runs a reader; what it can't read becomes a fault at its place in the text. */
export function guarded<T>(file: SourceFile, path: Path, text: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    file.faultWithin(path, text, error.at, error.message, error.help);
    return undefined;
  }
}

/** Where an expression stands: `offset` in the text at a path of a file. */
export interface ExpressionPlace {
  file: SourceFile;
  path: Path;
  text: string;
  offset?: number;
}

/** Runs a check, and brings what it found to the file. */
export function checkedAt(
  { file, path, text, offset = 0 }: ExpressionPlace,
  checker: Checker,
  check: () => Type,
): Type {
  const before = checker.faults.length;
  const type = check();
  for (const { at, message, help } of checker.faults.slice(before)) {
    file.faultWithin(path, text, offset + at, message, help);
  }
  return type;
}
