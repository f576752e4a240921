/** What runs expressions, compiled ones and interpreted ones. */
export type { MissingFact } from "./failure.ts";
export { createFailure, createUnknownFailure, missingFactFromPlaceholder } from "./failure.ts";
export { formatCelValue } from "./format-value.ts";
export { toCelInt } from "./ints.ts";
export type { EvaluateCode, Program, Result } from "./program.ts";
export { evaluateProgram, isOpenValue, resultFromValue } from "./program.ts";
export type { Budget, CelVariables } from "./run.ts";
export { isBudgetSpent, runWith } from "./run.ts";
export { createTimestamp } from "./time.ts";
export { CEL_TYPE_NAMES } from "./types.ts";
export { DataMap, OpenDataList, toCelValue } from "./values.ts";
