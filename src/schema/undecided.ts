import type { Code } from "../diagnostics/codes.ts";
import type { Finding, MissingInput } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import type { Unknown } from "../documents/document.ts";
import { listUnknownParts, type OpenList, type OpenObject } from "../documents/partial.ts";
import type { JsonSchema } from "./json-schema.ts";
import { findSchemaAt } from "./json-schema.ts";
import type { Located } from "./known-part.ts";
import { keepName, type ToShownName } from "./names.ts";
import type { RequestSchema } from "./store.ts";

/**
 * Checks that a placeholder prevents, the most specific first: keyword, code, and a phrase for the message.
 */
const PREVENTED_CHECKS: readonly (readonly [keyof JsonSchema, Code, string])[] = [
  ["enum", "schema/enum", "whether it is one of the values"],
  ["pattern", "schema/pattern", "its form"],
  ["format", "schema/pattern", "its form"],
  ["minLength", "schema/length", "its length"],
  ["maxLength", "schema/length", "its length"],
  ["minimum", "schema/range", "its range"],
  ["maximum", "schema/range", "its range"],
  ["type", "schema/type", "its type"],
];

/** Creates the undecided finding for a placeholder in place of a value. */
export function createUndecidedFinding(
  { path, unknown }: Located<Unknown>,
  { source }: RequestSchema,
): Finding {
  const own = findSchemaAt(source, path) ?? {};
  const [keyword = "type"] = PREVENTED_CHECKS.find(([name]) => own[name] !== undefined) ?? [];
  return createOpenFinding(unknown, path, keyword);
}

/** Creates the undecided finding for a keyword that some values of a placeholder may violate. */
export function createOpenFinding(unknown: Unknown, path: Path, keyword: keyof JsonSchema): Finding {
  const [, code, what] = PREVENTED_CHECKS.find(([name]) => name === keyword)!;
  return {
    code,
    path,
    status: "undecided",
    message: `${quoted(unknown.source)} is a placeholder: ${what} can't be checked`,
    help: FILL_IN,
    missing: listMissingValues(unknown),
  };
}

const listMissingValues = (unknown: Unknown): MissingInput[] =>
  listUnknownParts(unknown).map((name) => ({ kind: "value", name }));

const FILL_IN = "check the request again with the value filled in";

/** The required members that an object may lack; none where all are given. */
export function createOpenObjectFindings(
  { path, unknown }: Located<OpenObject>,
  { source }: RequestSchema,
  toShownName: ToShownName = keepName,
): Finding[] {
  const { members, optional, mayHaveMore } = unknown;
  const isOpen = (name: string): boolean => (Object.hasOwn(members, name) ? optional.has(name) : mayHaveMore);
  const open = (findSchemaAt(source, path)?.required ?? []).filter(isOpen);
  if (open.length === 0) return [];
  const are = open.length === 1 ? "is" : "are";
  return [
    {
      code: "schema/required",
      path,
      status: "undecided",
      message: `whether ${formatList(open.map(toShownName), "and")} ${are} given depends on ${quoted(unknown.source)}`,
      help: FILL_IN,
      missing: listMissingValues(unknown),
    },
  ];
}

/** Whether a list has too few or too many items can't be told while it may have others. */
export function createOpenListFindings(
  { path, unknown }: Located<OpenList>,
  { source }: RequestSchema,
): Finding[] {
  const { minItems = 0, maxItems } = findSchemaAt(source, path) ?? {};
  if (unknown.items.length >= minItems && maxItems === undefined) return [];
  return [
    {
      code: "schema/items",
      path,
      status: "undecided",
      message: `how many items there are depends on ${quoted(unknown.source)}`,
      help: FILL_IN,
      missing: listMissingValues(unknown),
    },
  ];
}
