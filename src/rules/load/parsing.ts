import type { Path } from "../../diagnostics/pointer.ts";
import { CelSyntaxError, parseExpression } from "../cel/index.ts";
import type { Expression } from "../rule.ts";
import type { Checker } from "../typecheck/checker.ts";
import type { Type } from "../types.ts";
import type { SourceFile } from "./source-file.ts";

/** Parses the expression at a path. Reports a fault and returns undefined if it has a syntax error. */
export const parsedAt = (file: SourceFile, path: Path, text: string): Expression | undefined =>
  guarded(file, path, text, () => ({ text, node: parseExpression(text) }));

/** Runs a parser and reports a `CelSyntaxError` as a fault at its position in the text. */
export function guarded<T>(file: SourceFile, path: Path, text: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    file.faultWithin(path, text, error.at, error.message, error.help);
    return undefined;
  }
}

/** The position of an expression: at `offset` in the text at a path of a file. */
export interface ExpressionPlace {
  file: SourceFile;
  path: Path;
  text: string;
  offset?: number;
}

/** Runs a type check and reports the faults it found in the file. */
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
