import { quoted } from "../../diagnostics/text.ts";
import type { MacroNode, Node } from "../cel/index.ts";
import { CelSyntaxError, childNodesOf } from "../cel/index.ts";
import { FUNCTIONS } from "../functions/table.ts";
import { CEL_TYPE_NAMES } from "../runtime/index.ts";

/** A name for an expression, with parameters: `isGoing(link)`. */
interface Definition {
  parameters: readonly string[];
  body: Node;
  /** As it is written, for the documentation. */
  row: readonly [signature: string, text: string];
  /** The names of those that it is made of. */
  uses: ReadonlySet<string>;
}

/** Nodes of an expression with its definitions in place: each may double the ones before. */
const MAX_NODES = 5000;

const SIGNATURE = /^([A-Za-z]\w{0,60})(?:\(([A-Za-z]\w*(?: *, *[A-Za-z]\w*)*)\))?$/;

/** The names that a rule file defines. They are replaced by what they stand for when an expression is read. */
export class RuleDefinitions {
  readonly #all = new Map<string, Definition>();
  #used = new Set<string>();
  readonly #everUsed = new Set<string>();
  #renamed = 0;

  /** Adds a name; returns why that is not possible. */
  add(signature: string, text: string, parse: () => Node): string | undefined {
    const [, name = "", list = ""] = SIGNATURE.exec(signature) ?? [];
    if (name === "") return `${quoted(signature)} is no name such as \`isGoing\` or \`isGoing(link)\``;
    if (RESERVED.has(name) || this.#all.has(name)) return `there is something else called ${quoted(name)}`;
    const before = this.takeUsed();
    const body = this.expand(parse());
    const uses = this.takeUsed();
    this.#used = before;
    const parameters = list === "" ? [] : list.split(",").map((each) => each.trim());
    this.#all.set(name, { parameters, body, row: [signature, text], uses });
    return undefined;
  }

  /** Replaces the defined names in an expression. */
  expand(node: Node): Node {
    const expanded = this.#all.size === 0 ? node : this.#expand(node, new Set());
    if (this.#all.size > 0 && countNodes(expanded) > MAX_NODES)
      throw new CelSyntaxError("with its definitions, this is too long", node.at, "split the rule");
    return expanded;
  }

  /** The names used since the last call. */
  takeUsed(): Set<string> {
    const used = this.#used;
    this.#used = new Set();
    return used;
  }

  /** The definitions of these names, in the order of the file. */
  rowsOf(names: ReadonlySet<string>): (readonly [string, string])[] {
    return [...this.#all].flatMap(([name, { row }]) => (names.has(name) ? [row] : []));
  }

  /** The signatures of definitions that nothing uses. */
  listUnused(): string[] {
    return [...this.#all].flatMap(([name, { row }]) => (this.#everUsed.has(name) ? [] : [row[0]]));
  }

  #expand(node: Node, bound: ReadonlySet<string>): Node {
    if (node.kind === "identifier" && !bound.has(node.name)) return this.#replace(node, node.name, []);
    if (node.kind === "macro") {
      const inner = new Set(bound).add(node.variable);
      return mapMacro(
        node,
        (range) => this.#expand(range, bound),
        (part) => this.#expand(part, inner),
      );
    }
    const expanded = mapChildren(node, (child) => this.#expand(child, bound));
    if (expanded.kind !== "call" || expanded.target) return expanded;
    return this.#replace(expanded, expanded.name, expanded.args);
  }

  #replace(node: Node, name: string, args: readonly Node[]): Node {
    const found = this.#all.get(name);
    if (!found) return node;
    const { parameters, body, uses } = found;
    if (parameters.length !== args.length)
      throw new CelSyntaxError(`${quoted(name)} takes ${parameters.length} values`, node.at);
    for (const each of [name, ...uses]) this.#used.add(each);
    this.#everUsed.add(name);
    return this.#substitute(body, new Map(parameters.map((each, index) => [each, args[index]!])), node.at);
  }

  /** Loop variables get names that no argument contains. Faults are reported where the name is used. */
  #substitute(node: Node, values: ReadonlyMap<string, Node>, at: number): Node {
    if (node.kind === "identifier") return values.get(node.name) ?? { ...node, at };
    if (node.kind !== "macro")
      return { ...mapChildren(node, (child) => this.#substitute(child, values, at)), at };
    const variable = `${node.variable.replace(/#.*/, "")}#${++this.#renamed}`;
    const inner = new Map(values).set(node.variable, { kind: "identifier", name: variable, at });
    const macro = mapMacro(
      node,
      (range) => this.#substitute(range, values, at),
      (part) => this.#substitute(part, inner, at),
    );
    return { ...macro, variable, at };
  }
}

/** Names that mean something already. */
const RESERVED: ReadonlySet<string> = new Set([
  ...[
    "request",
    "requests",
    "context",
    "justification",
    "caller",
    "operation",
    "now",
    "params",
    "item",
    "index",
  ],
  ...[
    "known",
    "orElse",
    "undecided",
    "has",
    "size",
    "string",
    "int",
    "double",
    "timestamp",
    "duration",
    "matches",
  ],
  ...CEL_TYPE_NAMES,
  ...FUNCTIONS.map(({ name }) => name),
]);

function mapChildren(node: Node, map: (child: Node) => Node): Node {
  switch (node.kind) {
    case "select":
      return { ...node, operand: map(node.operand) };
    case "call":
      return { ...node, ...(node.target && { target: map(node.target) }), args: node.args.map(map) };
    case "list":
      return { ...node, items: node.items.map(map) };
    case "map":
      return { ...node, entries: node.entries.map(([key, value]) => [map(key), map(value)]) };
    default:
      return node;
  }
}

function mapMacro(
  node: MacroNode,
  mapRange: (range: Node) => Node,
  mapPart: (part: Node) => Node,
): MacroNode {
  return {
    ...node,
    range: mapRange(node.range),
    ...(node.test && { test: mapPart(node.test) }),
    ...(node.step && { step: mapPart(node.step) }),
  };
}

function countNodes(node: Node): number {
  let count = 1;
  for (const child of childNodesOf(node)) count += countNodes(child);
  return count;
}
