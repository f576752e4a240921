// Generates JSON Schemas from documentation pages and service models.

export { formatChange, type SchemaChange } from "./diff/changes.ts";
export { type DiffResult, diffPaths, type SchemaDifference } from "./diff/files.ts";
export type { JsonDifference } from "./diff/json.ts";
export { type GeneratedSchemas, type GenerateOptions, generateFromPage } from "./generate.ts";
export type { SourceNote } from "./ir.ts";
export { type LimitsFile, parseLimits } from "./limits/read.ts";
export type { PageNote, SourceOptions } from "./operations.ts";
export { PageError, quoteShort } from "./source-error.ts";
export {
  checkSchemas,
  type SchemaCheckResult,
  type SchemaFileDifference,
  type SchemaWriteResult,
  writeSchemas,
} from "./write.ts";
