// Compares the keywords of one schema: values, limits, patterns, whether it is a union.

import { quote } from "../source-error.ts";
import { kindOf, type Schema } from "./schema.ts";

/**
 * The effect of a change on the set of valid values: `narrower` (fewer), `wider` (more) or `other` (some
 * removed, some added). `breaking` and `harmless` hold for requests and responses alike.
 */
export type Effect = "narrower" | "wider" | "other" | "breaking" | "harmless";

export type KeywordChange = { effect: Effect; message: string };

export function keywordChanges(before: Schema, after: Schema): KeywordChange[] {
  const isStructure = kindOf(after) === "structure";
  return [
    ...(isStructure ? union(before, after) : limits(before, after, "")),
    ...values(before, after, "enum", "value"),
    ...documented(before, after),
    ...pattern(before, after, ""),
    ...keys(before, after),
    ...marks(before, after),
  ];
}

type Limit = { key: string; words: (limit: string) => string; low: boolean };

const counted = (noun: string) => (limit: string) => `${limit} ${noun}${limit === "1" ? "" : "s"}`;

const LIMITS: Limit[] = [
  { key: "minLength", words: counted("character"), low: true },
  { key: "maxLength", words: counted("character"), low: false },
  { key: "minItems", words: counted("item"), low: true },
  { key: "maxItems", words: counted("item"), low: false },
  { key: "minProperties", words: (limit) => `${limit} ${limit === "1" ? "entry" : "entries"}`, low: true },
  { key: "maxProperties", words: (limit) => `${limit} ${limit === "1" ? "entry" : "entries"}`, low: false },
  { key: "minimum", words: (limit) => limit, low: true },
  { key: "maximum", words: (limit) => limit, low: false },
];

function limits(before: Schema, after: Schema, of: string): KeywordChange[] {
  return LIMITS.flatMap(({ key, words, low }) => {
    const [old, now] = [numberIn(before, key), numberIn(after, key)];
    // A count is always at least 0.
    const floor = low && key !== "minimum" ? 0 : undefined;
    if ((old ?? floor) === (now ?? floor)) return [];
    const side = low ? "least" : "most";
    if (now === undefined)
      return [{ effect: "wider", message: `${of}is no longer limited to at ${side} ${words(String(old))}` }];
    const was = old === undefined ? "no limit" : words(String(old));
    const tighter = old === undefined || (low ? now > old : now < old);
    const effect: Effect = tighter ? "narrower" : "wider";
    return [{ effect, message: `${of}takes at ${side} ${words(String(now))} (before: ${was})` }];
  });
}

const numberIn = (schema: Schema, key: string) =>
  typeof schema[key] === "number" ? (schema[key] as number) : undefined;

function union(before: Schema, after: Schema): KeywordChange[] {
  const [was, is] = [before, after].map(({ maxProperties }) => maxProperties === 1);
  if (was === is) return [];
  return is
    ? [{ effect: "narrower", message: "takes exactly one of its members now" }]
    : [{ effect: "wider", message: "no longer takes only one of its members" }];
}

function values(before: Schema, after: Schema, key: string, noun: string): KeywordChange[] {
  const [old, now] = [listIn(before, key), listIn(after, key)];
  if (!old && !now) return [];
  if (!old) return [{ effect: "narrower", message: `takes listed ${noun}s only: ${few(now!)}` }];
  if (!now) return [{ effect: "wider", message: `takes any ${noun}, no longer ${few(old)} only` }];
  const removed = old.filter((value) => !now.includes(value));
  const added = now.filter((value) => !old.includes(value));
  const changes: KeywordChange[] = [];
  if (removed.length > 0)
    changes.push({ effect: "narrower", message: `no longer takes the ${noun}${s(removed)} ${few(removed)}` });
  if (added.length > 0)
    changes.push({ effect: "wider", message: `takes the ${noun}${s(added)} ${few(added)} too` });
  return changes;
}

function documented(before: Schema, after: Schema): KeywordChange[] {
  const key = "x-documented-values";
  if (JSON.stringify(before[key]) === JSON.stringify(after[key])) return [];
  // A value other than the documented ones is only a warning, never an error.
  const now = listIn(after, key);
  const message = now ? `has the documented values ${few(now)}` : "no longer has documented values";
  return [{ effect: "harmless", message }];
}

function pattern(before: Schema, after: Schema, of: string): KeywordChange[] {
  const [old, now] = [before, after].map(
    (schema) => [schema.pattern, schema["x-whole-match"] === true] as const,
  );
  if (old![0] === now![0] && old![1] === now![1]) return [];
  if (now![0] === undefined)
    return [{ effect: "wider", message: `${of}no longer has the pattern ${quote(String(old![0]))}` }];
  const message = `${of}has the pattern ${quote(String(now![0]))}`;
  // Which of two patterns accepts more is undecidable in practice.
  if (old![0] === undefined) return [{ effect: "narrower", message }];
  return [{ effect: "other", message: `${message} (before: ${quote(String(old![0]))})` }];
}

function keys(before: Schema, after: Schema): KeywordChange[] {
  const [old, now] = [before, after].map(({ propertyNames }) =>
    typeof propertyNames === "object" && propertyNames !== null ? (propertyNames as Schema) : {},
  );
  return [
    ...values(old!, now!, "enum", "key"),
    ...limits(old!, now!, "each key "),
    ...pattern(old!, now!, "each key "),
  ];
}

function marks(before: Schema, after: Schema): KeywordChange[] {
  const changes: KeywordChange[] = [];
  const [was, is] = [before["x-autopopulated"], after["x-autopopulated"]];
  if (was !== is) {
    const message = is ? "is filled in by the SDKs now" : "is no longer filled in by the SDKs";
    changes.push({ effect: "harmless", message });
  }
  if (JSON.stringify(before.default) !== JSON.stringify(after.default)) {
    const now = after.default === undefined ? "none" : quote(JSON.stringify(after.default));
    const old = before.default === undefined ? "none" : quote(JSON.stringify(before.default));
    changes.push({ effect: "harmless", message: `has the default ${now} (before: ${old})` });
  }
  return changes;
}

function listIn(schema: Schema, key: string): string[] | undefined {
  const list = schema[key];
  return Array.isArray(list) ? list.map(String) : undefined;
}

const MOST = 8;
const s = (list: unknown[]) => (list.length === 1 ? "" : "s");

function few(list: string[]): string {
  const shown = list.slice(0, MOST).map(quote).join(", ");
  return list.length > MOST ? `${shown} and ${list.length - MOST} more` : shown;
}
