import { Unknown } from "../../documents/document.ts";
import { listUnknownParts } from "../../documents/partial.ts";
import { typeOf } from "./types.ts";

/** Why the result of an expression is unknown. */
export type MissingFact =
  /** A placeholder in the payload or the context, and those of its parts that aren't known. */
  | { kind: "placeholder"; source: string; values: readonly string[] }
  /** A context record (`fileShare`), or a member that the record lacks. */
  | { kind: "context"; name: string; member?: string }
  /** The calling principal. */
  | { kind: "caller" }
  /** The rule called `undecided(reason, help)`. */
  | { kind: "reason"; reason: string; help?: string }
  /** The expression exceeded a limit. */
  | { kind: "overrun"; what: string };

/**
 * An expression without a value: it lacks facts, or it is faulty. Several failures are joined by reference, since
 * a loop may join thousands.
 */
export class Failure {
  /** Why it is faulty. */
  readonly message: string;
  readonly #own: MissingFact | undefined;
  readonly #joined: readonly Failure[];
  #missing: readonly MissingFact[] | undefined;
  /** The failures that this one was joined with, if it is one that lasts. */
  #joins: Map<Failure, Failure> | undefined;

  constructor(message: string, own?: MissingFact, joined: readonly Failure[] = []) {
    this.message = message;
    this.#own = own;
    this.#joined = joined;
  }

  /** Everything that is missing, in order of evaluation; empty for a genuine evaluation error. */
  listMissing(): readonly MissingFact[] {
    this.#missing ??= this.#collectMissing();
    return this.#missing;
  }

  /** The failure that this one and another one are. */
  join(other: Failure): Failure {
    if (!this.#joins || !other.#joins) return new Failure(this.message, undefined, [this, other]);
    const known = this.#joins.get(other);
    if (known) return known;
    // What adds nothing makes no other failure: a loop may join the same one thousands of times.
    const own = new Set(this.listMissing().map(keyOf));
    const addsNothing = own.size > 0 && other.listMissing().every((fact) => own.has(keyOf(fact)));
    const joined = addsNothing ? this : new Failure(this.message, undefined, [this, other]).keep();
    this.#joins.set(other, joined);
    return joined;
  }

  /** Makes it one that lasts: joining two of these gives the same failure every time. There are few of them. */
  keep(): Failure {
    this.#joins = new Map();
    return this;
  }

  #collectMissing(): readonly MissingFact[] {
    if (this.#joined.length === 0) return this.#own ? [this.#own] : [];
    const found = new Map<string, MissingFact>();
    const seen = new Set<Failure>();
    const open: Failure[] = [this];
    for (let next = open.pop(); next; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const own = next.#own;
      if (own) found.set(keyOf(own), own);
      for (let index = next.#joined.length - 1; index >= 0; index--) open.push(next.#joined[index]!);
    }
    return [...found.values()];
  }
}

function keyOf(fact: MissingFact): string {
  if (fact.kind === "context") return fact.member === undefined ? fact.name : `${fact.name}.${fact.member}`;
  return JSON.stringify(fact);
}

export const createUnknownFailure = (missing: MissingFact): Failure => new Failure("not known", missing);

/** Joins the failures among two values; undefined if there is none. */
export function joinFailures(first: unknown, second?: unknown): Failure | undefined {
  if (!(first instanceof Failure)) return second instanceof Failure ? second : undefined;
  return second instanceof Failure ? first.join(second) : first;
}

const ofContext = new Map<string, Failure>();
const MAX_KEPT = 500;

/** The failure that a part of the context isn't given. `where` is its path; rules name few of them. */
export function createContextFailure(where: string): Failure {
  const known = ofContext.get(where);
  if (known) return known;
  const [name = "", ...members] = where.split(".");
  const failure = createUnknownFailure({
    kind: "context",
    name,
    ...(members.length > 0 && { member: members.join(".") }),
  });
  if (ofContext.size < MAX_KEPT) ofContext.set(where, failure.keep());
  return failure;
}

/** The failure that a fact is missing; for one of the context always the same. */
export const createFailure = (missing: MissingFact): Failure =>
  missing.kind === "context" ? createContextFailure(keyOf(missing)) : createUnknownFailure(missing);

export const joinAllFailures = (values: readonly unknown[]): Failure | undefined =>
  values.reduce<Failure | undefined>(joinFailures, undefined);

export const missingFactFromPlaceholder = (unknown: Unknown): MissingFact => ({
  kind: "placeholder",
  source: unknown.source,
  values: listUnknownParts(unknown),
});

/** An unknown list item. Failures are results, and never parts of a list. */
export class UnknownItem {
  readonly missing: MissingFact;

  constructor(missing: MissingFact) {
    this.missing = missing;
  }

  toPlain(): Unknown {
    return new Unknown(this.missing.kind === "placeholder" ? this.missing.source : "…");
  }
}

/** A whole number of which only a range is known, such as the size of a text with holes. */
export class PartialInt extends Unknown {
  /** What is missing to know it. */
  readonly failure: Failure;
  readonly min: number;
  readonly max: number;

  constructor(failure: Failure, range: { min: number; max: number }) {
    super("…");
    this.failure = failure;
    this.min = range.min;
    this.max = range.max;
  }
}

export const failureFromPlaceholder = (unknown: Unknown): Failure =>
  unknown instanceof PartialInt ? unknown.failure : createUnknownFailure(missingFactFromPlaceholder(unknown));

/** The failure that a value is where a boolean belongs. */
export function failureFromOperand(value: unknown): Failure {
  if (value instanceof Failure) return value;
  if (value instanceof Unknown) return failureFromPlaceholder(value);
  return new Failure(`type mismatch: expected bool, got ${typeOf(value)}`);
}
