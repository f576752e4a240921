import type { Path } from "../diagnostics/pointer.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import { formatInWords } from "./format-words.ts";
import type { JsonSchema } from "./json-schema.ts";
import { findSchemaAt } from "./json-schema.ts";

/** The name that messages use for a member, given the API's own. */
export type ToShownName = (apiName: string) => string;

export const keepName: ToShownName = (name) => name;

/** A path with the names that messages use; keys of maps are no names of members. */
export const toShownPath = (path: Path, root: JsonSchema, toShownName: ToShownName): Path =>
  toShownName === keepName
    ? path
    : path.map((part, depth) => {
        const members = findSchemaAt(root, path.slice(0, depth))?.properties ?? {};
        return typeof part === "string" && Object.hasOwn(members, part) ? toShownName(part) : part;
      });

/** Formats a path for messages: `Report.Path`, `Paths[3]`; `whole` for the payload itself. */
export function formatPayloadPath(path: Path, whole: string): string {
  if (path.length === 0) return whole;
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  // If the payload itself is a list, its items need its name: `cacheReports[0]`.
  const root = typeof path[0] === "number" ? (/`([^`]+)`/.exec(whole)?.[1] ?? "") : "";
  return quoted(root + text.replace(/^\./, ""));
}

/** The name in messages of an operation's payload. */
export const describeRequest = (operation: string): string =>
  `the request of ${quoted(operation.split(":")[1] ?? operation)}`;

const JSON_TYPE_PHRASES: Record<string, string> = {
  string: "a string",
  boolean: "a boolean",
  integer: "a whole number",
  number: "a number",
  array: "a list",
  object: "an object",
};

/** A JSON type as a phrase with an article. */
export const formatJsonType = (type: string): string => JSON_TYPE_PHRASES[type] ?? `a ${type}`;

const TYPE_FORMS: Readonly<Record<string, string>> = {
  timestamp: "a time such as `2026-01-05T10:00:00Z`, or seconds since 1970",
};

/** The description of a value's form, with an example if there is one. */
export function describeForm(schema: JsonSchema): string | undefined {
  const { "x-aws-type": type = "", format } = schema;
  const form =
    schema["x-form"] ?? TYPE_FORMS[type] ?? (format === undefined ? undefined : formatInWords(format));
  const [example] = schema.examples ?? [];
  if (form === undefined) return undefined;
  return example === undefined ? form : `${form}, for example ${quoted(String(example), 120)}`;
}

/** A one-line description of a member, for the help of a missing one. */
export function describeMember(schema: JsonSchema, toShownName: ToShownName = keepName): string {
  if (schema.enum) return `one of ${formatList(schema.enum.map(String))}`;
  const form = describeForm(schema);
  if (form) return form;
  const kind = [schema.type ?? []].flat().map(formatJsonType).join(" or ") || "a value";
  const required = (schema.required ?? []).map(toShownName);
  if (required.length > 0) return `${kind} with ${formatList(required, "and")}`;
  const text = schema.description?.split(". ")[0]?.replace(/\.$/, "");
  return text && text.length <= 160 ? `${kind}, ${text.charAt(0).toLowerCase()}${text.slice(1)}` : kind;
}
