import type { ConstantNode, MacroName, Node } from "../cel/ast.ts";
import { childNodesOf } from "../cel/ast.ts";

/**
 * A part of an expression. Equal parts of all expressions of an operation are one object, whatever the variables of
 * their loops are called.
 */
export interface GraphNode {
  readonly shape: Shape;
  readonly children: readonly GraphNode[];
  /** What its value depends on besides the request: if there is nothing, it is the same wherever it stands. */
  readonly free: ReadonlySet<string>;
  /** How often other parts and whole expressions refer to it. */
  uses: number;
}

/** What a node is, without its children. */
export type Shape =
  | { kind: "constant"; type: ConstantNode["type"]; value: ConstantNode["value"] }
  | { kind: "variable"; name: string }
  /** The variable of a loop, by how many loops are nested in that loop. */
  | { kind: "item"; height: number }
  | { kind: "select" | "presence"; field: string }
  | { kind: "function" | "method"; name: string }
  | { kind: "list" }
  | { kind: "map" }
  /** Its children are the range, the test and the step, as far as there are any. */
  | { kind: "loop"; macro: MacroName; height: number; hasTest: boolean; hasStep: boolean };

/** Variables that differ between rules, items or comparisons of one request. */
const CHANGING: ReadonlySet<string> = new Set(["item", "index", "params", "requests"]);

/** Heights of the loops in scope, by the names of their variables. */
type Names = ReadonlyMap<string, number>;

const NO_NAMES: Names = new Map();

export class ExpressionGraph {
  readonly #nodes = new Map<string, { id: number; node: GraphNode }>();
  readonly #ids = new Map<GraphNode, number>();

  /** Adds an expression. */
  add(node: Node): GraphNode {
    const root = this.#add(node, NO_NAMES);
    root.uses++;
    return root;
  }

  #add(node: Node, names: Names): GraphNode {
    switch (node.kind) {
      case "constant":
        return this.#intern({ kind: "constant", type: node.type, value: node.value }, []);
      case "identifier": {
        const height = names.get(node.name);
        return height === undefined
          ? this.#intern({ kind: "variable", name: node.name }, [])
          : this.#intern({ kind: "item", height }, []);
      }
      case "select":
        return this.#intern({ kind: node.isTest ? "presence" : "select", field: node.field }, [
          this.#add(node.operand, names),
        ]);
      case "call":
        return this.#intern(
          { kind: node.target ? "method" : "function", name: node.name },
          childNodesOf(node).map((child) => this.#add(child, names)),
        );
      case "macro":
        return this.#addLoop(node, names);
      default:
        return this.#intern(
          { kind: node.kind },
          childNodesOf(node).map((child) => this.#add(child, names)),
        );
    }
  }

  #addLoop(
    { macro, variable, range, test, step }: Extract<Node, { kind: "macro" }>,
    names: Names,
  ): GraphNode {
    const parts = [test, step].filter((part) => part !== undefined);
    const height = 1 + Math.max(...parts.map(countNesting));
    const inner = new Map(names).set(variable, height);
    return this.#intern(
      { kind: "loop", macro, height, hasTest: test !== undefined, hasStep: step !== undefined },
      [this.#add(range, names), ...parts.map((part) => this.#add(part, inner))],
    );
  }

  #intern(shape: Shape, children: readonly GraphNode[]): GraphNode {
    const key = JSON.stringify([shape, children.map((child) => this.#ids.get(child))]);
    const known = this.#nodes.get(key);
    if (known) return known.node;
    for (const child of children) child.uses++;
    const node = { shape, children, free: listFree(shape, children), uses: 0 };
    this.#ids.set(node, this.#nodes.size);
    this.#nodes.set(key, { id: this.#nodes.size, node });
    return node;
  }
}

/** How many loops are nested in an expression. */
function countNesting(node: Node): number {
  const inner = childNodesOf(node).map(countNesting);
  return Math.max(0, ...inner) + (node.kind === "macro" ? 1 : 0);
}

/** The changing variables and the loop variables that a node depends on. */
function listFree(shape: Shape, children: readonly GraphNode[]): ReadonlySet<string> {
  if (shape.kind === "item") return new Set([nameItem(shape.height)]);
  if (shape.kind === "variable") return new Set(CHANGING.has(shape.name) ? [shape.name] : []);
  const free = new Set(children.slice(1).flatMap((child) => [...child.free]));
  if (shape.kind === "loop") free.delete(nameItem(shape.height));
  for (const name of children[0]?.free ?? []) free.add(name);
  return free;
}

const nameItem = (height: number): string => `item ${height}`;
