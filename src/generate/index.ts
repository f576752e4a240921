// Documentation pages and service models to JSON Schemas.

export { type DiffResult, diffPaths, type SchemaDifference } from "./diff-files.ts";
export type { Difference } from "./differences.ts";
export type { FileOptions, PageNote } from "./each-operation.ts";
export {
  type CheckResult,
  checkSchemas,
  type FileDifference,
  type WriteResult,
  writeSchemas,
} from "./files.ts";
export { type Generated, type GenerateOptions, generateFromPage } from "./generate.ts";
export { type Limits, parseLimits } from "./limits.ts";
export { PageError, quote } from "./page-error.ts";
export { type Change, changeText } from "./schema-diff.ts";
export type { Note } from "./shape.ts";
