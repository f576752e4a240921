// Some requests use the same large shapes at hundreds of places. Written at each of them, the schema would be
// many megabytes, so what comes more than once in such a part becomes a definition.

import type { Definitions, Shape } from "../ir.ts";

/** Parts of fewer nodes are written in full: they are easier to read. */
const LARGE_PART = 2_000;
/** A smaller shape is hardly longer than a reference to it. */
const WORTH_SHARING = 8;

/** The names of the shapes below `root` that are written once. */
export function sharedShapes(root: Shape, definitions: Definitions): Set<string> {
  const walk = new Walk(definitions);
  if (walk.total(root) <= LARGE_PART) return new Set();
  walk.uses.delete(root.shapeName ?? "");
  const often = [...walk.uses].filter(([name, uses]) => uses > 1 && walk.sizes.get(name)! >= WORTH_SHARING);
  return new Set(often.map(([name]) => name));
}

class Walk {
  readonly definitions: Definitions;
  readonly sizes = new Map<string, number>();
  readonly uses = new Map<string, number>();
  readonly referred = new Set<string>();

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  /** The size of all that is written of a part: itself, and the definitions that it leads to. */
  total(root: Shape): number {
    let size = this.size(root);
    // One after the other, not inside one another: a chain of definitions may be long. The set grows meanwhile.
    for (const name of this.referred) size += this.inside(this.definitions.get(name)!);
    return size;
  }

  /** How many nodes a shape is when it is written in full; what others refer to anyway counts once. */
  size(shape: Shape): number {
    if (shape.kind === "reference") {
      this.referred.add(shape.to);
      return 1;
    }
    const name = shape.shapeName;
    if (name === undefined) return 1 + this.inside(shape);
    this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
    const known = this.sizes.get(name);
    if (known !== undefined) return known;
    const size = 1 + this.inside(shape);
    this.sizes.set(name, size);
    return size;
  }

  inside(shape: Shape): number {
    return parts(shape).reduce((sum, part) => sum + this.size(part), 0);
  }
}

function parts(shape: Shape): Shape[] {
  if (shape.kind === "structure") return [...shape.members.values()];
  if (shape.kind === "list") return [shape.item];
  return shape.kind === "map" ? [shape.value] : [];
}
