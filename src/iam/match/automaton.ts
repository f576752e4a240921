import { ANY_ARN, type ArnGlob } from "./arn.ts";
import { ANY, type Glob, type GlobPart, ONE } from "./glob.ts";

/** Like `*` and `?`, but without colons: inside one of the first five fields of an ARN. */
const FIELD_ANY: unique symbol = Symbol("* without colons");
const FIELD_ONE: unique symbol = Symbol("? without colons");

/** A literal character or a wildcard. */
type Token = string | typeof ANY | typeof ONE | typeof FIELD_ANY | typeof FIELD_ONE;

/** Token positions that the input read so far may have reached, ascending. */
type Positions = readonly number[];

/** The state from which no input is accepted. */
export const DEAD = 0;

/** A pattern as a deterministic automaton that reads characters. Its states are created lazily. */
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

  /** Whether the pattern matches the input read so far. */
  accepts(state: number): boolean {
    return this.#states[state]!.at(-1) === this.#tokens.length;
  }

  /** The characters on which this state branches; all others behave alike. */
  branchLetters(state: number): readonly string[] {
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

  /** Cost of computing a transition from this state. */
  stepCost(state: number): number {
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
   * Adds the positions after each `*`, and drops those before the last `*` reached, which matches whatever
   * they match. (Positions before a FIELD_ANY are in the same field, since only a colon leaves a field.)
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

export const createGlobAutomaton = (glob: Glob): Automaton => new Automaton(toTokens(glob));

export const createArnAutomaton = (glob: ArnGlob): Automaton => new Automaton(toArnTokens(glob));

const toTokens = (glob: Glob): readonly Token[] =>
  glob.flatMap((part): readonly Token[] => (typeof part === "string" ? [...part] : [part]));

function toArnTokens(glob: ArnGlob): readonly Token[] {
  if (glob === ANY_ARN) return [ANY];
  const before = glob.slice(0, -1).flatMap((field): Token[] => [...toTokens(field).map(toFieldToken), ":"]);
  return [...before, ...toTokens(glob.at(-1)!)];
}

const toFieldToken = (token: Token): Token => (token === ANY ? FIELD_ANY : token === ONE ? FIELD_ONE : token);

/** A text that the pattern matches, with `x` in place of each wildcard. */
export const fillWildcards = (glob: Glob): string =>
  glob.map((part: GlobPart) => (typeof part === "string" ? part : "x")).join("");
