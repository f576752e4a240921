import { findNearest } from "../../diagnostics/nearest.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { Node } from "../cel/index.ts";
import type { Type } from "../types.ts";
import { describeType, isNumberType } from "../types.ts";
import type { TypeChecker } from "./type-checker.ts";

interface Operand {
  node: Node;
  type: Type;
}

/**
 * Reports comparisons whose result is constant: with a misspelt value, or between values of different types.
 */
export function checkEquality(checker: TypeChecker, at: number, left: Operand, right: Operand): void {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const values = valuesOf(other.type);
    if (values) checkLiteral(checker, one.node, values);
  }
  if (areComparable(left.type, right.type)) return;
  const isNull = left.type.kind === "null_type" || right.type.kind === "null_type";
  const help = isNull ? "a member that is not given is absent, never null: ask with `has(…)`" : undefined;
  checker.addFault(at, `${describeType(left.type)} is never equal to ${describeType(right.type)}`, help);
}

export function checkMembership(checker: TypeChecker, at: number, value: Operand, range: Operand): void {
  const { type } = range;
  if (type.kind === "dyn" || type.kind === "map" || type.kind === "object") return;
  if (type.kind !== "list") {
    const help = type.kind === "string" ? "for a part of a text, write `text.contains(part)`" : undefined;
    checker.addFault(at, `\`in\` looks into a list, and this is ${describeType(type)}`, help);
    return;
  }
  const values = valuesOf(value.type);
  if (values && range.node.kind === "list") {
    for (const item of range.node.items) checkLiteral(checker, item, values);
  }
  const items = valuesOf(type.item);
  if (items) checkLiteral(checker, value.node, items);
  if (!areComparable(value.type, type.item)) {
    checker.addFault(at, `${describeType(value.type)} is never in ${describeType(type)}`);
  }
}

const valuesOf = (type: Type): readonly string[] | undefined => ("values" in type ? type.values : undefined);

function checkLiteral(checker: TypeChecker, node: Node, values: readonly string[]): void {
  if (node.kind !== "constant" || typeof node.value !== "string" || node.type !== "string") return;
  if (values.includes(node.value)) return;
  const near = findNearest(node.value, values);
  const help = near ? `did you mean ${quoted(near)}?` : `the values are ${formatList(values, "and")}`;
  checker.addFault(node.at, `${quoted(node.value)} is none of the values that this can have`, help);
}

function areComparable(a: Type, b: Type): boolean {
  if (a.kind === "dyn" || b.kind === "dyn" || a.kind === "nothing" || b.kind === "nothing") return true;
  if (isNumberType(a) && isNumberType(b)) return true;
  if (a.kind === "list" && b.kind === "list") return areComparable(a.item, b.item);
  const isObject = (type: Type) => type.kind === "object" || type.kind === "map";
  return a.kind === b.kind || (isObject(a) && isObject(b));
}
