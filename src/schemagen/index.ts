// Generates JSON Schemas from documentation pages and service models.

export { formatChange as changeText, type SchemaChange as Change } from "./diff/changes.ts";
export { type DiffResult, diffPaths, type SchemaDifference } from "./diff/files.ts";
export type { JsonDifference as Difference } from "./diff/json.ts";
export { type GeneratedSchemas as Generated, type GenerateOptions, generateFromPage } from "./generate.ts";
export type { SourceNote as Note } from "./ir.ts";
export { type LimitsFile as Limits, parseLimits } from "./limits/read.ts";
export type { PageNote, SourceOptions as FileOptions } from "./operations.ts";
export { PageError, quoteShort as quote } from "./source-error.ts";
export {
  checkSchemas,
  type SchemaCheckResult as CheckResult,
  type SchemaFileDifference as FileDifference,
  type SchemaWriteResult as WriteResult,
  writeSchemas,
} from "./write.ts";
