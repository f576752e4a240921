import { segments } from "../functions/paths.ts";

interface PathNode {
  children: Map<string, PathNode>;
  /** The first position that has a path here or below. */
  first: number;
  /** The positions that have this very path. */
  ends: number[];
}

const createNode = (first: number): PathNode => ({ children: new Map(), first, ends: [] });

/** Positions by their paths, for finding those whose paths overlap, as `overlapping` has it. */
export class PathIndex {
  readonly #root = createNode(-1);

  add(path: string, position: number): void {
    let node = this.#root;
    if (node.first < 0) node.first = position;
    for (const name of segments(path)) {
      const next = node.children.get(name) ?? createNode(position);
      node.children.set(name, next);
      node = next;
    }
    node.ends.push(position);
  }

  /** A position whose path overlaps this one. */
  find(path: string): number | undefined {
    const { above, end } = this.#follow(path);
    const first = above[0]?.ends[0] ?? end?.first;
    return first === undefined || first < 0 ? undefined : first;
  }

  /** All positions whose paths overlap this one, in any order; one may be in it more than once. */
  list(path: string): number[] {
    const { above, end } = this.#follow(path);
    const found = above.flatMap(({ ends }) => ends);
    const open = end ? [end] : [];
    for (let node = open.pop(); node; node = open.pop()) {
      for (const position of node.ends) found.push(position);
      for (const child of node.children.values()) open.push(child);
    }
    return found;
  }

  /** The nodes above a path's own that are the end of a path, and its own, if there is one. */
  #follow(path: string): { above: PathNode[]; end: PathNode | undefined } {
    const above: PathNode[] = [];
    let node: PathNode | undefined = this.#root;
    for (const name of segments(path)) {
      if (node.ends.length > 0) above.push(node);
      node = node.children.get(name);
      if (!node) break;
    }
    return { above, end: node };
  }
}
