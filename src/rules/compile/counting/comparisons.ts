import { quote } from "../emit.ts";
import { constantFromBool, createBool, isConstant, type Value } from "./values.ts";

/** Keeps a value in a variable: gives the expression that does, and the value as it can be written after that. */
interface Binder {
  bind(value: Value): [assigned: string, value: Value];
}

export function writeEquality(left: Value, right: Value, isNegated: boolean, writer: Binder): Value {
  if (isConstant(left) && isConstant(right) && typeof left.constant !== "object")
    return constantFromBool((left.constant === right.constant) !== isNegated);
  const cost = left.cost + right.cost + 2;
  const [operator, name] = isNegated ? ["!==", "ne"] : ["===", "eq"];
  if (!isConstant(right) || typeof right.constant === "object")
    return createBool(`R.${name}(${left.code}, ${right.code})`, cost + 2, left.isKnown && right.isKnown);
  if (left.isKnown) return createBool(`(${left.code} ${operator} ${right.code})`, cost, true);
  const [bound, value] = writer.bind(left);
  return createBool(`(${bound} == null ? undefined : ${value.code} ${operator} ${right.code})`, cost);
}

/** `value in list` */
export function writeMembership(left: Value, right: Value, writer: Binder): Value {
  const cost = left.cost + right.cost + 3;
  const isKnown = left.isKnown && right.isKnown;
  if (!isConstant(right) || !Array.isArray(right.constant) || right.constant.length === 0)
    return createBool(`R.in(${left.code}, ${right.code})`, cost, isKnown);
  const texts = right.constant;
  if (isConstant(left)) return constantFromBool(texts.includes(left.constant as string));
  const [bound, value] = writer.bind(left);
  const [first, ...rest] = texts.map((text) => (typeof text === "string" ? quote(text) : String(text)));
  const others = rest.map((text) => ` || ${value.code} === ${text}`).join("");
  if (left.isKnown) return createBool(`(${bound} === ${first}${others})`, cost, true);
  return createBool(`(${bound} == null ? undefined : ${value.code} === ${first}${others})`, cost);
}

export function writeComparison(name: string, left: Value, right: Value): Value {
  const { operator, call } = COMPARISONS[name]!;
  const folded = foldComparison(name, left, right);
  if (folded) return folded;
  const cost = left.cost + right.cost + 1;
  const areNumbers = left.kind === "number" && right.kind === "number" && left.isKnown && right.isKnown;
  if (areNumbers) return createBool(`(${left.code} ${operator} ${right.code})`, cost, true);
  return createBool(`R.${call}(${left.code}, ${right.code})`, cost + 2, left.isKnown && right.isKnown);
}

interface Comparison {
  operator: string;
  /** The function of the runtime. */
  call: string;
  holds(left: number, right: number): boolean;
}

export const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "_<_": { operator: "<", call: "lt", holds: (left, right) => left < right },
  "_<=_": { operator: "<=", call: "le", holds: (left, right) => left <= right },
  "_>_": { operator: ">", call: "gt", holds: (left, right) => left > right },
  "_>=_": { operator: ">=", call: "ge", holds: (left, right) => left >= right },
};

/** Undefined if it depends on the request. */
function foldComparison(name: string, left: Value, right: Value): Value | undefined {
  const [a, b] = [left.constant, right.constant];
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  return constantFromBool(COMPARISONS[name]!.holds(a, b));
}
