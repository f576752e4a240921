import type { JsonSchema } from "../schema/json-schema.ts";
import type { TypeName } from "./functions/table.ts";

/** The static type of a value. */
export type Type =
  | { kind: ScalarKind; values?: readonly string[] }
  | { kind: "list"; item: Type }
  | { kind: "map"; value: Type }
  | ObjectType;

export type ScalarKind =
  | "dyn"
  | "bool"
  | "int"
  | "uint"
  | "double"
  /** A JSON number, which may be an int or a double. */
  | "number"
  | "string"
  | "bytes"
  | "null_type"
  | "timestamp"
  | "duration"
  | "type"
  /** The bottom type: the item type of an empty list. */
  | "nothing";

export interface ObjectType {
  kind: "object";
  /** Its name in messages. */
  name: string;
  names(): string[];
  member(name: string): Member | undefined;
}

export interface Member {
  type: Type;
  /** Whether a valid object always has it. */
  isRequired: boolean;
}

export const DYN: Type = { kind: "dyn" };
export const BOOL: Type = { kind: "bool" };
export const INT: Type = { kind: "int" };
export const STRING: Type = { kind: "string" };
export const listOf = (item: Type): Type => ({ kind: "list", item });

/** An object type whose members are all required. */
export const recordOf = (name: string, members: Record<string, Type>): ObjectType => ({
  kind: "object",
  name,
  names: () => Object.keys(members),
  member: (member) =>
    Object.hasOwn(members, member) ? { type: members[member] as Type, isRequired: true } : undefined,
});

/** Converts a schema into a type. `$ref`s are resolved against `root`. */
export function typeOfSchema(schema: JsonSchema, name: string, root: JsonSchema = schema): Type {
  const own = resolved(schema, root);
  const type = [own.type ?? []].flat().find((each) => each !== "null");
  switch (type) {
    case "string":
      return own.enum ? { kind: "string", values: own.enum.map(String) } : STRING;
    case "integer":
      return INT;
    case "number":
      return { kind: "number" };
    case "boolean":
      return BOOL;
    case "array":
      return listOf(own.items ? typeOfSchema(own.items, `an item of ${name}`, root) : DYN);
    case "object":
      return objectOfSchema(own, name, root);
    default:
      return DYN;
  }
}

function objectOfSchema(schema: JsonSchema, name: string, root: JsonSchema): Type {
  const { properties, additionalProperties, patternProperties } = schema;
  if (!properties) {
    if (typeof additionalProperties !== "object") return { kind: "map", value: DYN };
    return { kind: "map", value: typeOfSchema(additionalProperties, `a member of ${name}`, root) };
  }
  const required = new Set(schema.required);
  const isOpen = additionalProperties !== false || patternProperties !== undefined;
  return {
    kind: "object",
    name,
    names: () => Object.keys(properties),
    member(key) {
      const member = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (!member) return isOpen ? { type: DYN, isRequired: false } : undefined;
      return { type: typeOfSchema(member, `\`${key}\``, root), isRequired: required.has(key) };
    },
  };
}

function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let found: JsonSchema = schema;
  for (let hops = 0; found.$ref !== undefined && hops < 20; hops++) {
    const parts = found.$ref.replace(/^#\/?/, "").split("/").filter(Boolean);
    let next: unknown = root;
    for (const part of parts) next = (next as Record<string, unknown> | undefined)?.[part];
    found = (next as JsonSchema | undefined) ?? {};
  }
  return found;
}

/** The type of a literal value in a rule file, such as the default of a parameter. */
export function typeOfValue(value: unknown): Type {
  switch (typeof value) {
    case "string":
      return STRING;
    case "boolean":
      return BOOL;
    case "number":
      return Number.isInteger(value) ? INT : { kind: "number" };
    case "bigint":
      return INT;
    default:
      return Array.isArray(value) ? listOf(value.map(typeOfValue).reduce(either, NOTHING)) : DYN;
  }
}

export const NOTHING: Type = { kind: "nothing" };

/** The union of two types, widened to the nearest type that can be expressed. */
export function either(a: Type, b: Type): Type {
  if (a.kind === "nothing") return b;
  if (b.kind === "nothing") return a;
  if (a.kind === "list" && b.kind === "list") return listOf(either(a.item, b.item));
  if (a.kind === "map" && b.kind === "map") return { kind: "map", value: either(a.value, b.value) };
  if (a.kind === "object" && b.kind === "object") return unionOf(a, b);
  if (a.kind !== b.kind) return isNumber(a) && isNumber(b) ? { kind: "number" } : DYN;
  if (!("values" in a) || !("values" in b)) return { kind: a.kind } as Type;
  return { kind: "string", values: [...new Set([...(a.values ?? []), ...(b.values ?? [])])] };
}

function unionOf(a: ObjectType, b: ObjectType): ObjectType {
  return {
    kind: "object",
    name: a.name,
    names: () => [...new Set([...a.names(), ...b.names()])],
    member(name) {
      const [left, right] = [a.member(name), b.member(name)];
      if (!left || !right)
        return left || right ? { ...(left ?? (right as Member)), isRequired: false } : undefined;
      return { type: either(left.type, right.type), isRequired: left.isRequired && right.isRequired };
    },
  };
}

export const isNumber = ({ kind }: Type): boolean =>
  kind === "int" || kind === "uint" || kind === "double" || kind === "number";

const NAMED: Record<Exclude<TypeName, ScalarKind>, Type> = {
  arn: recordOf("an ARN", {
    partition: STRING,
    service: STRING,
    region: STRING,
    account: STRING,
    resource: STRING,
    bucket: STRING,
    bucketArn: STRING,
    key: STRING,
  }),
  s3uri: recordOf("an S3 URI", { bucket: STRING, key: STRING }),
  "list(string)": listOf(STRING),
  "list(dyn)": listOf(DYN),
};

/** The type that a type name in a signature denotes. */
export function typeNamed(name: string): Type {
  if (Object.hasOwn(NAMED, name)) return NAMED[name as keyof typeof NAMED];
  if (name.startsWith("list(")) return listOf(typeNamed(name.slice(5, -1)));
  return name === "map" ? { kind: "map", value: DYN } : { kind: name as ScalarKind };
}

const WORDS: Partial<Record<Type["kind"], string>> = {
  bool: "a boolean",
  int: "a whole number",
  uint: "an unsigned number",
  double: "a number with decimals",
  number: "a number",
  string: "a string",
  bytes: "bytes",
  null_type: "null",
  timestamp: "a timestamp",
  duration: "a duration",
  type: "a type",
  map: "a map",
  object: "an object",
};

/** A type as a phrase with an article, for messages. */
export function describe(type: Type): string {
  if (type.kind !== "list") return WORDS[type.kind] ?? "a value";
  const item = WORDS[type.item.kind]?.replace(/^an? /, "");
  return item && type.item.kind !== "bytes" ? `a list of ${item}s` : "a list";
}

/** Whether a value of type `from` is acceptable where `to` is expected. */
export function isAssignable(from: Type, to: Type): boolean {
  if (from.kind === "dyn" || to.kind === "dyn" || from.kind === "nothing") return true;
  if (from.kind === "list" && to.kind === "list") return isAssignable(from.item, to.item);
  if (from.kind === "object" && to.kind === "map") return true;
  return from.kind === to.kind;
}
