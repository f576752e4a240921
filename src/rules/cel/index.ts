/** The only module that depends on @bufbuild/cel. */
export type { ConstantNode as Constant, MacroNode as Macro, Node, SelectNode as Select } from "./ast.ts";
export { childNodesOf as partsOf } from "./ast.ts";
export { CelSyntaxError, parseExpression } from "./parse.ts";
export type { Program, Result } from "./plan.ts";
export { createProgram as programOf, CEL_TYPE_NAMES as TYPES } from "./plan.ts";
export type { Budget, CelVariables as Variables } from "./run.ts";
export { runWith as during } from "./run.ts";
export { type Signature, listSignatures as signatures } from "./signatures.ts";
export { formatCelValue as textOf } from "./text.ts";
export type { MissingFact as Missing } from "./values.ts";
export { toCelValue as celValue, DataMap, createUnknownFailure as lack } from "./values.ts";
