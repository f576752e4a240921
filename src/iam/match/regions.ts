import { ANY_ARN, type ArnGlob, arnMatches } from "./arn.ts";
import { type Automaton, createArnAutomaton, createGlobAutomaton, DEAD, fillWildcards } from "./automaton.ts";
import { type Glob, globMatches, toLiteral } from "./glob.ts";

/** A set of strings that match the same patterns. */
export interface Region {
  /** Whether each pattern matches, in the order of the patterns. */
  matches: readonly boolean[];
  /** One of the strings. */
  example: string;
}

/**
 * Finds every combination of matches with `others` among the strings that `subject` matches, each with an
 * example. Exact, but "too-complex" for patterns with many `?` after a `*`, or for many unrelated patterns.
 */
export function findRegions(subject: ArnGlob, others: readonly ArnGlob[]): readonly Region[] | "too-complex" {
  const only = toLiteralArn(subject);
  if (only !== undefined) return [{ matches: others.map((other) => arnMatches(other, only)), example: only }];
  const found = exploreRegions(createArnAutomaton(subject), others.map(createArnAutomaton));
  if (found === "too-complex") return found;
  const keyOfText = (text: string) => String(others.map((other) => arnMatches(other, text)));
  const nicer = new Map<string, string>();
  for (const text of [subject, ...others].map(fillArnWildcards)) {
    const key = arnMatches(subject, text) && keyOfText(text);
    if (key && !nicer.has(key)) nicer.set(key, text);
  }
  return found.map((region) => ({ ...region, example: chooseExample(region, subject, nicer, keyOfText) }));
}

/**
 * How `outer` matches the strings of `inner`: all of them, none, or some. Also "overlaps" when that is too
 * complex to tell.
 */
export type Relation = "within" | "apart" | "overlaps";

/** Compares patterns of StringLike. */
export function compareGlobs(outer: Glob, inner: Glob): Relation {
  const only = toLiteral(inner);
  if (only !== undefined) return globMatches(outer, only) ? "within" : "apart";
  return relationFromRegions(exploreRegions(createGlobAutomaton(inner), [createGlobAutomaton(outer)]));
}

/** Compares patterns of `Resource`. */
export const compareArnGlobs = (outer: ArnGlob, inner: ArnGlob): Relation =>
  relationFromRegions(findRegions(inner, [outer]));

function relationFromRegions(regions: readonly Region[] | "too-complex"): Relation {
  if (regions === "too-complex" || regions.length !== 1) return "overlaps";
  return regions[0]!.matches[0] ? "within" : "apart";
}

const toLiteralArn = (glob: ArnGlob): string | undefined =>
  glob === ANY_ARN || glob.some((field) => toLiteral(field) === undefined)
    ? undefined
    : fillArnWildcards(glob);

const fillArnWildcards = (glob: ArnGlob): string =>
  glob === ANY_ARN ? "x" : glob.map(fillWildcards).join(":");

/**
 * The search finds the shortest example, in which each `*` is empty. Prefers an example that resembles a
 * name: `nicer` has some, by the patterns that match them.
 */
function chooseExample(
  { matches, example }: Region,
  subject: ArnGlob,
  nicer: ReadonlyMap<string, string>,
  keyOfText: (text: string) => string,
): string {
  const key = String(matches);
  const longer = `${example}x`;
  return nicer.get(key) ?? (arnMatches(subject, longer) && keyOfText(longer) === key ? longer : example);
}

/** Bounds of the search, which keep adversarial policies to a fraction of a second. */
const MAX_REGION_NODES = 20_000;
const MAX_REGION_STEPS = 2_000_000;

interface Bounds {
  /** Maximum number of steps. */
  steps?: number;
  /** Stops the search when it returns true for a new region. */
  isEnough?: (region: Region) => boolean;
}

/** A node of the search: the states of all automata after the same input. */
interface Node {
  subject: number;
  others: readonly number[];
  text: { before: Node | undefined; letter: string };
}

/**
 * Like `findRegions`, for any automata. Breadth-first search over the product automaton, so the shortest
 * strings come first.
 */
export function exploreRegions(
  subject: Automaton,
  others: readonly Automaton[],
  { steps: most = MAX_REGION_STEPS, isEnough }: Bounds = {},
): readonly Region[] | "too-complex" {
  const regions = new Map<string, Region>();
  const start: Node = {
    subject: subject.start,
    others: others.map((other) => other.start),
    text: { before: undefined, letter: "" },
  };
  const nodes = [start];
  const seen = new Set([serializeNode(start)]);
  let steps = 0;
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at]!;
    const region = addRegion(node, subject, others, regions);
    if (region && isEnough?.(region)) break;
    const letters = collectLetters(node, subject, others);
    steps += letters.length * estimateCost(node, subject, others);
    if (nodes.length > MAX_REGION_NODES || steps > most) return "too-complex";
    for (const letter of letters) {
      const next = advanceNode(node, letter, subject, others);
      const key = serializeNode(next);
      if (next.subject === DEAD || seen.has(key)) continue;
      seen.add(key);
      nodes.push(next);
    }
  }
  return [...regions.values()];
}

function addRegion(
  node: Node,
  subject: Automaton,
  others: readonly Automaton[],
  regions: Map<string, Region>,
): Region | undefined {
  if (!subject.accepts(node.subject)) return undefined;
  const matches = others.map((other, index) => other.accepts(node.others[index]!));
  const key = String(matches);
  if (regions.has(key)) return undefined;
  const region = { matches, example: textFromNode(node) };
  regions.set(key, region);
  return region;
}

const advanceNode = (node: Node, letter: string, subject: Automaton, others: readonly Automaton[]): Node => ({
  subject: subject.next(node.subject, letter),
  others: others.map((other, index) => other.next(node.others[index]!, letter)),
  text: { before: node, letter },
});

const estimateCost = (node: Node, subject: Automaton, others: readonly Automaton[]): number =>
  others.reduce(
    (sum, other, index) => sum + 1 + other.stepCost(node.others[index]!),
    subject.stepCost(node.subject),
  );

const serializeNode = (node: Node): string => `${node.subject} ${node.others.join(" ")}`;

/** The letters on which some automaton branches, and one that represents all others. */
function collectLetters(node: Node, subject: Automaton, others: readonly Automaton[]): readonly string[] {
  const letters = new Set(subject.branchLetters(node.subject));
  others.forEach((other, index) => {
    for (const letter of other.branchLetters(node.others[index]!)) letters.add(letter);
  });
  return [findOtherLetter(letters), ...letters];
}

const PREFERRED_LETTERS = "xyzabcdefghijklmnopqrstuvw0123456789";

function findOtherLetter(letters: ReadonlySet<string>): string {
  for (const letter of PREFERRED_LETTERS) if (!letters.has(letter)) return letter;
  let code = 0xc0;
  while (letters.has(String.fromCodePoint(code))) code += 1;
  return String.fromCodePoint(code);
}

function textFromNode(node: Node): string {
  const letters: string[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = at.text.before) letters.push(at.text.letter);
  return letters.reverse().join("");
}
