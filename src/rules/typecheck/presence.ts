import type { Node } from "../cel/index.ts";
import type { TypeScope } from "./scope.ts";

/**
 * The optional members that are present if an expression is true (or false, by `outcome`). Both `has(a.b) &&
 * a.b > 1` and `a.b > 1 && has(a.b)` are safe: in CEL, a false operand of `&&` absorbs an error of the other
 * one.
 */
export function collectPresentWhen(outcome: boolean, node: Node, scope: TypeScope): ReadonlySet<string> {
  if (node.kind === "select" && node.isTest) {
    const key = outcome ? toPresenceKey({ ...node, isTest: false }, scope) : undefined;
    return new Set(key === undefined ? [] : [key]);
  }
  if (node.kind !== "call") return NO_KEYS;
  const [first, second, third] = node.args;
  if (node.name === "!_" && first) return collectPresentWhen(!outcome, first, scope);
  if (node.name === "_?_:_" && first && second && third)
    return collectPresentInChoice(outcome, first, second, third, scope);
  if ((node.name !== "_&&_" && node.name !== "_||_") || !first || !second) return NO_KEYS;
  const [left, right] = [
    collectPresentWhen(outcome, first, scope),
    collectPresentWhen(outcome, second, scope),
  ];
  // Both operands of a true `&&` are true; of a true `||`, only one needs to be.
  const isBoth = (node.name === "_&&_") === outcome;
  return isBoth ? new Set([...left, ...right]) : new Set([...left].filter((key) => right.has(key)));
}

const NO_KEYS: ReadonlySet<string> = new Set();

/** `c ? a : false` is true only if both `c` and `a` are. */
function collectPresentInChoice(
  outcome: boolean,
  test: Node,
  yes: Node,
  no: Node,
  scope: TypeScope,
): ReadonlySet<string> {
  const isOther = (node: Node) => node.kind === "constant" && node.type === "bool" && node.value !== outcome;
  if (isOther(no))
    return new Set([...collectPresentWhen(true, test, scope), ...collectPresentWhen(outcome, yes, scope)]);
  if (isOther(yes))
    return new Set([...collectPresentWhen(false, test, scope), ...collectPresentWhen(outcome, no, scope)]);
  return NO_KEYS;
}

/** The key of a path in the set of present members; undefined if the expression isn't a path. */
export function toPresenceKey(node: Node, scope: TypeScope): string | undefined {
  if (node.kind === "identifier") return scope.variables.get(node.name)?.key;
  if (node.kind !== "select" || node.isTest) return undefined;
  const operand = toPresenceKey(node.operand, scope);
  return operand === undefined ? undefined : `${operand}.${node.field}`;
}

/** The source text of a path; undefined if the expression isn't a path. */
export function formatPath(node: Node): string | undefined {
  if (node.kind === "identifier") return node.name;
  if (node.kind !== "select" || node.isTest) return undefined;
  const operand = formatPath(node.operand);
  return operand === undefined ? undefined : `${operand}.${node.field}`;
}
