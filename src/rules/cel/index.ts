/** The only module that depends on @bufbuild/cel. */
export type { Constant, Macro, Node, Select } from "./ast.ts";
export { partsOf } from "./ast.ts";
export { CelSyntaxError, parseExpression } from "./parse.ts";
export type { Program, Result } from "./plan.ts";
export { programOf, TYPES } from "./plan.ts";
export type { Budget, Variables } from "./run.ts";
export { during } from "./run.ts";
export { type Signature, signatures } from "./signatures.ts";
export { textOf } from "./text.ts";
export type { Missing } from "./values.ts";
export { celValue, DataMap, lack } from "./values.ts";
