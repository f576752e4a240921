/** Ids of events in bounded memory: those that were seen last, at least as many as the size. */
export class RecentIds {
  readonly #size: number;
  #recent = new Set<string>();
  #before = new Set<string>();
  #repeated = 0;

  constructor(size = 250_000) {
    this.#size = size;
  }

  /** How often an id was asked for that had been there. */
  get repeated(): number {
    return this.#repeated;
  }

  has(id: string): boolean {
    const isKnown = this.#recent.has(id) || this.#before.has(id);
    if (isKnown) this.#repeated++;
    return isKnown;
  }

  add(id: string): void {
    if (this.#recent.size >= this.#size) {
      this.#before = this.#recent;
      this.#recent = new Set();
    }
    this.#recent.add(id);
  }
}
