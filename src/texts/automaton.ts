import type { CharSet, Language } from "./language.ts";

/** States of an automaton that are reached at once, as one number each; -1 is none. */
export type StateSet = number;

/** Beyond these an automaton is not worth its cost, and the question stays open. Some patterns count to 4,096. */
const MAX_NODES = 20_000;
const MAX_STATES = 10_000;
/** Nodes looked at; a fraction of a second. */
const MAX_WORK = 1_000_000;

/** Thrown where an automaton gets too large. */
export class TooComplex extends Error {}

interface Node {
  /** Where one character of the set leads. */
  readonly moves: { readonly set: CharSet; to: number }[];
  /** Where the empty text leads; `at` restricts that to the start or the end of the whole text. */
  readonly jumps: { to: number; at?: "start" | "end" }[];
}

/**
 * A deterministic automaton of the texts in which a language's text is found, made state by state as it is asked.
 * Complete: every text leads to a state, so that also "no text matches" can be told.
 */
export class PatternAutomaton {
  readonly #nodes: Node[] = [];
  readonly #accept: number;
  readonly #first: number;
  readonly #cuts: readonly number[];
  readonly #states = new Map<string, StateSet>();
  readonly #members: (readonly number[])[] = [];
  readonly #moves: (StateSet | undefined)[][] = [];
  #work = 0;

  constructor(language: Language) {
    this.#first = this.#node();
    this.#accept = this.#node();
    const start = this.#add(language, this.#accept);
    this.#nodes[this.#first]!.jumps.push({ to: start });
    // A match may begin anywhere, and anything may follow it.
    const all: CharSet = [[0, 0x10ffff]];
    this.#nodes[this.#first]!.moves.push({ set: all, to: this.#first });
    this.#nodes[this.#accept]!.moves.push({ set: all, to: this.#accept });
    this.#cuts = this.#alphabet();
  }

  /** The state before any text. */
  get start(): StateSet {
    return this.#stateOf(this.#closure([this.#first], "start"));
  }

  /** How many kinds of characters there are: those of one kind lead from every state to the same one. */
  get kinds(): number {
    return this.#cuts.length;
  }

  /** A character of a kind. */
  exampleOf(kind: number): number {
    return this.#cuts[kind]!;
  }

  step(state: StateSet, codePoint: number): StateSet {
    return this.stepKind(state, this.#kindOf(codePoint));
  }

  stepKind(state: StateSet, kind: number): StateSet {
    const moves = this.#moves[state]!;
    moves[kind] ??= this.#after(state, this.#cuts[kind]!);
    return moves[kind];
  }

  run(state: StateSet, text: string): StateSet {
    let now = state;
    for (const one of text) now = this.step(now, one.codePointAt(0)!);
    return now;
  }

  /** Is a text that ends in this state one of those that match? */
  accepts(state: StateSet): boolean {
    return this.#closure(this.#members[state]!, "end").includes(this.#accept);
  }

  #node(): number {
    if (this.#nodes.length >= MAX_NODES) throw new TooComplex();
    return this.#nodes.push({ moves: [], jumps: [] }) - 1;
  }

  /** Adds what leads through a text of the language to `to`; returns where it begins. */
  #add(language: Language, to: number): number {
    switch (language.kind) {
      case "char": {
        const node = this.#node();
        this.#nodes[node]!.moves.push({ set: language.set, to });
        return node;
      }
      case "sequence":
        return language.parts.reduceRight((next, part) => this.#add(part, next), to);
      case "either": {
        const node = this.#node();
        for (const option of language.options) this.#nodes[node]!.jumps.push({ to: this.#add(option, to) });
        return node;
      }
      case "repeat":
        return this.#addRepeat(language, to);
      default: {
        const node = this.#node();
        this.#nodes[node]!.jumps.push({ to, at: language.kind });
        return node;
      }
    }
  }

  #addRepeat({ of, min, max }: Extract<Language, { kind: "repeat" }>, to: number): number {
    let next = to;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = this.#node();
      this.#nodes[loop]!.jumps.push({ to: this.#add(of, loop) }, { to });
      next = loop;
    } else {
      for (let count = min; count < max; count++) {
        const node = this.#node();
        this.#nodes[node]!.jumps.push({ to: this.#add(of, next) }, { to });
        next = node;
      }
    }
    for (let count = 0; count < min; count++) next = this.#add(of, next);
    return next;
  }

  /** The first code point of each kind of characters. */
  #alphabet(): readonly number[] {
    const cuts = new Set([0]);
    for (const { moves } of this.#nodes)
      for (const { set } of moves)
        for (const [from, to] of set) {
          cuts.add(from);
          if (to < 0x10ffff) cuts.add(to + 1);
        }
    return [...cuts].sort((a, b) => a - b);
  }

  #kindOf(codePoint: number): number {
    let low = 0;
    let high = this.#cuts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#cuts[middle]! <= codePoint) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #after(state: StateSet, codePoint: number): StateSet {
    const reached: number[] = [];
    for (const member of this.#members[state]!)
      for (const { set, to } of this.#nodes[member]!.moves) if (isIn(set, codePoint)) reached.push(to);
    return this.#stateOf(this.#closure(reached));
  }

  #closure(from: readonly number[], at?: "start" | "end"): number[] {
    const seen = new Set(from);
    const open = [...from];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const jump of this.#nodes[next]!.jumps) {
        if ((jump.at !== undefined && jump.at !== at) || seen.has(jump.to)) continue;
        seen.add(jump.to);
        open.push(jump.to);
      }
    }
    this.#work += seen.size;
    if (this.#work > MAX_WORK) throw new TooComplex();
    return [...seen].sort((a, b) => a - b);
  }

  #stateOf(members: readonly number[]): StateSet {
    const key = members.join(" ");
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#members.length >= MAX_STATES) throw new TooComplex();
    const state = this.#members.push(members) - 1;
    this.#states.set(key, state);
    this.#moves.push([]);
    return state;
  }
}

/** By halves: sets of Unicode properties have hundreds of ranges. */
function isIn(set: CharSet, codePoint: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set[middle]![1] < codePoint) low = middle + 1;
    else high = middle;
  }
  return low < set.length && set[low]![0] <= codePoint;
}
