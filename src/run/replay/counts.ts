import type { CountedName } from "../../diagnostics/replay-report.ts";

/** What hostile files could hold of names. */
const MAX_NAMES = 10_000;

const OTHERS = "others";

/** Counts by name. Beyond a number of names, further ones are counted together. */
export class Counts {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    const key = this.#counts.has(name) || this.#counts.size < MAX_NAMES ? name : OTHERS;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  get size(): number {
    return this.#counts.size;
  }

  /** The highest counts first. */
  list(): CountedName[] {
    return this.listByName().sort((a, b) => b.calls - a.calls);
  }

  listByName(): CountedName[] {
    const rows = [...this.#counts].map(([name, calls]) => ({ name, calls }));
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
