// Documentation pages to JSON Schemas.

export type { Difference } from "./differences.ts";
export {
  type CheckResult,
  checkSchemas,
  type FileDifference,
  type FileOptions,
  type PageNote,
  type WriteResult,
  writeSchemas,
} from "./files.ts";
export { type Generated, type GenerateOptions, generateFromPage } from "./generate.ts";
export { type Limits, parseLimits } from "./limits.ts";
export { harmless, PageError, quote } from "./page-error.ts";
export type { Note } from "./shape.ts";
