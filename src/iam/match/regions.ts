import { type ArnGlob, arnMatches, EVERYTHING } from "./arn.ts";
import { type Automaton, arnAutomaton, DEAD, filledIn, globAutomaton } from "./automaton.ts";
import { type Glob, globMatches, literalOf } from "./glob.ts";

/** Texts that the same ones of several patterns match. */
export interface Region {
  /** Which of the patterns match, in their order. */
  matches: readonly boolean[];
  /** One of the texts. */
  example: string;
}

/**
 * Every combination of which of the others match a text, over all texts that the subject matches, each with an example.
 * Exact. Patterns with many `?` behind `*`, or many patterns that have nothing to do with each other, can be too much.
 */
export function regionsOf(subject: ArnGlob, others: readonly ArnGlob[]): readonly Region[] | "too-complex" {
  const only = literalArn(subject);
  if (only !== undefined) return [{ matches: others.map((other) => arnMatches(other, only)), example: only }];
  const found = explored(arnAutomaton(subject), others.map(arnAutomaton));
  if (found === "too-complex") return found;
  const keyOfText = (text: string) => String(others.map((other) => arnMatches(other, text)));
  const nicer = new Map<string, string>();
  for (const text of [subject, ...others].map(filledArn)) {
    const key = arnMatches(subject, text) && keyOfText(text);
    if (key && !nicer.has(key)) nicer.set(key, text);
  }
  return found.map((region) => ({ ...region, example: readable(region, subject, nicer, keyOfText) }));
}

/** Of the texts that `inner` matches, `outer` matches all, none, or some; "overlaps" also where it is too much to tell. */
export type Relation = "within" | "apart" | "overlaps";

/** As StringLike has patterns. */
export function relationOf(outer: Glob, inner: Glob): Relation {
  const only = literalOf(inner);
  if (only !== undefined) return globMatches(outer, only) ? "within" : "apart";
  return relation(explored(globAutomaton(inner), [globAutomaton(outer)]));
}

/** As Resource has patterns. */
export const arnRelationOf = (outer: ArnGlob, inner: ArnGlob): Relation =>
  relation(regionsOf(inner, [outer]));

function relation(regions: readonly Region[] | "too-complex"): Relation {
  if (regions === "too-complex" || regions.length !== 1) return "overlaps";
  return regions[0]!.matches[0] ? "within" : "apart";
}

const literalArn = (glob: ArnGlob): string | undefined =>
  glob === EVERYTHING || glob.some((field) => literalOf(field) === undefined) ? undefined : filledArn(glob);

const filledArn = (glob: ArnGlob): string => (glob === EVERYTHING ? "x" : glob.map(filledIn).join(":"));

/**
 * The search finds the shortest text, in which each `*` is nothing. People rather read one that looks like a name:
 * `nicer` has some, by which of the patterns match them.
 */
function readable(
  { matches, example }: Region,
  subject: ArnGlob,
  nicer: ReadonlyMap<string, string>,
  keyOfText: (text: string) => string,
): string {
  const key = String(matches);
  const longer = `${example}x`;
  return nicer.get(key) ?? (arnMatches(subject, longer) && keyOfText(longer) === key ? longer : example);
}

/** Bounds on the search, so that no policy can make it hang: a fraction of a second. */
const MOST_NODES = 20_000;
const MOST_STEPS = 2_000_000;

interface Bounds {
  /** How much work the search may be. */
  steps?: number;
  /** Whether no more regions need to be found. */
  isEnough?: (region: Region) => boolean;
}

/** A place in the search: the states of all machines after the same text. */
interface Node {
  subject: number;
  others: readonly number[];
  text: { before: Node | undefined; letter: string };
}

/**
 * As `regionsOf`, for patterns of any kind. Reads all texts at once, the shortest first, with all machines side by side.
 */
export function explored(
  subject: Automaton,
  others: readonly Automaton[],
  { steps: most = MOST_STEPS, isEnough }: Bounds = {},
): readonly Region[] | "too-complex" {
  const regions = new Map<string, Region>();
  const start: Node = {
    subject: subject.start,
    others: others.map((other) => other.start),
    text: { before: undefined, letter: "" },
  };
  const nodes = [start];
  const seen = new Set([keyOf(start)]);
  let steps = 0;
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at]!;
    const region = newRegion(node, subject, others, regions);
    if (region && isEnough?.(region)) break;
    const letters = lettersAfter(node, subject, others);
    steps += letters.length * costOf(node, subject, others);
    if (nodes.length > MOST_NODES || steps > most) return "too-complex";
    for (const letter of letters) {
      const next = nextOf(node, letter, subject, others);
      const key = keyOf(next);
      if (next.subject === DEAD || seen.has(key)) continue;
      seen.add(key);
      nodes.push(next);
    }
  }
  return [...regions.values()];
}

function newRegion(
  node: Node,
  subject: Automaton,
  others: readonly Automaton[],
  regions: Map<string, Region>,
): Region | undefined {
  if (!subject.accepts(node.subject)) return undefined;
  const matches = others.map((other, index) => other.accepts(node.others[index]!));
  const key = String(matches);
  if (regions.has(key)) return undefined;
  const region = { matches, example: textOf(node) };
  regions.set(key, region);
  return region;
}

const nextOf = (node: Node, letter: string, subject: Automaton, others: readonly Automaton[]): Node => ({
  subject: subject.next(node.subject, letter),
  others: others.map((other, index) => other.next(node.others[index]!, letter)),
  text: { before: node, letter },
});

const costOf = (node: Node, subject: Automaton, others: readonly Automaton[]): number =>
  others.reduce(
    (sum, other, index) => sum + 1 + other.width(node.others[index]!),
    subject.width(node.subject),
  );

const keyOf = (node: Node): string => `${node.subject} ${node.others.join(" ")}`;

/** The letters that matter here, and one that stands for all others. */
function lettersAfter(node: Node, subject: Automaton, others: readonly Automaton[]): readonly string[] {
  const letters = new Set(subject.letters(node.subject));
  others.forEach((other, index) => {
    for (const letter of other.letters(node.others[index]!)) letters.add(letter);
  });
  return [otherLetter(letters), ...letters];
}

const READABLE = "xyzabcdefghijklmnopqrstuvw0123456789";

function otherLetter(letters: ReadonlySet<string>): string {
  for (const letter of READABLE) if (!letters.has(letter)) return letter;
  let code = 0xc0;
  while (letters.has(String.fromCodePoint(code))) code += 1;
  return String.fromCodePoint(code);
}

function textOf(node: Node): string {
  const letters: string[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = at.text.before) letters.push(at.text.letter);
  return letters.reverse().join("");
}
