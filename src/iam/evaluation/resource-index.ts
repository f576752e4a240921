import type { ListElement, Statement } from "../policy.ts";

/** Fewer are looked at one by one. */
const MANY_STATEMENTS = 32;

/**
 * Statements by what the resources that they allow begin with, for a policy with very many of them. A statement that can't
 * match the requested resource takes no part in a decision.
 */
export class ResourceIndex {
  readonly #statements: readonly Statement[];
  /** Places of statements that have to be looked at for every resource. */
  readonly #always: readonly number[];
  readonly #byPrefix: ReadonlyMap<string, readonly number[]>;
  readonly #lengths: readonly number[];

  private constructor(statements: readonly Statement[]) {
    const always: number[] = [];
    const byPrefix = new Map<string, number[]>();
    for (const [place, statement] of statements.entries()) {
      const prefixes = listPrefixes(statement);
      if (!prefixes) always.push(place);
      for (const prefix of prefixes ?? []) {
        const known = byPrefix.get(prefix);
        if (known) known.push(place);
        else byPrefix.set(prefix, [place]);
      }
    }
    this.#statements = statements;
    this.#always = always;
    this.#byPrefix = byPrefix;
    this.#lengths = [...new Set([...byPrefix.keys()].map(({ length }) => length))];
  }

  /** Undefined for few statements. */
  static create(statements: readonly Statement[]): ResourceIndex | undefined {
    return statements.length > MANY_STATEMENTS ? new ResourceIndex(statements) : undefined;
  }

  /** The statements that may match a resource, which is no pattern, in their order. */
  select(resource: string): readonly Statement[] {
    const places = new Set(this.#always);
    for (const length of this.#lengths) {
      const found = length <= resource.length ? this.#byPrefix.get(resource.slice(0, length)) : undefined;
      for (const place of found ?? []) places.add(place);
    }
    return [...places].sort((a, b) => a - b).map((place) => this.#statements[place]!);
  }
}

/** What a resource begins with that a statement allows. Undefined where that isn't known, or it may be read in another way. */
function listPrefixes({ effect, resource, isFaulty }: Statement): readonly string[] | undefined {
  if (effect !== "Allow" || isFaulty || !resource || resource.isNegated) return undefined;
  return isFixed(resource) ? [...new Set(resource.values.map(readPrefix))] : undefined;
}

const isFixed = ({ values }: ListElement): boolean => !values.some((value) => value.includes("${"));

/** The text before the first wildcard, which stands in every resource that the value matches. */
const readPrefix = (value: string): string => /^[^*?]*/.exec(value)![0];
