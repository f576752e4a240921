import type { PartialText } from "../documents/partial.ts";
import { decide, lengthRange, type MatchVerdict, whole } from "./decide.ts";
import { END, type Language, literal, START, sequence } from "./language.ts";

/** What is the same for all fillings of the holes; undefined where it depends on them. */
export type TextDecision = boolean | undefined;

export const toDecision = (verdict: MatchVerdict): TextDecision =>
  verdict === "depends" ? undefined : verdict === "always";

/** Whether two texts are equal. Without domains of holes, no automaton is made. */
export function compareTexts(text: PartialText, other: string | PartialText): TextDecision {
  if (differAtEnds(text, other)) return false;
  if (typeof other !== "string") return undefined;
  return hasDomains(text) ? toDecision(decide(text, whole(toLiteral(other)))) : matchesParts(text, other);
}

/** The same for two texts, whichever of them have holes. */
export function areSameTexts(a: string | PartialText, b: string | PartialText): TextDecision {
  if (typeof a !== "string") return compareTexts(a, b);
  return typeof b === "string" ? a === b : compareTexts(b, a);
}

export function startsWith(text: PartialText, start: string): TextDecision {
  const known = prefixOf(text);
  if (known.startsWith(start)) return true;
  if (!start.startsWith(known)) return false;
  return hasDomains(text) ? toDecision(decide(text, sequence(START, toLiteral(start)))) : undefined;
}

export function endsWith(text: PartialText, end: string): TextDecision {
  const known = suffixOf(text);
  if (known.endsWith(end)) return true;
  if (!end.endsWith(known)) return false;
  return hasDomains(text) ? toDecision(decide(text, sequence(toLiteral(end), END))) : undefined;
}

export function contains(text: PartialText, part: string): TextDecision {
  if (text.parts.some((each) => typeof each === "string" && each.includes(part))) return true;
  return hasDomains(text) ? toDecision(decide(text, toLiteral(part))) : undefined;
}

export const prefixOf = ({ parts: [first] }: PartialText): string => (typeof first === "string" ? first : "");

export function suffixOf({ parts }: PartialText): string {
  const last = parts.at(-1);
  return typeof last === "string" ? last : "";
}

export const hasDomains = ({ parts }: PartialText): boolean =>
  parts.some((part) => typeof part !== "string" && part.domain !== undefined);

function differAtEnds(text: PartialText, other: string | PartialText): boolean {
  const [start, end] = [prefixOf(text), suffixOf(text)];
  const [otherStart, otherEnd] =
    typeof other === "string" ? [other, other] : [prefixOf(other), suffixOf(other)];
  if (!start.startsWith(otherStart) && !otherStart.startsWith(start)) return true;
  if (!end.endsWith(otherEnd) && !otherEnd.endsWith(end)) return true;
  const length = typeof other === "string" ? [...other].length : undefined;
  const { min, max } =
    length === undefined ? lengthRange(other as PartialText) : { min: length, max: length };
  const own = lengthRange(text);
  return own.max < min || own.min > max;
}

/** Whether a text can be another one by its literal parts, in their order, when a hole may be any text. */
function matchesParts({ parts }: PartialText, other: string): false | undefined {
  const last = parts.at(-1);
  const end = typeof last === "string" ? other.length - last.length : other.length;
  let at = 0;
  for (const part of parts.slice(0, typeof last === "string" ? -1 : undefined)) {
    if (typeof part !== "string") continue;
    const found = other.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end ? undefined : false;
}

const MAX_LITERALS = 500;
const literals = new Map<string, Language>();

/** One language object for each text, since automata are kept by language. */
function toLiteral(text: string): Language {
  const known = literals.get(text);
  if (known) return known;
  if (literals.size >= MAX_LITERALS) literals.clear();
  const made = literal(text);
  literals.set(text, made);
  return made;
}
