import { isTimeValue } from "./time.ts";

/**
 * Symbols by which the CEL library recognizes lists and maps. Implementing them ourselves lets expressions
 * read plain data without a copy and tell for each part whether it is known.
 */
export const LIST = Symbol.for("@bufbuild/cel/list");
export const MAP = Symbol.for("@bufbuild/cel/map");

/** The type of a value as a value: what `type(x)` gives. */
export class TypeValue {
  /** `list`, without the type of its items. */
  readonly name: string;
  readonly #text: string;

  constructor(name: string, text = name) {
    this.name = name;
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

const createTypes = (...names: string[]): [string, TypeValue][] =>
  names.map((name) => [name, new TypeValue(name)]);

/** Types by the names that expressions have for them. */
const TYPES: ReadonlyMap<string, TypeValue> = new Map([
  ...createTypes("bool", "bytes", "double", "int", "null_type", "string", "type", "uint"),
  ["list", new TypeValue("list", "list(dyn)")],
  ["map", new TypeValue("map", "map(dyn, dyn)")],
]);

export const CEL_TYPE_NAMES: ReadonlySet<string> = new Set(TYPES.keys());

export const getTypeNamed = (name: string): TypeValue | undefined => TYPES.get(name);

/** By this symbol the CEL library recognises its unsigned integers. */
const UINT = Symbol.for("@bufbuild/cel/uint");

export const isCelUint = (value: unknown): value is { value: bigint } =>
  typeof value === "object" && value !== null && UINT in value;

/** The type of a value of an expression. Throws for what is none. */
export function typeOf(value: unknown): TypeValue {
  if (isTimeValue(value)) return new TypeValue(value.message.$typeName);
  const name = nameType(value);
  if (name === undefined) throw new Error(`Not a CEL value: ${value}`);
  return TYPES.get(name)!;
}

function nameType(value: unknown): string | undefined {
  switch (typeof value) {
    case "bigint":
      return "int";
    case "number":
      return "double";
    case "boolean":
      return "bool";
    case "string":
      return "string";
    case "object":
      return value === null ? "null_type" : nameObjectType(value);
    default:
      return undefined;
  }
}

function nameObjectType(value: object): string | undefined {
  if (value instanceof Uint8Array) return "bytes";
  if (value instanceof TypeValue) return "type";
  if (LIST in value) return "list";
  if (MAP in value) return "map";
  return isCelUint(value) ? "uint" : undefined;
}

/** Whether all items are plain texts. */
export function areTexts(items: readonly unknown[]): items is readonly string[] {
  for (let index = 0; index < items.length; index++) if (typeof items[index] !== "string") return false;
  return true;
}
