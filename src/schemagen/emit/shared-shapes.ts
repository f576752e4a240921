// Decides which shapes become definitions. Some requests use the same large shapes in hundreds of places;
// written out in each of them, the schema would be many megabytes.

import type { Definitions, Shape } from "../ir.ts";

/** Requests and responses with fewer nodes are written in full, because that is easier to read. */
const LARGE_PART = 2_000;
/** Shapes with fewer nodes are hardly longer than a reference to them. */
const WORTH_SHARING = 8;

/** The names of the shapes below `root` that become definitions. */
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

  /** The number of nodes of a request or response, including the definitions that it refers to. */
  total(root: Shape): number {
    let size = this.size(root);
    // A loop instead of recursion, since a chain of definitions may be long. The set grows during the
    // iteration.
    for (const name of this.referred) size += this.inside(this.definitions.get(name)!);
    return size;
  }

  /** The number of nodes that a shape has when written in full. References to definitions count as one. */
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
