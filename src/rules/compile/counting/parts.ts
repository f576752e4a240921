import { quote } from "../emit.ts";
import type { Shape } from "../graph.ts";
import { constantFromBool, createConstant, isConstant, UNCOUNTED, type Value } from "./values.ts";

/** Methods of texts, and the kinds of what they give. */
export const TEXT_CALLS: Readonly<Record<string, Value["kind"]>> = {
  startsWith: "bool",
  endsWith: "bool",
  contains: "bool",
  lowerAscii: "text",
  upperAscii: "text",
  trim: "text",
};

export const RESULT_KINDS: Readonly<Record<string, Value["kind"]>> = {
  string: "text",
  bool: "bool",
  int: "number",
  number: "number",
  dyn: "any",
  arn: "any",
  s3uri: "any",
};

export function writeSize(value: Value, cost: number): Value {
  if (isConstant(value) && Array.isArray(value.constant))
    return createConstant(value.constant.length, String(value.constant.length));
  return { code: `R.size(${value.code})`, kind: "number", isKnown: value.isKnown, cost };
}

export function writeConstant({ type, value }: Extract<Shape, { kind: "constant" }>): Value {
  if (type === "bool") return constantFromBool(value === true);
  if (type === "string") return createConstant(String(value), quote(String(value)));
  if (type === "null" || type === "uint" || !isExact(Number(value), type)) return UNCOUNTED;
  return createConstant(Number(value), String(Number(value)));
}

const isExact = (value: number, type: string): boolean => type === "double" || Number.isSafeInteger(value);

/** Members that texts, lists or all objects have without being given them are read by a call. */
const isInherited = (field: string): boolean =>
  [Object, Array, String, Number, Boolean].some(({ prototype }) => field in prototype);

export function writeMember({ code, kind, isKnown }: Value, field: string): string {
  if (isInherited(field)) return `R.get(${code}, ${quote(field)})`;
  const isObject = kind === "record" && isKnown;
  const isName = /^[A-Za-z_]\w*$/.test(field);
  if (isName) return `${code}${isObject ? "." : "?."}${field}`;
  return `${code}${isObject ? "" : "?."}[${quote(field)}]`;
}
