import type { Comparison } from "./comparison.ts";
import { type ConditionIndex, createConditionIndex, readPlainMember } from "./conditions.ts";

/**
 * Finds for each request of a group the earlier ones that it has to be compared with: those for which the
 * comparison isn't certainly false, or only one for which it certainly holds. Positions ascend. They are looked up when they are
 * asked for, before the next request's are: a rule need not apply to all of the requests.
 */
export function* listCandidates(
  comparison: Comparison,
  requests: readonly unknown[],
): Generator<() => readonly number[]> {
  const keys = requests.map((request) => readKeys(comparison, request));
  const index = new PairIndex(comparison, keys.includes(undefined));
  for (const [position, request] of requests.entries()) {
    yield () => index.find(request, keys[position]);
    index.add(request, keys[position], position);
  }
}

/** Undefined if a key isn't known. */
function readKeys({ keys }: Comparison, request: unknown): string | undefined {
  const values = keys.map((key) => readPlainMember(request, key));
  return values.every((value) => typeof value === "string") ? JSON.stringify(values) : undefined;
}

class PairIndex {
  readonly #comparison: Comparison;
  readonly #byKey = new Map<string, ConditionIndex>();
  readonly #withoutKey: ConditionIndex;
  /** Only needed if some keys aren't known. */
  readonly #all: ConditionIndex | undefined;

  constructor(comparison: Comparison, lacksKeys: boolean) {
    this.#comparison = comparison;
    this.#withoutKey = createConditionIndex(comparison.others);
    if (lacksKeys) this.#all = createConditionIndex(comparison.others);
  }

  add(request: unknown, key: string | undefined, position: number): void {
    this.#all?.add(request, position);
    const same = key === undefined ? this.#withoutKey : this.#indexOf(key);
    same.add(request, position);
  }

  #indexOf(key: string): ConditionIndex {
    const known = this.#byKey.get(key) ?? createConditionIndex(this.#comparison.others);
    this.#byKey.set(key, known);
    return known;
  }

  find(request: unknown, key: string | undefined): readonly number[] {
    if (key === undefined) return toSortedSet(this.#all?.list(request) ?? []);
    const { certain, open = [] } = this.#byKey.get(key)?.find(request) ?? {};
    return certain === undefined
      ? toSortedSet([...open, ...(this.#all ? this.#withoutKey.list(request) : [])])
      : [certain];
  }
}

const toSortedSet = (positions: readonly number[]): readonly number[] =>
  positions.every((position, index) => index === 0 || positions[index - 1]! < position)
    ? positions
    : [...new Set(positions)].sort((a, b) => a - b);
