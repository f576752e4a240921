// Decides which shapes become definitions. Some requests use the same large shapes in hundreds of places;
// written out in each of them, the schema would be many megabytes.

import type { Definitions, IrShape } from "../ir.ts";

/** Requests and responses with fewer nodes are written in full, because that is easier to read. */
const MIN_LARGE_NODES = 2_000;
/** Shapes with fewer nodes are hardly longer than a reference to them. */
const MIN_SHARED_NODES = 8;

/** The names of the shapes below `root` that become definitions. */
export function findSharedShapes(root: IrShape, definitions: Definitions): Set<string> {
  const walk = new ShapeCounter(definitions);
  if (walk.countTotal(root) <= MIN_LARGE_NODES) return new Set();
  walk.uses.delete(root.shapeName ?? "");
  const often = [...walk.uses].filter(
    ([name, uses]) => uses > 1 && walk.sizes.get(name)! >= MIN_SHARED_NODES,
  );
  return new Set(often.map(([name]) => name));
}

class ShapeCounter {
  readonly definitions: Definitions;
  readonly sizes = new Map<string, number>();
  readonly uses = new Map<string, number>();
  readonly referred = new Set<string>();

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  /** The number of nodes of a request or response, including the definitions that it refers to. */
  countTotal(root: IrShape): number {
    let size = this.countNodes(root);
    // A loop instead of recursion, since a chain of definitions may be long. The set grows during the
    // iteration.
    for (const name of this.referred) size += this.countInside(this.definitions.get(name)!);
    return size;
  }

  /** The number of nodes that a shape has when written in full. References to definitions count as one. */
  countNodes(shape: IrShape): number {
    if (shape.kind === "reference") {
      this.referred.add(shape.to);
      return 1;
    }
    const name = shape.shapeName;
    if (name === undefined) return 1 + this.countInside(shape);
    this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
    const known = this.sizes.get(name);
    if (known !== undefined) return known;
    const size = 1 + this.countInside(shape);
    this.sizes.set(name, size);
    return size;
  }

  countInside(shape: IrShape): number {
    return childrenOf(shape).reduce((sum, part) => sum + this.countNodes(part), 0);
  }
}

function childrenOf(shape: IrShape): IrShape[] {
  if (shape.kind === "structure") return [...shape.members.values()];
  if (shape.kind === "list") return [shape.item];
  return shape.kind === "map" ? [shape.value] : [];
}
