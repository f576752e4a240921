// Extracts what a member's prose states in one of the documentation's recurring phrases: limits, values, a
// default, a reserved prefix. A wrong limit is much worse than a missing one, so a phrase is only included if
// it never contradicts the service models over all documented operations (see bench/prose-limits.py).

import type { Shape, Stated } from "../ir.ts";
import { paragraphs, sentences } from "../page/rst-text.ts";
import type { Bounds } from "./forms.ts";
import { DOCUMENT_FORMS, LIMIT_FORMS, type LimitForm } from "./forms.ts";

export type Facts = Bounds & {
  default?: string | number | boolean;
  documentedValues?: string[];
  reservedPrefixes?: string[];
  /** The string is a JSON document as text. */
  document?: true;
};

/** Merges the facts from prose and a service model. If both state a limit, the model's takes precedence. */
export function factsOf(shape: Shape): Facts & Stated {
  const { stated } = shape;
  const prose = proseFacts(shape);
  const document: Facts = "json" in shape && shape.json ? { document: true } : {};
  if (!stated || Object.keys(stated).length === 0) return { ...prose, ...document };
  const facts = { ...prose, ...stated, ...document };
  // A limit in the prose that contradicts the model's must be about something else.
  const crossed = PAIRS.some(([low, high]) => isAbove(facts[low], facts[high]));
  const kept = crossed ? { ...withoutBounds(prose), ...stated, ...document } : facts;
  if (!inBounds(kept.default, kept)) delete kept.default;
  return kept;
}

const PAIRS = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minimum", "maximum"],
] as const satisfies [keyof Bounds, keyof Bounds][];

function withoutBounds({ default: fallback, documentedValues, reservedPrefixes, document }: Facts): Facts {
  const facts: Facts = {};
  if (fallback !== undefined) facts.default = fallback;
  if (documentedValues) facts.documentedValues = documentedValues;
  if (reservedPrefixes) facts.reservedPrefixes = reservedPrefixes;
  if (document) facts.document = document;
  return facts;
}

const SPOKEN_OF = new Set<Shape["kind"]>(["string", "integer", "number", "boolean", "list"]);

export function proseFacts(shape: Shape): Facts {
  if (!SPOKEN_OF.has(shape.kind) || shape.prose.length === 0) return {};
  const texts = paragraphs(shape.prose);
  const stated = statedLimits(shape, texts.flatMap(sentences));
  const facts: Facts = bounds(shape, texts, stated);
  const fallback = defaultOf(shape, texts);
  const fits = stated.every(({ key, value }) => inBounds(fallback, { [key]: value }));
  if (fallback !== undefined && fits) facts.default = fallback;
  return shape.kind === "string" && !shape.values ? { ...facts, ...stringFacts(texts) } : facts;
}

function stringFacts(texts: string[]): Facts {
  const values = documentedValues(texts);
  const prefixes = reservedPrefixes(texts);
  const [first = ""] = sentences(texts[0] ?? "");
  return {
    ...(values ? { documentedValues: values } : {}),
    ...(prefixes.length > 0 ? { reservedPrefixes: prefixes } : {}),
    ...(first.length < 600 && DOCUMENT_FORMS.some((form) => form.test(first)) ? { document: true } : {}),
  };
}

/** Collects all matching limits. A limit that two sentences state differently is dropped. */
function bounds(shape: Shape, texts: string[], stated: StatedLimit[]): Bounds {
  const found = new Map<keyof Bounds, number | "unclear">();
  for (const { key, value } of stated) {
    found.set(key, found.has(key) && found.get(key) !== value ? "unclear" : value);
  }
  const clear = Object.fromEntries([...found].filter(([, value]) => value !== "unclear")) as Bounds;
  const crossed = [
    isAbove(clear.minLength, clear.maxLength),
    isAbove(clear.minItems, clear.maxItems),
    isAbove(clear.minimum, clear.maximum),
  ];
  return crossed.includes(true) || !isNumberClear(shape, texts, clear) ? {} : clear;
}

const isAbove = (low: number | undefined, high: number | undefined) =>
  low !== undefined && high !== undefined && low > high;

/** Characters. Longer paragraphs are not searched for numbers, since the search takes superlinear time. */
const LONGEST = 5000;
// Page sizes are often clamped, and the documented numbers differ from the enforced ones.
const PAGE_SIZE = /\b(?:results?|items?|return(?:ed|s)?|page|pagination|response)\b/i;
// A minus sign counts only after white space: `2-10` is a range.
const NUMBER = /(?<![\w.,])(-?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?![\w.,]*\w)/g;

/**
 * Whether the prose has no number outside of the stated range, such as a 0 or -1 that disables a feature. If
 * it has one, the range is ambiguous.
 */
function isNumberClear(shape: Shape, texts: string[], clear: Bounds): boolean {
  if (shape.kind !== "integer" && shape.kind !== "number") return true;
  if (texts.some((text) => text.length > LONGEST || PAGE_SIZE.test(text))) return false;
  const numbers = texts.flatMap((text) => [...text.matchAll(NUMBER)]);
  return numbers.every(([, sign, digits]) => {
    const size = Number(digits!.replaceAll(",", ""));
    return inBounds(sign ? -size : size, clear);
  });
}

type StatedLimit = { key: keyof Bounds; value: number };

function statedLimits(shape: Shape, texts: string[]): StatedLimit[] {
  const kind = shape.kind === "integer" ? "number" : shape.kind;
  const forms = LIMIT_FORMS.filter((form) => form.of === kind);
  return texts.flatMap((sentence) => forms.flatMap((form) => matches(form, sentence)));
}

function matches(form: LimitForm, sentence: string): StatedLimit[] {
  const match = sentence.length > 600 ? null : form.pattern.exec(sentence);
  if (!match) return [];
  return form.sets.map((key, i) => ({ key, value: Number(match[i + 1]!.replaceAll(",", "")) }));
}

// The whole sentence must match: a trailing condition ("… if", "… for") makes the default ambiguous.
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
  // Without an enum, the word after "default is" may just as well be a description.
  return shape.kind === "string" && shape.values?.includes(value) ? value : undefined;
}

function inBounds(value: unknown, { minimum, maximum }: Bounds): boolean {
  if (typeof value !== "number") return true;
  return !isAbove(minimum, value) && !isAbove(value, maximum);
}

const VALID_VALUES = /^Valid values?: (\S.{0,2000})$/i;
const VALUE = /^[A-Za-z0-9][\w.:/+-]{0,99}$/;

/** Finds `Valid Values: A | B` as a paragraph of its own, with bars between the values. */
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
