// Decides which shapes of a model become definitions: recursive ones, and those too large or too deep to be
// written at each use. Nothing here recurses, since models may be hostile.

import { MAX_SHAPE_DEPTH } from "../ir.ts";

/** The successors of each node, by name. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Nodes. Larger than anything between two definitions in real models. */
const MAX_INLINE_NODES = 20_000;

/** The definitions, and an order in which every node follows its successors, apart from definitions. */
export type DefinitionPlan = { definitions: Set<string>; order: string[] };

export function planDefinitions(graph: Graph): DefinitionPlan {
  const definitions = new Set(findCyclic(graph));
  const open = new Map([...graph].map(([name, next]) => [name, next.filter((to) => !definitions.has(to))]));
  const order = findComponents(open).flat();
  for (const name of findLarge(open, order)) definitions.add(name);
  return { definitions, order };
}

function findCyclic(graph: Graph): string[] {
  return findComponents(graph).flatMap((component) => {
    const [only] = component;
    return component.length > 1 || graph.get(only!)?.includes(only!) ? component : [];
  });
}

function findLarge(graph: Graph, order: string[]): string[] {
  const size = new Map<string, number>();
  const depth = new Map<string, number>();
  return order.filter((name) => {
    const inside = graph.get(name) ?? [];
    const nodes = inside.reduce((sum, to) => sum + (size.get(to) ?? 1), 1);
    const levels = inside.reduce((most, to) => Math.max(most, depth.get(to) ?? 0), 0) + 1;
    const isLarge = nodes > MAX_INLINE_NODES || levels > MAX_SHAPE_DEPTH / 2;
    size.set(name, isLarge ? 1 : nodes);
    depth.set(name, isLarge ? 1 : levels);
    return isLarge;
  });
}

type Frame = { name: string; next: number };

/**
 * Tarjan's strongly connected components, in reverse topological order: each follows those that it leads to.
 */
function findComponents(graph: Graph): string[][] {
  const search = new ComponentSearch(graph);
  for (const name of graph.keys()) search.searchFrom(name);
  return search.found;
}

class ComponentSearch {
  readonly graph: Graph;
  readonly found: string[][] = [];
  readonly index = new Map<string, number>();
  readonly low = new Map<string, number>();
  readonly waiting: string[] = [];
  readonly isWaiting = new Set<string>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  searchFrom(start: string): void {
    if (this.index.has(start)) return;
    const frames: Frame[] = [this.enter(start)];
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const to = this.graph.get(frame.name)?.[frame.next++];
      if (to === undefined) {
        frames.pop();
        this.leave(frame.name, frames.at(-1)?.name);
      } else if (!this.index.has(to)) frames.push(this.enter(to));
      else if (this.isWaiting.has(to)) this.lowerLink(frame.name, this.index.get(to)!);
    }
  }

  enter(name: string): Frame {
    this.low.set(name, this.index.size);
    this.index.set(name, this.index.size);
    this.waiting.push(name);
    this.isWaiting.add(name);
    return { name, next: 0 };
  }

  leave(name: string, parent: string | undefined): void {
    const low = this.low.get(name)!;
    if (parent !== undefined) this.lowerLink(parent, low);
    if (low !== this.index.get(name)) return;
    const component = this.waiting.splice(this.waiting.lastIndexOf(name));
    for (const member of component) this.isWaiting.delete(member);
    this.found.push(component);
  }

  lowerLink(name: string, to: number): void {
    this.low.set(name, Math.min(this.low.get(name)!, to));
  }
}
