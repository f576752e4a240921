// Extracts what a member's prose states in one of the documentation's recurring phrases: limits, values, a
// default, a reserved prefix. A wrong limit is much worse than a missing one, so a phrase is only included if
// it never contradicts the service models over all documented operations (see bench/prose-limits.py).

import type { IrShape, StatedLimits } from "../ir.ts";
import { splitParagraphs, splitSentences } from "../page/rst-text.ts";
import type { ProseBounds } from "./forms.ts";
import { DOCUMENT_FORMS, LIMIT_FORMS, type LimitForm } from "./forms.ts";

export type ProseFacts = ProseBounds & {
  default?: string | number | boolean;
  documentedValues?: string[];
  reservedPrefixes?: string[];
  /** The string is a JSON document as text. */
  document?: true;
};

/** Merges the facts from prose and a service model. If both state a limit, the model's takes precedence. */
export function mergeFacts(shape: IrShape): ProseFacts & StatedLimits {
  const { stated } = shape;
  const prose = extractFacts(shape);
  const document: ProseFacts = "json" in shape && shape.json ? { document: true } : {};
  if (!stated || Object.keys(stated).length === 0) return { ...prose, ...document };
  const facts = { ...prose, ...stated, ...document };
  // A limit in the prose that contradicts the model's must be about something else.
  const crossed = BOUND_PAIRS.some(([low, high]) => isAbove(facts[low], facts[high]));
  const kept = crossed ? { ...dropBounds(prose), ...stated, ...document } : facts;
  if (!inBounds(kept.default, kept)) delete kept.default;
  return kept;
}

const BOUND_PAIRS = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minimum", "maximum"],
] as const satisfies [keyof ProseBounds, keyof ProseBounds][];

function dropBounds({
  default: fallback,
  documentedValues,
  reservedPrefixes,
  document,
}: ProseFacts): ProseFacts {
  const facts: ProseFacts = {};
  if (fallback !== undefined) facts.default = fallback;
  if (documentedValues) facts.documentedValues = documentedValues;
  if (reservedPrefixes) facts.reservedPrefixes = reservedPrefixes;
  if (document) facts.document = document;
  return facts;
}

const KINDS_WITH_FACTS = new Set<IrShape["kind"]>(["string", "integer", "number", "boolean", "list"]);

export function extractFacts(shape: IrShape): ProseFacts {
  if (!KINDS_WITH_FACTS.has(shape.kind) || shape.prose.length === 0) return {};
  const texts = splitParagraphs(shape.prose);
  const stated = extractStatedLimits(shape, texts.flatMap(splitSentences));
  const facts: ProseFacts = extractBounds(shape, texts, stated);
  const fallback = extractDefault(shape, texts);
  const fits = stated.every(({ key, value }) => inBounds(fallback, { [key]: value }));
  if (fallback !== undefined && fits) facts.default = fallback;
  return shape.kind === "string" && !shape.values ? { ...facts, ...extractStringFacts(texts) } : facts;
}

function extractStringFacts(texts: string[]): ProseFacts {
  const values = extractDocumentedValues(texts);
  const prefixes = extractReservedPrefixes(texts);
  const [first = ""] = splitSentences(texts[0] ?? "");
  return {
    ...(values ? { documentedValues: values } : {}),
    ...(prefixes.length > 0 ? { reservedPrefixes: prefixes } : {}),
    ...(first.length < 600 && DOCUMENT_FORMS.some((form) => form.test(first)) ? { document: true } : {}),
  };
}

/** Collects all matching limits. A limit that two sentences state differently is dropped. */
function extractBounds(shape: IrShape, texts: string[], stated: StatedLimit[]): ProseBounds {
  const found = new Map<keyof ProseBounds, number | "unclear">();
  for (const { key, value } of stated) {
    found.set(key, found.has(key) && found.get(key) !== value ? "unclear" : value);
  }
  const clear = Object.fromEntries([...found].filter(([, value]) => value !== "unclear")) as ProseBounds;
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
const MAX_SEARCHED_LENGTH = 5000;
// Page sizes are often clamped, and the documented numbers differ from the enforced ones.
const PAGE_SIZE = /\b(?:results?|items?|return(?:ed|s)?|page|pagination|response)\b/i;
// A minus sign counts only after white space: `2-10` is a range.
const NUMBER = /(?<![\w.,])(-?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?![\w.,]*\w)/g;

/**
 * Whether the prose has no number outside of the stated range, such as a 0 or -1 that disables a feature. If
 * it has one, the range is ambiguous.
 */
function isNumberClear(shape: IrShape, texts: string[], clear: ProseBounds): boolean {
  if (shape.kind !== "integer" && shape.kind !== "number") return true;
  if (texts.some((text) => text.length > MAX_SEARCHED_LENGTH || PAGE_SIZE.test(text))) return false;
  const numbers = texts.flatMap((text) => [...text.matchAll(NUMBER)]);
  return numbers.every(([, sign, digits]) => {
    const size = Number(digits!.replaceAll(",", ""));
    return inBounds(sign ? -size : size, clear);
  });
}

type StatedLimit = { key: keyof ProseBounds; value: number };

function extractStatedLimits(shape: IrShape, texts: string[]): StatedLimit[] {
  const kind = shape.kind === "integer" ? "number" : shape.kind;
  const forms = LIMIT_FORMS.filter((form) => form.of === kind);
  return texts.flatMap((sentence) => forms.flatMap((form) => matchForm(form, sentence)));
}

function matchForm(form: LimitForm, sentence: string): StatedLimit[] {
  const match = sentence.length > 600 ? null : form.pattern.exec(sentence);
  if (!match) return [];
  return form.sets.map((key, i) => ({ key, value: Number(match[i + 1]!.replaceAll(",", "")) }));
}

// The whole sentence must match: a trailing condition ("… if", "… for") makes the default ambiguous.
const DEFAULT_SENTENCE =
  /^(?:Default|Default value|The default|The default value|The default setting)(?: (?:is|of [\w.]{1,80} is)|:) ["“']?([\w.:/+-]{1,100}?)["”']?\.?$/i;

function extractDefault(shape: IrShape, texts: string[]): string | number | boolean | undefined {
  const stated = new Set<string>();
  for (const text of texts.flatMap(splitSentences)) {
    const match = text.length < 300 ? DEFAULT_SENTENCE.exec(text) : null;
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

function inBounds(value: unknown, { minimum, maximum }: ProseBounds): boolean {
  if (typeof value !== "number") return true;
  return !isAbove(minimum, value) && !isAbove(value, maximum);
}

const VALID_VALUES = /^Valid values?: (\S.{0,2000})$/i;
const VALUE = /^[A-Za-z0-9][\w.:/+-]{0,99}$/;

/** Finds `Valid Values: A | B` as a paragraph of its own, with bars between the values. */
function extractDocumentedValues(texts: string[]): string[] | undefined {
  const lists = texts.flatMap((text) => VALID_VALUES.exec(text)?.[1] ?? []);
  const [list, second] = lists;
  if (list === undefined || second !== undefined) return undefined;
  const values = list.split("|").map((value) => value.trim());
  return values.length > 1 && values.every((value) => VALUE.test(value)) ? values : undefined;
}

const RESERVED_PREFIX =
  /(?:can't|cannot|can not|must not|may not) (?:start|begin) with (?:the prefix )?["“'(]?([A-Za-z]{2,20}:)["”')]?(?![\w/:])/g;

function extractReservedPrefixes(texts: string[]): string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(RESERVED_PREFIX)].map((match) => match[1]!)))];
}
