import type { Span } from "../diagnostics/lines.ts";
import { Unknown } from "../documents/document.ts";
import { type HoleDomain, OpenObject, PartialText } from "../documents/partial.ts";
import {
  getKnownMembers,
  joinPartSources,
  mapChildren,
  objectFromEntries,
  type TextPart,
  textFromParts,
} from "../documents/parts.ts";
import { findPlaceholders } from "./placeholder-syntax.ts";
import { findReferenceDomain } from "./reference-domains.ts";

export const isPlaceholder = (text: string): boolean => findPlaceholders(text).length > 0;

/**
 * Replaces every text that contains placeholders by one of which the rest is known, or by an `Unknown` if nothing
 * is; copies only what changes.
 */
export function replacePlaceholders(value: unknown): unknown {
  if (typeof value === "string") return readText([value], value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof PartialText) return readText(value.parts, value);
  return mapChildren(openAtPlaceholderKeys(value), replacePlaceholders);
}

/**
 * What a member stands for whose name is a placeholder is unknown, and so is whether a missing member is present.
 */
function openAtPlaceholderKeys(value: object): object {
  const members = getKnownMembers(value) ?? {};
  const open = Object.keys(members).find(isPlaceholder);
  if (open === undefined) return value;
  const known = Object.entries(members).filter(([key]) => !isPlaceholder(key));
  const optional = value instanceof OpenObject ? value.optional : new Set<string>();
  return new OpenObject(open, objectFromEntries(known), { optional });
}

/** Stands for a hole while a text is searched for placeholders, which may enclose it. */
const HOLE_MARK = "\ufdd0";

function readText(parts: readonly TextPart[], text: string | PartialText): unknown {
  const flat = parts.map((part) => (typeof part === "string" ? part : HOLE_MARK)).join("");
  const spans = findPlaceholders(flat);
  if (spans.length === 0) return text;
  const split = splitAtPlaceholders(parts, spans);
  const source = typeof text === "string" ? text : text.source;
  return mayBeOtherThanText(split) ? new Unknown(source) : textFromParts(split, source);
}

/**
 * Whether placeholders may make a number or other value: one that is the whole text, and has no form of its own, or
 * one among digits.
 */
export const mayBeOtherThanText = (parts: readonly TextPart[]): boolean =>
  parts.length === 1
    ? typeof parts[0] !== "string" && parts[0]?.domain === undefined
    : parts.every((part) => typeof part !== "string" || /^[-+.\de]*$/i.test(part));

/** Makes a hole of each span, and keeps the holes between them. */
function splitAtPlaceholders(parts: readonly TextPart[], spans: readonly Span[]): TextPart[] {
  const reader = new PartReader(parts);
  const split = spans.flatMap(({ start, end }) => [
    ...reader.readTo(start),
    createHole(joinPartSources(reader.readTo(end))),
  ]);
  return [...split, ...reader.readTo(Number.POSITIVE_INFINITY)];
}

/** Reads parts piece by piece; a hole counts as one character. */
class PartReader {
  readonly #parts: readonly TextPart[];
  #index = 0;
  /** Where the part begins, and where the rest of it does. */
  #start = 0;
  #at = 0;

  constructor(parts: readonly TextPart[]) {
    this.#parts = parts;
  }

  readTo(end: number): TextPart[] {
    const read: TextPart[] = [];
    while (this.#at < end && this.#index < this.#parts.length) {
      const part = this.#parts[this.#index]!;
      const length = typeof part === "string" ? part.length : HOLE_MARK.length;
      const next = Math.min(end, this.#start + length);
      read.push(typeof part === "string" ? part.slice(this.#at - this.#start, next - this.#start) : part);
      this.#at = next;
      if (next < this.#start + length) break;
      this.#index++;
      this.#start = next;
    }
    return read;
  }
}

const BRACKETS = /^(?:\$\{|\{\{|<)|(?:\}\}?|>)$/g;

function createHole(source: string): TextPart {
  const domain: HoleDomain | undefined = findReferenceDomain(source.replace(BRACKETS, "").trim());
  return domain ? { source, domain } : { source };
}
