// Compares the keywords of one schema: values, limits, patterns, whether it is a union.

import { quoteShort } from "../source-error.ts";
import { type SchemaNode, schemaKindOf } from "./schema.ts";

/**
 * The effect of a change on the set of valid values: `narrower` (fewer), `wider` (more) or `other` (some
 * removed, some added). `breaking` and `harmless` hold for requests and responses alike.
 */
export type ChangeEffect = "narrower" | "wider" | "other" | "breaking" | "harmless";

export type KeywordChange = { effect: ChangeEffect; message: string };

export function compareKeywords(before: SchemaNode, after: SchemaNode): KeywordChange[] {
  const isStructure = schemaKindOf(after) === "structure";
  return [
    ...(isStructure ? compareUnion(before, after) : compareLimits(before, after, "")),
    ...compareValues(before, after, "enum", "value"),
    ...compareDocumentedValues(before, after),
    ...comparePattern(before, after, ""),
    ...format(before, after),
    ...compareKeys(before, after),
    ...compareAnnotations(before, after),
  ];
}

type LimitKeyword = { key: string; words: (limit: string) => string; low: boolean };

const createCountFormatter = (noun: string) => (limit: string) =>
  `${limit} ${noun}${limit === "1" ? "" : "s"}`;

const LIMIT_KEYWORDS: LimitKeyword[] = [
  { key: "minLength", words: createCountFormatter("character"), low: true },
  { key: "maxLength", words: createCountFormatter("character"), low: false },
  { key: "minItems", words: createCountFormatter("item"), low: true },
  { key: "maxItems", words: createCountFormatter("item"), low: false },
  { key: "minProperties", words: (limit) => `${limit} ${limit === "1" ? "entry" : "entries"}`, low: true },
  { key: "maxProperties", words: (limit) => `${limit} ${limit === "1" ? "entry" : "entries"}`, low: false },
  { key: "minimum", words: (limit) => limit, low: true },
  { key: "maximum", words: (limit) => limit, low: false },
];

function compareLimits(before: SchemaNode, after: SchemaNode, of: string): KeywordChange[] {
  return LIMIT_KEYWORDS.flatMap(({ key, words, low }) => {
    const [old, now] = [readNumber(before, key), readNumber(after, key)];
    // A count is always at least 0.
    const floor = low && key !== "minimum" ? 0 : undefined;
    if ((old ?? floor) === (now ?? floor)) return [];
    const side = low ? "least" : "most";
    if (now === undefined)
      return [{ effect: "wider", message: `${of}is no longer limited to at ${side} ${words(String(old))}` }];
    const was = old === undefined ? "no limit" : words(String(old));
    const tighter = old === undefined || (low ? now > old : now < old);
    const effect: ChangeEffect = tighter ? "narrower" : "wider";
    return [{ effect, message: `${of}takes at ${side} ${words(String(now))} (before: ${was})` }];
  });
}

const readNumber = (schema: SchemaNode, key: string) =>
  typeof schema[key] === "number" ? (schema[key] as number) : undefined;

function compareUnion(before: SchemaNode, after: SchemaNode): KeywordChange[] {
  const [was, is] = [before, after].map(({ maxProperties }) => maxProperties === 1);
  if (was === is) return [];
  return is
    ? [{ effect: "narrower", message: "takes exactly one of its members now" }]
    : [{ effect: "wider", message: "no longer takes only one of its members" }];
}

function compareValues(before: SchemaNode, after: SchemaNode, key: string, noun: string): KeywordChange[] {
  const [old, now] = [readList(before, key), readList(after, key)];
  if (!old && !now) return [];
  if (!old) return [{ effect: "narrower", message: `takes listed ${noun}s only: ${formatFew(now!)}` }];
  if (!now) return [{ effect: "wider", message: `takes any ${noun}, no longer ${formatFew(old)} only` }];
  const removed = old.filter((value) => !now.includes(value));
  const added = now.filter((value) => !old.includes(value));
  const changes: KeywordChange[] = [];
  if (removed.length > 0)
    changes.push({
      effect: "narrower",
      message: `no longer takes the ${noun}${pluralSuffix(removed)} ${formatFew(removed)}`,
    });
  if (added.length > 0)
    changes.push({
      effect: "wider",
      message: `takes the ${noun}${pluralSuffix(added)} ${formatFew(added)} too`,
    });
  return changes;
}

function compareDocumentedValues(before: SchemaNode, after: SchemaNode): KeywordChange[] {
  const key = "x-documented-values";
  if (JSON.stringify(before[key]) === JSON.stringify(after[key])) return [];
  // A value other than the documented ones is only a warning, never an error.
  const now = readList(after, key);
  const message = now ? `has the documented values ${formatFew(now)}` : "no longer has documented values";
  return [{ effect: "harmless", message }];
}

function comparePattern(before: SchemaNode, after: SchemaNode, of: string): KeywordChange[] {
  const [old, now] = [before, after].map(
    (schema) => [schema.pattern, schema["x-whole-match"] === true] as const,
  );
  if (old![0] === now![0] && old![1] === now![1]) return [];
  if (now![0] === undefined)
    return [{ effect: "wider", message: `${of}no longer has the pattern ${quoteShort(String(old![0]))}` }];
  const message = `${of}has the pattern ${quoteShort(String(now![0]))}`;
  // Which of two patterns accepts more is undecidable in practice.
  if (old![0] === undefined) return [{ effect: "narrower", message }];
  return [{ effect: "other", message: `${message} (before: ${quoteShort(String(old![0]))})` }];
}

function format({ format: old }: SchemaNode, { format: now }: SchemaNode): KeywordChange[] {
  if (old === now) return [];
  if (now === undefined)
    return [{ effect: "wider", message: `no longer has the format ${quoteShort(String(old))}` }];
  const message = `has the format ${quoteShort(String(now))}`;
  if (old === undefined) return [{ effect: "narrower", message }];
  return [{ effect: "other", message: `${message} (before: ${quoteShort(String(old))})` }];
}

function compareKeys(before: SchemaNode, after: SchemaNode): KeywordChange[] {
  const [old, now] = [before, after].map(({ propertyNames }) =>
    typeof propertyNames === "object" && propertyNames !== null ? (propertyNames as SchemaNode) : {},
  );
  return [
    ...compareValues(old!, now!, "enum", "key"),
    ...compareLimits(old!, now!, "each key "),
    ...comparePattern(old!, now!, "each key "),
  ];
}

function compareAnnotations(before: SchemaNode, after: SchemaNode): KeywordChange[] {
  const changes: KeywordChange[] = [];
  const [was, is] = [before["x-autopopulated"], after["x-autopopulated"]];
  if (was !== is) {
    const message = is ? "is filled in by the SDKs now" : "is no longer filled in by the SDKs";
    changes.push({ effect: "harmless", message });
  }
  if (JSON.stringify(before.default) !== JSON.stringify(after.default)) {
    const now = after.default === undefined ? "none" : quoteShort(JSON.stringify(after.default));
    const old = before.default === undefined ? "none" : quoteShort(JSON.stringify(before.default));
    changes.push({ effect: "harmless", message: `has the default ${now} (before: ${old})` });
  }
  return changes;
}

function readList(schema: SchemaNode, key: string): string[] | undefined {
  const list = schema[key];
  return Array.isArray(list) ? list.map(String) : undefined;
}

const MAX_LISTED = 8;
const pluralSuffix = (list: unknown[]) => (list.length === 1 ? "" : "s");

function formatFew(list: string[]): string {
  const shown = list.slice(0, MAX_LISTED).map(quoteShort).join(", ");
  return list.length > MAX_LISTED ? `${shown} and ${list.length - MAX_LISTED} more` : shown;
}
