import type { Finding } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import { formatJsonType } from "./names.ts";
import type { ExplainedFault } from "./schema-fault.ts";

/** Explains a value of the wrong type, with a hint at the usual cause. */
export function explainType(fault: ExplainedFault): Omit<Finding, "path"> {
  const { value, name, params } = fault;
  const types = [params.type].flat().map(String);
  if (typeof value === "bigint" && !isSafe(value) && includesNumber(types))
    return explainTooLarge(value, name);
  const help = TYPE_HINTS.find(({ when }) => when(types, value))?.help(value, fault);
  return {
    code: "schema/type",
    message: `${name} must be ${types.map(formatJsonType).join(" or ")}, not ${describeValue(value)}`,
    ...(help && { help }),
    ...suggestLiteral(types, value),
  };
}

/** A boolean or a number that is written as a text. */
function suggestLiteral(types: readonly string[], value: unknown): Pick<Finding, "replacement"> {
  if (typeof value !== "string") return {};
  const isBoolean = types.includes("boolean") && /^(?:true|false)$/i.test(value);
  const isNumber = types.includes("integer") && /^(?:0|-?[1-9]\d{0,14})$/.test(value);
  if (!isBoolean && !isNumber) return {};
  return { replacement: { of: value, by: value.toLowerCase(), isLiteral: true } };
}

/** JSON tools round such an integer silently, so the request sent would differ from the one written. */
const explainTooLarge = (value: bigint, name: string): Omit<Finding, "path"> => ({
  code: "schema/range",
  message: `${name} is ${quoted(String(value))}, beyond 2^53: JSON tools round it to ${quoted(String(BigInt(Number(value))))}`,
  help: "write an integer between -9007199254740991 and 9007199254740991",
});

const isSafe = (value: bigint): boolean => Number.isSafeInteger(Number(value));

interface TypeHint {
  when: (types: readonly string[], value: unknown) => boolean;
  help: (value: unknown, fault: ExplainedFault) => string;
}

const YES = /^(true|yes|on|y)$/i;
const NO = /^(false|no|off|n)$/i;
const NUMBER = /^-?\d+(\.\d+)?$/;

const TYPE_HINTS: readonly TypeHint[] = [
  {
    when: (types, value) => includesNumber(types) && typeof value === "number" && !Number.isFinite(value),
    help: () => "write a finite number",
  },
  {
    when: (types, value) => includesNumber(types) && typeof value === "bigint",
    help: (value) => `hand in the number ${quoted(String(value))}, not a bigint`,
  },
  {
    when: (_types, value) => value === null,
    help: () => "give it a value, or leave it out where it is optional; a YAML key without a value is null",
  },
  {
    when: (types, value) =>
      types.includes("boolean") && typeof value === "string" && (YES.test(value) || NO.test(value)),
    help: (value) => {
      const literal = quoted(String(YES.test(String(value))));
      const aside = /^(true|false)$/i.test(String(value))
        ? ""
        : "; only `true` and `false` are booleans in YAML 1.2";
      return `write ${literal} without quotes${aside}`;
    },
  },
  {
    when: (types) => types.includes("boolean"),
    help: () => "write `true` or `false`, without quotes",
  },
  {
    when: (types, value) => includesNumber(types) && typeof value === "string" && NUMBER.test(value),
    help: (value) => `write ${quoted(String(value))} without quotes`,
  },
  {
    when: (types, value) => types.includes("integer") && typeof value === "number",
    help: () => "write a whole number",
  },
  {
    when: (types, value) =>
      types.includes("string") && ["number", "boolean", "bigint"].includes(typeof value),
    help: (value) => `put it in quotes: \`"${String(value)}"\``,
  },
  {
    when: (types, value) => types.includes("string") && typeof value === "object",
    help: () => "write it as text; where JSON is meant, as a string that holds it",
  },
  {
    when: (types, value) => types.includes("array") && typeof value === "string",
    help: (value) => `write a list, even of one: \`[${quoted(JSON.stringify(value), 60).slice(1, -1)}]\``,
  },
  {
    when: (types, value) => types.includes("array") && typeof value === "object",
    help: () => "write a list, even of one: in YAML put `- ` before the item, in JSON `[ … ]` around it",
  },
  {
    when: (types, value) => types.includes("object") && typeof value === "string" && /^\s*\{/.test(value),
    help: () => "this is JSON inside a text: write it as an object, without the quotes around it",
  },
  {
    when: (types, value) => types.includes("object") && Array.isArray(value) && value.length === 1,
    help: () => "write the object itself, without the list around it",
  },
];

const includesNumber = (types: readonly string[]): boolean =>
  types.includes("integer") || types.includes("number");

/** A value as a phrase for messages. */
function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "string")
    return value === "" ? "an empty string" : `the string ${quoted(JSON.stringify(value), 60)}`;
  if (typeof value === "number") return `the number ${quoted(String(value))}`;
  if (typeof value === "boolean") return `the boolean ${quoted(String(value))}`;
  if (typeof value === "bigint") return `the bigint ${quoted(String(value))}`;
  if (typeof value === "symbol") return `a ${quoted(value.description ?? "symbol")}`;
  if (value === undefined) return "undefined";
  return typeof value === "object" ? "an object" : formatJsonType(typeof value);
}
