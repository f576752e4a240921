// What a member's prose states in one of the documentation's recurring forms: limits, values, a default, a
// prefix that is reserved. A wrong limit is much worse than a missing one, so a form is only in this table
// when it never contradicted the service models over all documented operations (see bench/prose-limits.py).

import { paragraphs, sentences } from "./plain-text.ts";
import { LIMIT_FORMS, type LimitForm } from "./prose-forms.ts";
import type { Shape } from "./shape.ts";

export type Bounds = {
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
};

export type Facts = Bounds & {
  default?: string | number | boolean;
  documentedValues?: string[];
  reservedPrefixes?: string[];
};

export function proseFacts(shape: Shape): Facts {
  if (!["string", "integer", "number", "boolean", "list"].includes(shape.kind) || shape.prose.length === 0)
    return {};
  const texts = paragraphs(shape.prose);
  const facts: Facts = bounds(shape, texts.flatMap(sentences));
  const fallback = defaultOf(shape, texts);
  if (fallback !== undefined && inBounds(fallback, facts)) facts.default = fallback;
  const values = shape.kind === "string" && !shape.values ? documentedValues(texts) : undefined;
  if (values) facts.documentedValues = values;
  const prefixes = shape.kind === "string" ? reservedPrefixes(texts) : [];
  if (prefixes.length > 0) facts.reservedPrefixes = prefixes;
  return facts;
}

/** Every form that matches; a limit that two sentences state differently is no limit. */
function bounds(shape: Shape, texts: string[]): Bounds {
  const found = new Map<keyof Bounds, number | "unclear">();
  for (const { key, value } of statedLimits(shape, texts)) {
    found.set(key, found.has(key) && found.get(key) !== value ? "unclear" : value);
  }
  const clear = Object.fromEntries([...found].filter(([, value]) => value !== "unclear")) as Bounds;
  const crossed =
    isAbove(clear.minLength, clear.maxLength) ||
    isAbove(clear.minItems, clear.maxItems) ||
    isAbove(clear.minimum, clear.maximum);
  return crossed ? {} : clear;
}

const isAbove = (low: number | undefined, high: number | undefined) =>
  low !== undefined && high !== undefined && low > high;

export type StatedLimit = { key: keyof Bounds; value: number; form: string; sentence: string };

export function statedLimits(shape: Shape, texts: string[]): StatedLimit[] {
  const kind = shape.kind === "number" ? "integer" : shape.kind;
  const forms = LIMIT_FORMS.filter((form) => form.of === kind);
  return texts.flatMap((sentence) => forms.flatMap((form) => matches(form, sentence)));
}

function matches(form: LimitForm, sentence: string): StatedLimit[] {
  if (sentence.length > 600) return [];
  const match = form.pattern.exec(sentence);
  if (!match) return [];
  return form.sets.flatMap((key, i) => {
    const value = Number(match[i + 1]?.replaceAll(",", "") ?? Number.NaN);
    return Number.isSafeInteger(value) ? [{ key, value, form: form.name, sentence }] : [];
  });
}

// The whole sentence has to be the statement: a condition behind it ("… if", "… for") makes it unclear.
const DEFAULT =
  /^(?:Default|Default value|The default|The default value|The default setting)(?: (?:is|of [\w.]{1,80} is)|:) ["“']?([\w.:/+-]{1,100}?)["”']?\.?$/i;

function defaultOf(shape: Shape, texts: string[]): string | number | boolean | undefined {
  const stated = new Set<string>();
  for (const text of texts.flatMap(sentences)) {
    const match = text.length < 300 ? DEFAULT.exec(text) : null;
    if (match) stated.add(match[1]!);
  }
  const [value, second] = stated;
  if (value === undefined || second !== undefined) return undefined;
  if (shape.kind === "boolean") return { true: true, false: false }[value.toLowerCase()];
  if (shape.kind === "integer") return /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
  if (shape.kind === "number") return /^-?\d{1,9}(?:\.\d{1,9})?$/.test(value) ? Number(value) : undefined;
  // Without an enum, a word behind "default is" may as well be a description.
  return shape.kind === "string" && shape.values?.includes(value) ? value : undefined;
}

function inBounds(value: string | number | boolean, { minimum, maximum }: Bounds): boolean {
  if (typeof value !== "number") return true;
  return !isAbove(minimum, value) && !isAbove(value, maximum);
}

const VALID_VALUES = /^Valid values?: (\S.{0,2000})$/i;
const VALUE = /^[A-Za-z0-9][\w.:/+-]{0,99}$/;

/** `Valid Values: A | B`, as a paragraph of its own and with bars between the values. */
function documentedValues(texts: string[]): string[] | undefined {
  const lists = texts.flatMap((text) => VALID_VALUES.exec(text)?.[1] ?? []);
  const [list, second] = lists;
  if (list === undefined || second !== undefined) return undefined;
  const values = list.split("|").map((value) => value.trim());
  return values.length > 1 && values.every((value) => VALUE.test(value)) ? values : undefined;
}

const RESERVED =
  /(?:can't|cannot|can not|must not|may not) (?:start|begin) with (?:the prefix )?["“'(]?([A-Za-z]{2,20}:)["”')]?(?![\w/:])/g;

function reservedPrefixes(texts: string[]): string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(RESERVED)].map((match) => match[1]!)))];
}
