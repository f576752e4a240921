/** Expressions of users' rules: the only modules that depend on @bufbuild/cel. */
export type { ConstantNode, MacroNode, Node, SelectNode } from "./ast.ts";
export { childNodesOf } from "./ast.ts";
export { CelSyntaxError, parseExpression } from "./parse.ts";
export { createProgram } from "./plan.ts";
export { listSignatures, type Signature } from "./signatures.ts";
