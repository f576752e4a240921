/** The only module that depends on @bufbuild/cel. */
export type { ConstantNode as Constant, MacroNode as Macro, Node, SelectNode as Select } from "./ast.ts";
export { childNodesOf as partsOf } from "./ast.ts";
export { formatCelValue as textOf } from "./format-value.ts";
export { CelSyntaxError, parseExpression } from "./parse.ts";
export type { Program, Result } from "./plan.ts";
export { CEL_TYPE_NAMES as TYPES, createProgram as programOf } from "./plan.ts";
export type { Budget, CelVariables as Variables } from "./run.ts";
export { runWith as during } from "./run.ts";
export { listSignatures as signatures, type Signature } from "./signatures.ts";
export type { MissingFact as Missing } from "./values.ts";
export { createUnknownFailure as lack, DataMap, toCelValue as celValue } from "./values.ts";
