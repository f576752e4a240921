/** A CEL expression, independent of the parser library: plain data, so that it can be stored as JSON. */
export type Node = ConstantNode | IdentifierNode | SelectNode | CallNode | ListNode | MapNode | MacroNode;

/**
 * `at` is the node's offset in the expression's text (UTF-16 code units). Stored expressions don't have it.
 */
interface Positioned {
  at: number;
}

export interface ConstantNode extends Positioned {
  kind: "constant";
  type: "string" | "int" | "uint" | "double" | "bool" | "null";
  /** Integers are decimal strings, because JSON numbers would round them. */
  value: string | number | boolean | null;
}

export interface IdentifierNode extends Positioned {
  kind: "identifier";
  name: string;
}

/** `operand.field`, or `has(operand.field)`. */
export interface SelectNode extends Positioned {
  kind: "select";
  operand: Node;
  field: string;
  isTest: boolean;
}

/** A function, a method or an operator (`_==_`). */
export interface CallNode extends Positioned {
  kind: "call";
  name: string;
  target?: Node;
  args: Node[];
}

export interface ListNode extends Positioned {
  kind: "list";
  items: Node[];
}

export interface MapNode extends Positioned {
  kind: "map";
  entries: [Node, Node][];
}

export type MacroName = "all" | "exists" | "exists_one" | "filter" | "map";

/**
 * `range.all(variable, test)` and the other macros; `step` is the expression that `map` applies to an item.
 */
export interface MacroNode extends Positioned {
  kind: "macro";
  macro: MacroName;
  variable: string;
  range: Node;
  test?: Node;
  step?: Node;
}

/** The child nodes of a node, in source order. */
export function childNodesOf(node: Node): Node[] {
  switch (node.kind) {
    case "select":
      return [node.operand];
    case "call":
      return [...(node.target ? [node.target] : []), ...node.args];
    case "list":
      return node.items;
    case "map":
      return node.entries.flat();
    case "macro":
      return [node.range, ...(node.test ? [node.test] : []), ...(node.step ? [node.step] : [])];
    default:
      return [];
  }
}
