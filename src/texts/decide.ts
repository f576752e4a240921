import type { Hole, HoleDomain, PartialText } from "../documents/partial.ts";
import { PatternAutomaton, type StateSet, TooComplex } from "./automaton.ts";
import { END, type Language, START, sequence } from "./language.ts";
import { type Flavor, languageOf } from "./regexp.ts";

/** Whether the texts that a text with holes can become are all in a language, or none of them, or it depends. */
export type MatchVerdict = "always" | "never" | "depends";

const automata = new WeakMap<Language, PatternAutomaton | undefined>();

/**
 * Exact for holes that are independent of each other, up to a limit of size beyond which it depends. As with regular
 * expressions, a text is in the language where a part of it is; `START` and `END` hold it to the whole.
 */
export function decide(text: PartialText, language: Language): MatchVerdict {
  const automaton = automatonOf(language);
  if (!automaton) return "depends";
  try {
    const ends = [...endStates(text, automaton)].map((state) => automaton.accepts(state));
    if (!ends.includes(false)) return "always";
    return ends.includes(true) ? "depends" : "never";
  } catch (error) {
    if (error instanceof TooComplex) return "depends";
    throw error;
  }
}

/** The same for a regular expression; it depends, too, where the expression can't be read. */
export function decidePattern(text: PartialText, pattern: string, flavor?: Flavor): MatchVerdict {
  const language = languageOf(pattern, flavor);
  return language ? decide(text, language) : "depends";
}

/** The whole text, and not only a part of it, is in the language. */
export const whole = (language: Language): Language => sequence(START, language, END);

function automatonOf(language: Language): PatternAutomaton | undefined {
  if (automata.has(language)) return automata.get(language);
  const made = makeAutomaton(language);
  automata.set(language, made);
  return made;
}

function makeAutomaton(language: Language): PatternAutomaton | undefined {
  try {
    return new PatternAutomaton(language);
  } catch (error) {
    if (error instanceof TooComplex) return undefined;
    throw error;
  }
}

/** Every state that some filling of the holes leads to. */
function endStates({ parts }: PartialText, automaton: PatternAutomaton): ReadonlySet<StateSet> {
  let states: ReadonlySet<StateSet> = new Set([automaton.start]);
  for (const part of parts) {
    states =
      typeof part === "string"
        ? new Set([...states].map((state) => automaton.run(state, part)))
        : fill(states, part, automaton);
  }
  return states;
}

function fill(
  states: ReadonlySet<StateSet>,
  { domain }: Hole,
  automaton: PatternAutomaton,
): ReadonlySet<StateSet> {
  if (domain?.values && domain.values.length > 0) {
    const { values } = domain;
    return new Set([...states].flatMap((state) => values.map((value) => automaton.run(state, value))));
  }
  const filling = fillingOf(domain);
  return filling ? reachableThrough(states, automaton, filling) : reachable(states, automaton);
}

/** The automaton of what may fill a hole; undefined where that is any text, or can't be told. */
function fillingOf(domain: HoleDomain | undefined): PatternAutomaton | undefined {
  if (domain?.pattern === undefined) return undefined;
  const language = domainLanguage(domain.pattern);
  return language && automatonOf(language);
}

const domains = new Map<string, Language | undefined>();

function domainLanguage(pattern: string): Language | undefined {
  if (!domains.has(pattern)) {
    const language = languageOf(pattern);
    domains.set(pattern, language && whole(language));
  }
  return domains.get(pattern);
}

function reachable(states: ReadonlySet<StateSet>, automaton: PatternAutomaton): ReadonlySet<StateSet> {
  const seen = new Set(states);
  const open = [...states];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (let kind = 0; kind < automaton.kinds; kind++) {
      const next = automaton.stepKind(state, kind);
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}

/** Walks both automata at once, over the fillings of the hole. */
function reachableThrough(
  states: ReadonlySet<StateSet>,
  automaton: PatternAutomaton,
  filling: PatternAutomaton,
): ReadonlySet<StateSet> {
  const kinds = commonKinds(automaton, filling);
  const ends = new Set<StateSet>();
  const seen = new Set<string>();
  const open: (readonly [StateSet, StateSet])[] = [];
  const visit = (state: StateSet, inside: StateSet): void => {
    const key = `${state} ${inside}`;
    if (seen.has(key)) return;
    if (seen.size >= MAX_PAIRS) throw new TooComplex();
    seen.add(key);
    open.push([state, inside]);
    if (filling.accepts(inside)) ends.add(state);
  };
  for (const state of states) visit(state, filling.start);
  for (let pair = open.pop(); pair !== undefined; pair = open.pop())
    for (const point of kinds) visit(automaton.step(pair[0], point), filling.step(pair[1], point));
  return ends;
}

const MAX_PAIRS = 50_000;

/** A code point of each kind of characters that one of the two tells apart. */
function commonKinds(a: PatternAutomaton, b: PatternAutomaton): readonly number[] {
  const points = new Set<number>();
  for (const automaton of [a, b])
    for (let kind = 0; kind < automaton.kinds; kind++) points.add(automaton.exampleOf(kind));
  return [...points];
}

/** How long the texts can be that a text with holes becomes, in code points. */
export function lengthRange(text: PartialText): { min: number; max: number } {
  let min = 0;
  let max = 0;
  for (const part of text.parts) {
    const [least, most] = typeof part === "string" ? sameTwice(lengthOf(part)) : holeLength(part);
    min += least;
    max += most;
  }
  return { min, max };
}

const sameTwice = (length: number): readonly [number, number] => [length, length];

const lengthOf = (text: string): number => [...text].length;

function holeLength({ domain }: Hole): readonly [number, number] {
  if (domain?.values && domain.values.length > 0) {
    const lengths = domain.values.map(lengthOf);
    return [Math.min(...lengths), Math.max(...lengths)];
  }
  const language = domain?.pattern === undefined ? undefined : languageOf(domain.pattern);
  const [min, max] = language ? languageLength(language) : [0, Number.POSITIVE_INFINITY];
  return [min, Math.min(max, domain?.maxLength ?? max)];
}

/** The shortest and the longest text of a language. */
function languageLength(language: Language): readonly [number, number] {
  switch (language.kind) {
    case "char":
      return [1, 1];
    case "sequence":
      return language.parts
        .map(languageLength)
        .reduce(([min, max], [least, most]) => [min + least, max + most], [0, 0]);
    case "either": {
      const lengths = language.options.map(languageLength);
      return [Math.min(...lengths.map(([min]) => min)), Math.max(...lengths.map(([, max]) => max))];
    }
    case "repeat": {
      const [min, max] = languageLength(language.of);
      return [min * language.min, max === 0 ? 0 : max * language.max];
    }
    default:
      return [0, 0];
  }
}
