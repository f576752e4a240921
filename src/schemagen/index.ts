// Generates JSON Schemas from documentation pages and service models.

export { type Change, changeText } from "./diff/changes.ts";
export { type DiffResult, diffPaths, type SchemaDifference } from "./diff/files.ts";
export type { Difference } from "./diff/json.ts";
export { type Generated, type GenerateOptions, generateFromPage } from "./generate.ts";
export type { Note } from "./ir.ts";
export { type Limits, parseLimits } from "./limits/read.ts";
export type { FileOptions, PageNote } from "./operations.ts";
export { PageError, quote } from "./source-error.ts";
export {
  type CheckResult,
  checkSchemas,
  type FileDifference,
  type WriteResult,
  writeSchemas,
} from "./write.ts";
