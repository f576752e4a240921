import { type ArnGlob, EVERYTHING } from "./arn.ts";
import { ANY, type Glob, type GlobPart, ONE } from "./glob.ts";

/** As `*` and `?`, but no colon: inside one of an ARN's first five fields. */
const FIELD_ANY: unique symbol = Symbol("* without colons");
const FIELD_ONE: unique symbol = Symbol("? without colons");

/** A character, or a wildcard. */
type Token = string | typeof ANY | typeof ONE | typeof FIELD_ANY | typeof FIELD_ONE;

/** Positions among the tokens at which the text read so far may stand, ascending. */
type Positions = readonly number[];

/** Of the states: none of the texts that go on from here are matched. */
export const DEAD = 0;

/** A pattern as a machine that reads one character at a time. Its states are made when they are first reached. */
export class Automaton {
  readonly start: number;
  readonly #tokens: readonly Token[];
  readonly #states: Positions[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #steps: Map<string, number>[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#stateOf([]);
    this.start = this.#stateOf([0]);
  }

  /** What the text read so far is, as a whole. */
  accepts(state: number): boolean {
    return this.#states[state]!.at(-1) === this.#tokens.length;
  }

  /** The characters that are not like all others in this state. */
  letters(state: number): readonly string[] {
    return this.#states[state]!.flatMap((position) => {
      const token = this.#tokens[position];
      return token === FIELD_ANY || token === FIELD_ONE ? ":" : typeof token === "string" ? token : [];
    });
  }

  next(state: number, character: string): number {
    const known = this.#steps[state]!.get(character);
    if (known !== undefined) return known;
    const next = this.#stateOf(
      this.#states[state]!.flatMap((at) => this.#after(at, character)).sort((a, b) => a - b),
    );
    this.#steps[state]!.set(character, next);
    return next;
  }

  /** How much work a new step from this state is. */
  width(state: number): number {
    return this.#states[state]!.length;
  }

  #after(position: number, character: string): readonly number[] {
    const token = this.#tokens[position];
    if (token === ANY || (token === FIELD_ANY && character !== ":")) return [position];
    const fits = token === ONE || token === character || (token === FIELD_ONE && character !== ":");
    return fits ? [position + 1] : [];
  }

  #stateOf(reached: Positions): number {
    const positions = this.#closed(reached);
    const key = positions.join(" ");
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#states.push(positions) - 1;
    this.#numbers.set(key, number);
    this.#steps.push(new Map());
    return number;
  }

  /**
   * With the positions behind each `*`, and without those before the last `*` that is reached: what they lead to, the
   * `*` takes too. (Positions before a FIELD_ANY are in its field, because only a colon of the text leads out of a field.)
   */
  #closed(reached: Positions): Positions {
    const positions = new Set<number>();
    let from = 0;
    for (let position of reached) {
      while (this.#isAny(position)) {
        positions.add(position);
        from = Math.max(from, position);
        position += 1;
      }
      positions.add(position);
    }
    return [...positions].filter((position) => position >= from).sort((a, b) => a - b);
  }

  #isAny(position: number): boolean {
    return this.#tokens[position] === ANY || this.#tokens[position] === FIELD_ANY;
  }
}

export const globAutomaton = (glob: Glob): Automaton => new Automaton(tokensOf(glob));

export const arnAutomaton = (glob: ArnGlob): Automaton => new Automaton(arnTokens(glob));

const tokensOf = (glob: Glob): readonly Token[] =>
  glob.flatMap((part): readonly Token[] => (typeof part === "string" ? [...part] : [part]));

function arnTokens(glob: ArnGlob): readonly Token[] {
  if (glob === EVERYTHING) return [ANY];
  const before = glob.slice(0, -1).flatMap((field): Token[] => [...tokensOf(field).map(inField), ":"]);
  return [...before, ...tokensOf(glob.at(-1)!)];
}

const inField = (token: Token): Token => (token === ANY ? FIELD_ANY : token === ONE ? FIELD_ONE : token);

/** The pattern's text with `x` for each wildcard: one text that it matches. */
export const filledIn = (glob: Glob): string =>
  glob.map((part: GlobPart) => (typeof part === "string" ? part : "x")).join("");
