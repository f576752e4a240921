/** The only module that depends on @bufbuild/cel. */
export type { ConstantNode, MacroNode, Node, SelectNode } from "./ast.ts";
export { childNodesOf } from "./ast.ts";
export type { MissingFact } from "./failure.ts";
export { createUnknownFailure, missingFactFromPlaceholder } from "./failure.ts";
export { formatCelValue } from "./format-value.ts";
export { CelSyntaxError, parseExpression } from "./parse.ts";
export type { Program, Result } from "./plan.ts";
export { CEL_TYPE_NAMES, createProgram } from "./plan.ts";
export type { Budget, CelVariables } from "./run.ts";
export { runWith } from "./run.ts";
export { listSignatures, type Signature } from "./signatures.ts";
export { toTimestamp } from "./time.ts";
export { DataMap, OpenDataList, toCelValue } from "./values.ts";
