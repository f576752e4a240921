import type { Path } from "../../diagnostics/pointer.ts";
import { CelSyntaxError, createProgram, parseExpression } from "../cel/index.ts";
import type { ParsedExpression } from "../rule.ts";
import type { ExpressionChecker } from "../typecheck/checker.ts";
import type { Type } from "../types.ts";
import type { RuleDefinitions } from "./definitions.ts";
import type { RuleSourceFile } from "./source-file.ts";

/** Parses the expression at a path. Reports a fault and returns undefined if it has a syntax error. */
export const parseAt = (file: RuleSourceFile, path: Path, text: string): ParsedExpression | undefined =>
  catchSyntaxError(file, path, text, () => parseAndExpand(text, file.definitions));

/** Parses an expression and puts its definitions into place. Throws `CelSyntaxError`. */
export function parseAndExpand(text: string, definitions: RuleDefinitions): ParsedExpression {
  const node = definitions.expand(parseExpression(text));
  return { text, node, program: createProgram(node) };
}

/** Runs a parser and reports a `CelSyntaxError` as a fault at its position in the text. */
export function catchSyntaxError<T>(
  file: RuleSourceFile,
  path: Path,
  text: string,
  read: () => T,
): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    file.addFaultWithin(path, text, error.at, error.message, error.help);
    return undefined;
  }
}

/** The position of an expression: at `offset` in the text at a path of a file. */
export interface ExpressionPlace {
  file: RuleSourceFile;
  path: Path;
  text: string;
  offset?: number;
}

/** Runs a type check and reports the faults it found in the file. */
export function checkAt(
  { file, path, text, offset = 0 }: ExpressionPlace,
  checker: ExpressionChecker,
  check: () => Type,
): Type {
  const before = checker.faults.length;
  const type = check();
  for (const { at, message, help } of checker.faults.slice(before)) {
    file.addFaultWithin(path, text, offset + at, message, help);
  }
  return type;
}
