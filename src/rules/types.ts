import type { JsonSchema } from "../schema/json-schema.ts";
import type { TypeName } from "./functions/table.ts";

/** The static type of a value. */
export type Type =
  | { kind: ScalarTypeKind; values?: readonly string[] }
  | { kind: "list"; item: Type }
  | { kind: "map"; value: Type }
  | ObjectType;

export type ScalarTypeKind =
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
  member(name: string): TypeMember | undefined;
}

export interface TypeMember {
  type: Type;
  /** Whether a valid object always has it. */
  isRequired: boolean;
}

export const DYN: Type = { kind: "dyn" };
export const BOOL: Type = { kind: "bool" };
export const INT: Type = { kind: "int" };
export const STRING: Type = { kind: "string" };
export const TIME: Type = { kind: "timestamp" };
export const toListType = (item: Type): Type => ({ kind: "list", item });

/** An object type whose members are all required. */
export const toRecordType = (name: string, members: Record<string, Type>): ObjectType => ({
  kind: "object",
  name,
  names: () => Object.keys(members),
  member: (member) =>
    Object.hasOwn(members, member) ? { type: members[member] as Type, isRequired: true } : undefined,
});

/** Converts a schema into a type. `$ref`s are resolved against `root`. */
export function typeFromSchema(schema: JsonSchema, name: string, root: JsonSchema = schema): Type {
  const own = resolveReference(schema, root);
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
      return toListType(own.items ? typeFromSchema(own.items, `an item of ${name}`, root) : DYN);
    case "object":
      return objectTypeFromSchema(own, name, root);
    default:
      return DYN;
  }
}

function objectTypeFromSchema(schema: JsonSchema, name: string, root: JsonSchema): Type {
  const { properties, additionalProperties, patternProperties } = schema;
  if (!properties) {
    if (typeof additionalProperties !== "object") return { kind: "map", value: DYN };
    return { kind: "map", value: typeFromSchema(additionalProperties, `a member of ${name}`, root) };
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
      return { type: typeFromSchema(member, `\`${key}\``, root), isRequired: required.has(key) };
    },
  };
}

function resolveReference(schema: JsonSchema, root: JsonSchema): JsonSchema {
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
export function typeFromValue(value: unknown): Type {
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
      return Array.isArray(value) ? toListType(value.map(typeFromValue).reduce(unifyTypes, NOTHING)) : DYN;
  }
}

export const NOTHING: Type = { kind: "nothing" };

/** The union of two types, widened to the nearest type that can be expressed. */
export function unifyTypes(a: Type, b: Type): Type {
  if (a.kind === "nothing") return b;
  if (b.kind === "nothing") return a;
  if (a.kind === "list" && b.kind === "list") return toListType(unifyTypes(a.item, b.item));
  if (a.kind === "map" && b.kind === "map") return { kind: "map", value: unifyTypes(a.value, b.value) };
  if (a.kind === "object" && b.kind === "object") return unifyObjectTypes(a, b);
  if (a.kind !== b.kind) return isNumberType(a) && isNumberType(b) ? { kind: "number" } : DYN;
  if (!("values" in a) || !("values" in b)) return { kind: a.kind } as Type;
  return { kind: "string", values: [...new Set([...(a.values ?? []), ...(b.values ?? [])])] };
}

function unifyObjectTypes(a: ObjectType, b: ObjectType): ObjectType {
  return {
    kind: "object",
    name: a.name,
    names: () => [...new Set([...a.names(), ...b.names()])],
    member(name) {
      const [left, right] = [a.member(name), b.member(name)];
      if (!left || !right)
        return left || right ? { ...(left ?? (right as TypeMember)), isRequired: false } : undefined;
      return { type: unifyTypes(left.type, right.type), isRequired: left.isRequired && right.isRequired };
    },
  };
}

export const isNumberType = ({ kind }: Type): boolean =>
  kind === "int" || kind === "uint" || kind === "double" || kind === "number";

const NAMED_TYPES: Record<Exclude<TypeName, ScalarTypeKind>, Type> = {
  arn: toRecordType("an ARN", {
    partition: STRING,
    service: STRING,
    region: STRING,
    account: STRING,
    resource: STRING,
    bucket: STRING,
    bucketArn: STRING,
    key: STRING,
  }),
  s3uri: toRecordType("an S3 URI", { bucket: STRING, key: STRING }),
  "list(string)": toListType(STRING),
  "list(dyn)": toListType(DYN),
};

/** The type that a type name in a signature denotes. */
export function typeFromName(name: string): Type {
  if (Object.hasOwn(NAMED_TYPES, name)) return NAMED_TYPES[name as keyof typeof NAMED_TYPES];
  if (name.startsWith("list(")) return toListType(typeFromName(name.slice(5, -1)));
  return name === "map" ? { kind: "map", value: DYN } : { kind: name as ScalarTypeKind };
}

const TYPE_PHRASES: Partial<Record<Type["kind"], string>> = {
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
export function describeType(type: Type): string {
  if (type.kind !== "list") return TYPE_PHRASES[type.kind] ?? "a value";
  const item = TYPE_PHRASES[type.item.kind]?.replace(/^an? /, "");
  return item && type.item.kind !== "bytes" ? `a list of ${item}s` : "a list";
}

/** Whether a value of type `from` is acceptable where `to` is expected. */
export function isAssignable(from: Type, to: Type): boolean {
  if (from.kind === "dyn" || to.kind === "dyn" || from.kind === "nothing") return true;
  if (from.kind === "list" && to.kind === "list") return isAssignable(from.item, to.item);
  if (from.kind === "object" && to.kind === "map") return true;
  return from.kind === to.kind;
}
