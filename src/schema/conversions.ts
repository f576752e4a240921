import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { quoted } from "../diagnostics/text.ts";
import { PartialText } from "../documents/partial.ts";
import { getKnownMembers, mapChildren, omitMembers } from "../documents/parts.ts";
import type { JsonSchema } from "./json-schema.ts";
import { findSchemaAt } from "./json-schema.ts";
import type { ToShownName } from "./names.ts";
import { formatJsonType, formatPayloadPath, keepName, toShownPath } from "./names.ts";

/** What reads a payload before the API does, and may convert values whose type differs from the member's. */
export interface TypeConversions {
  /** Who reads it, for messages. */
  reader: string;
  /** What is known of what it does with a scalar of another type. */
  known: string;
  /** Whether an object or a list for a string becomes its JSON text. */
  makesTexts?: "always" | "perhaps";
  /** Whether a null may count as absent. */
  takesNull?: boolean;
}

export interface ConvertedPayload {
  value: unknown;
  /** A warning for each value of which it isn't known whether it is converted. */
  findings: Finding[];
  /** Paths at which required members are null. */
  nulls: Path[];
}

/** Converts the values of a payload as its reader does, or may do. */
export function convertTypes(
  payload: unknown,
  root: JsonSchema,
  conversions: TypeConversions,
  toShownName: ToShownName = keepName,
): ConvertedPayload {
  const converter = new TypeConverter(root, conversions, toShownName);
  const value = converter.convert(payload, []);
  return { value, findings: converter.findings, nulls: converter.nulls };
}

class TypeConverter {
  readonly findings: Finding[] = [];
  readonly nulls: Path[] = [];
  readonly #root: JsonSchema;
  readonly #conversions: TypeConversions;
  readonly #toShownName: ToShownName;

  constructor(root: JsonSchema, conversions: TypeConversions, toShownName: ToShownName) {
    this.#root = root;
    this.#conversions = conversions;
    this.#toShownName = toShownName;
  }

  convert(value: unknown, path: Path): unknown {
    const schema = findSchemaAt(this.#root, path);
    if (!schema) return value;
    const types = [schema.type ?? []].flat();
    if (types.includes("string") && !types.includes("object") && this.#conversions.makesTexts) {
      const text = this.#toText(value, path, schema);
      if (text !== undefined) return text;
    }
    if (typeof value === "string") return this.#fromText(value, path, types);
    return mapChildren(this.#withoutNulls(value, path, schema), (child, key) =>
      this.convert(child, [...path, key]),
    );
  }

  /** The JSON text of a value; undefined if it is one already, or none can be made. */
  #toText(value: unknown, path: Path, { type, "x-aws-type": awsType }: JsonSchema): unknown {
    const types = [type ?? []].flat();
    if (typeof value === "boolean" || (typeof value === "number" && !types.some(isNumeric))) {
      if (awsType !== "blob") this.#warn(value, path, types);
      return String(value);
    }
    const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    if (!Array.isArray(value) && !getKnownMembers(value)) return undefined;
    if (this.#conversions.makesTexts === "perhaps") this.#warn(value, path, types);
    // How the text is laid out is not known, and so is its length.
    const source = JSON.stringify(value, stringifyBigInt);
    return new PartialText(source, [open!, { source }, close!]);
  }

  #fromText(text: string, path: Path, types: readonly string[]): unknown {
    if (types.includes("string")) return text;
    const isBoolean = types.includes("boolean") && /^(?:true|false)$/i.test(text);
    const isNumber =
      (types.includes("number") && /^-?\d+(?:\.\d+)?$/.test(text)) ||
      (types.includes("integer") && /^-?\d+$/.test(text));
    if (!isBoolean && !isNumber) return text;
    this.#warn(text, path, types);
    return isBoolean ? text.toLowerCase() === "true" : Number(text);
  }

  #withoutNulls(value: unknown, path: Path, { required = [], properties }: JsonSchema): unknown {
    const members = getKnownMembers(value);
    if (!members || !properties || !this.#conversions.takesNull) return value;
    const nulls = Object.keys(members).filter(
      (name) => members[name] === null && Object.hasOwn(properties, name),
    );
    for (const name of nulls) {
      const own = [...path, name];
      this.#warn(null, own, [findSchemaAt(this.#root, own)?.type ?? []].flat());
      if (required.includes(name)) this.nulls.push(own);
    }
    const absent = nulls.filter((name) => !required.includes(name));
    return absent.length > 0 ? omitMembers(value, new Set(absent)) : value;
  }

  #warn(value: unknown, path: Path, types: readonly string[]): void {
    const { reader, known } = this.#conversions;
    const name = formatPayloadPath(toShownPath(path, this.#root, this.#toShownName), "the request");
    const written = describeValue(value);
    const wanted = types.map(formatJsonType).join(" or ") || "another value";
    this.findings.push({
      code: "schema/type",
      severity: "warning",
      path,
      message: `${name} is ${wanted}, and ${written} is written here: whether ${reader} converts it is not documented`,
      help: `${known}; ${suggestValue(value)}`,
      ...(typeof value === "string" && {
        replacement: { of: value, by: value.toLowerCase(), isLiteral: true },
      }),
    });
  }
}

const isNumeric = (type: string): boolean => type === "number" || type === "integer";

function describeValue(value: unknown): string {
  if (typeof value === "string") return `the string ${quoted(JSON.stringify(value))}`;
  if (Array.isArray(value)) return "a list";
  return value !== null && typeof value === "object" ? "an object" : String(value);
}

function suggestValue(value: unknown): string {
  if (value !== null && typeof value === "object")
    return "write it as text; where JSON is meant, as a string that holds it";
  if (value === null) return "give it a value, or leave it out where it is optional";
  return typeof value === "string"
    ? `write ${quoted(value.toLowerCase())} without quotes`
    : `put it in quotes: \`"${String(value)}"\``;
}

const stringifyBigInt = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : value;
