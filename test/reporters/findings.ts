import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";

/** A finding, by default an error. */
export const createFinding = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: "schema/enum",
  severity: "error",
  status: "failed",
  message: "`A` is not a value of `Type`",
  file: "dir/a b.yaml",
  line: 3,
  column: 9,
  endLine: 3,
  endColumn: 12,
  pointer: "/Type",
  operation: "fsx:CreateDataRepositoryTask",
  ...more,
});

export const repeat = (count: number, more: Partial<Diagnostic> = {}): Diagnostic[] =>
  Array.from({ length: count }, () => createFinding(more));
