import type { RegExpNode } from "./regexp-syntax.ts";

/** Continues a match at an offset. */
type Next = (at: number) => boolean;
type Matcher = (at: number, next: Next) => boolean;

/** Counts the steps of a backtracking engine that searches a text, up to a budget. */
export function countSteps(root: RegExpNode, flags: string, text: string, budget: number): number {
  const engine = new BacktrackingEngine(flags, text, budget);
  return engine.search(root);
}

class BudgetSpent extends Error {}

class BacktrackingEngine {
  readonly #flags: string;
  readonly #text: string;
  readonly #budget: number;
  readonly #groups: (string | undefined)[] = [];
  #steps = 0;

  constructor(flags: string, text: string, budget: number) {
    this.#flags = flags;
    this.#text = text;
    this.#budget = budget;
  }

  /** A search begins at every offset; of a global one, it goes on after each match. */
  search(root: RegExpNode): number {
    const match = this.#compile(root, 1);
    const isSticky = this.#flags.includes("y");
    try {
      for (let at = 0; at <= this.#text.length; ) {
        let end = -1;
        const isFound = match(at, (stop) => {
          end = stop;
          return true;
        });
        if (isSticky || (isFound && !this.#flags.includes("g"))) break;
        at = isFound ? Math.max(end, at + 1) : at + 1;
      }
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
    return this.#steps;
  }

  #step(): void {
    if (++this.#steps > this.#budget) throw new BudgetSpent();
  }

  #compile(node: RegExpNode, direction: 1 | -1): Matcher {
    switch (node.kind) {
      case "char":
        return this.#compileCharacter(node.test, direction);
      case "sequence":
        return this.#compileSequence(node.parts, direction);
      case "either": {
        const options = node.options.map((option) => this.#compile(option, direction));
        return (at, next) => options.some((option) => option(at, next));
      }
      case "repeat":
        return this.#compileRepeat(node, direction);
      case "group":
        return this.#compileGroup(node.index, this.#compile(node.of, direction), direction);
      case "reference":
        return (at, next) => {
          const known = this.#groups[node.index] ?? "";
          this.#step();
          return this.#text.startsWith(known, at) && next(at + known.length);
        };
      case "look": {
        const inner = this.#compile(node.of, node.isBehind ? -1 : 1);
        return (at, next) => inner(at, () => true) !== node.isNegative && next(at);
      }
      case "assertion":
        return (at, next) => {
          this.#step();
          return this.#holds(node.type, at) && next(at);
        };
    }
  }

  #compileCharacter(test: (character: string) => boolean, direction: 1 | -1): Matcher {
    return (at, next) => {
      this.#step();
      const character = this.#text[direction === 1 ? at : at - 1];
      return character !== undefined && test(character) && next(at + direction);
    };
  }

  #compileSequence(parts: readonly RegExpNode[], direction: 1 | -1): Matcher {
    const matchers = parts.map((part) => this.#compile(part, direction));
    if (direction === -1) matchers.reverse();
    const matchFrom = (index: number, at: number, next: Next): boolean =>
      index === matchers.length || matchers[index]!(at, (to) => matchFrom(index + 1, to, next))
        ? index < matchers.length || next(at)
        : false;
    return (at, next) => matchFrom(0, at, next);
  }

  #compileRepeat(
    { of, min, max, isLazy }: Extract<RegExpNode, { kind: "repeat" }>,
    direction: 1 | -1,
  ): Matcher {
    const inner = this.#compile(of, direction);
    const repeat = (count: number, at: number, next: Next): boolean => {
      this.#step();
      const more = (): boolean =>
        count < max && inner(at, (to) => (to === at && count >= min ? false : repeat(count + 1, to, next)));
      if (count < min) return more();
      return isLazy ? next(at) || more() : more() || next(at);
    };
    return (at, next) => repeat(0, at, next);
  }

  #compileGroup(index: number, inner: Matcher, direction: 1 | -1): Matcher {
    return (at, next) =>
      inner(at, (to) => {
        const before = this.#groups[index];
        this.#groups[index] = direction === 1 ? this.#text.slice(at, to) : this.#text.slice(to, at);
        if (next(to)) return true;
        this.#groups[index] = before;
        return false;
      });
  }

  #holds(type: "^" | "$" | "b" | "B", at: number): boolean {
    const [before, after] = [this.#text[at - 1], this.#text[at]];
    const isMultiline = this.#flags.includes("m");
    if (type === "^") return at === 0 || (isMultiline && before === "\n");
    if (type === "$") return at === this.#text.length || (isMultiline && after === "\n");
    const isBoundary = /\w/.test(before ?? "") !== /\w/.test(after ?? "");
    return isBoundary === (type === "b");
  }
}
