import { type Hole, PartialText } from "../documents/partial.ts";
import { decidePattern } from "./decide.ts";

type Part = string | Hole;

/** Joins adjacent literals; a plain string if no hole is left. */
export function createText(source: string, parts: readonly Part[]): string | PartialText {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  if (merged.every((part) => typeof part === "string")) return merged.join("");
  return new PartialText(source, merged);
}

const partsOf = (text: string | PartialText): readonly Part[] =>
  typeof text === "string" ? [text] : text.parts;

export function concatTexts(left: string | PartialText, right: string | PartialText): string | PartialText {
  const source = [left, right].flatMap((text) => (typeof text === "string" ? [] : [text.source])).join("");
  return createText(source, [...partsOf(left), ...partsOf(right)]);
}

/** ASCII letters only, as CEL has it. */
export const toLowerText = (text: PartialText): string | PartialText =>
  mapLetters(text, "[A-Z]", toLowerAscii);
export const toUpperText = (text: PartialText): string | PartialText =>
  mapLetters(text, "[a-z]", toUpperAscii);

export const toLowerAscii = (text: string): string =>
  HAS_UPPER.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;

export const toUpperAscii = (text: string): string =>
  HAS_LOWER.test(text) ? text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : text;

const HAS_UPPER = /[A-Z]/;
const HAS_LOWER = /[a-z]/;

function mapLetters(
  { source, parts }: PartialText,
  changed: string,
  map: (text: string) => string,
): string | PartialText {
  const mapped = parts.map((part) => {
    if (typeof part === "string") return map(part);
    const { source: name, domain } = part;
    if (domain?.values) return { source: name, domain: { values: domain.values.map(map) } };
    return isNeverIn(part, changed) ? part : { source: name };
  });
  return createText(source, mapped);
}

const isNeverIn = (hole: Hole, pattern: string): boolean =>
  hole.domain !== undefined && decidePattern(toText(hole), pattern) === "never";

export const toText = (hole: Hole): PartialText => new PartialText(hole.source, [hole]);

/** White space as Unicode has it. */
const SPACE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LEADING = new RegExp(`^[${SPACE}]+`);
const IS_SPACE = new RegExp(`[${SPACE}]`);

/** Without white space at the ends. A hole at an end may be any text afterwards, which is sound, and weaker. */
export function trimText({ source, parts }: PartialText): string | PartialText {
  const started = trimParts(parts, trimStart, `^[^${SPACE}]`);
  const reversed = trimParts([...started].reverse(), trimEnd, `[^${SPACE}]$`);
  return createText(source, [...reversed].reverse());
}

/** Without white space at the ends. */
export const trimSpace = (text: string): string =>
  text !== "" && isVisible(text.charCodeAt(0)) && isVisible(text.charCodeAt(text.length - 1))
    ? text
    : trimEnd(trimStart(text));

/** Visible ASCII, which most texts begin and end with. */
const isVisible = (code: number): boolean => code > 32 && code < 127;

const trimStart = (text: string): string => text.replace(LEADING, "");

/** Not a regular expression, which would try each run of white space. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && IS_SPACE.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Trims the first of the parts. What may be white space altogether is followed by what may be trimmed, too. */
function trimParts(
  parts: readonly Part[],
  trim: (text: string) => string,
  beginsOtherwise: string,
): readonly Part[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [];
  if (typeof first === "string") {
    const trimmed = trim(first);
    return trimmed === "" ? trimParts(rest, trim, beginsOtherwise) : [trimmed, ...rest];
  }
  if (first.domain && decidePattern(toText(first), beginsOtherwise) === "always") return parts;
  const others = trimParts(rest, trim, beginsOtherwise);
  return typeof others[0] === "object" && !others[0].domain ? others : [{ source: first.source }, ...others];
}

/** Whether a hole may be filled with a text in which a pattern is found. */
const mayHold = (hole: Hole, pattern: string): boolean =>
  hole.domain === undefined || decidePattern(toText(hole), pattern) !== "never";

/** A text of which nothing is known. */
export const anyText = (source: string, pattern?: string): PartialText =>
  new PartialText(source, [{ source, ...(pattern !== undefined && { domain: { pattern } }) }]);

/** The text before and behind the first of a character. */
export interface Halves {
  before: string | PartialText;
  /** Undefined if the character isn't there. */
  after: string | PartialText | undefined;
}

/** Cuts a text at a character. Undefined if a hole before it may hold one; `before` is the text up to that hole. */
export function cutText(
  { source, parts }: PartialText,
  character: string,
): Halves | { before: readonly (string | Hole)[]; open: true } {
  const before: Part[] = [];
  for (const [index, part] of parts.entries()) {
    if (typeof part !== "string") {
      if (mayHold(part, `[${character}]`)) return { before, open: true };
      before.push(part);
      continue;
    }
    const at = part.indexOf(character);
    if (at < 0) before.push(part);
    else {
      const after = [part.slice(at + 1), ...parts.slice(index + 1)];
      return { before: createText(source, [...before, part.slice(0, at)]), after: createText(source, after) };
    }
  }
  return { before: createText(source, before), after: undefined };
}

/** A regular expression of all fillings of a text. */
export const toPattern = (text: string | PartialText): string =>
  partsOf(text)
    .map((part) => (typeof part === "string" ? escapePattern(part) : holePattern(part)))
    .join("");

function holePattern({ domain }: Hole): string {
  if (domain?.values) return `(?:${domain.values.map(escapePattern).join("|")})`;
  // Anchors would have another meaning inside of a larger expression.
  return domain?.pattern === undefined || /[\^$]/.test(domain.pattern)
    ? "[\\s\\S]*"
    : `(?:${domain.pattern})`;
}

/** Not `-`, which has a meaning only in classes, and may not be escaped outside of them. */
export const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
