import type { Path } from "../../diagnostics/pointer.ts";

/** A part of a document that a pattern leads to, with the values around it, the innermost first. */
export interface FoundPart {
  path: Path;
  value: unknown;
  around: readonly unknown[];
}

/**
 * The parts of a value that a pattern such as `jobs.*.steps.**.run` leads to. `*` stands for any key or index, `**` for
 * any number of them, and `a|b` for either key.
 */
export function findPlaces(value: unknown, pattern: string): FoundPart[] {
  const search = new PlaceSearch(pattern.split(".").map(parseStep));
  search.visit({ path: [], value, around: [] }, 0);
  return search.found;
}

type Step = "*" | "**" | ReadonlySet<string>;

const parseStep = (step: string): Step => (step === "*" || step === "**" ? step : new Set(step.split("|")));

class PlaceSearch {
  readonly found: FoundPart[] = [];
  readonly #steps: readonly Step[];
  /** What was visited at each step: a value that several aliases share is visited once. */
  readonly #visited: readonly Set<unknown>[];

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    this.#visited = steps.map(() => new Set());
  }

  visit(place: FoundPart, at: number): void {
    const step = this.#steps[at];
    if (step === undefined) {
      this.found.push(place);
      return;
    }
    if (step === "**") this.visit(place, at + 1);
    const { value } = place;
    if (typeof value !== "object" || value === null || this.#visited[at]!.has(value)) return;
    this.#visited[at]!.add(value);
    for (const child of listChildren(place)) {
      if (typeof step === "string" || step.has(String(child.path.at(-1))))
        this.visit(child, step === "**" ? at : at + 1);
    }
  }
}

function listChildren({ path, value, around }: FoundPart): FoundPart[] {
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(Object(value));
  return keys.map((key) => ({
    path: [...path, key],
    value: (value as Record<string | number, unknown>)[key],
    around: [value, ...around],
  }));
}
