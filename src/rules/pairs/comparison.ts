import type { Node } from "../cel/ast.ts";
import { childNodesOf } from "../cel/ast.ts";

/** How a whole-run rule compares a request with each earlier one, where an index can answer that. */
export interface Comparison {
  /** The members of the payload that must be equal. */
  keys: readonly string[];
  others: OtherCondition;
}

/** What must hold of two requests besides equal keys. */
export type OtherCondition =
  | { kind: "none" }
  /** The payloads differ. */
  | { kind: "payloads-differ" }
  | {
      kind: "paths-overlap";
      /** A list of paths; an absent or empty one overlaps everything. */
      member: string;
      /** Undecided if exactly one of two requests has this value there, and the paths don't overlap. */
      undecidedBy: { member: string; value: string } | undefined;
    };

/**
 * The comparison that a rule consists of, if it is `!requests.exists(other, other.index < index && …)` and all
 * of its conditions are understood. Comparing all pairs takes quadratic time. The rule's own condition may be that a
 * request has the member that is compared.
 */
export function recogniseComparison(
  node: Node,
  messages: readonly Node[],
  when?: Node,
): Comparison | undefined {
  if (messages.some(usesRequests)) return undefined;
  const [exists] = node.kind === "call" && node.name === "!_" ? node.args : [];
  if (exists?.kind !== "macro" || exists.macro !== "exists" || !exists.test) return undefined;
  const { range, variable, test } = exists;
  if (range.kind !== "identifier" || range.name !== "requests" || OUTER_NAMES.has(variable)) return undefined;
  const comparison = understandConditions(listOperands(test, "_&&_"), variable);
  return when && !comparison?.keys.some((key) => isPresenceOf(key, when)) ? undefined : comparison;
}

/** `has(request.KEY)` */
const isPresenceOf = (key: string, node: Node): boolean =>
  node.kind === "select" &&
  node.isTest &&
  node.field === key &&
  node.operand.kind === "identifier" &&
  node.operand.name === "request";

const usesRequests = (node: Node): boolean =>
  (node.kind === "identifier" && node.name === "requests") || childNodesOf(node).some(usesRequests);

const OUTER_NAMES = new Set(["index", "params", "request", "requests"]);

function understandConditions(conditions: readonly Node[], variable: string): Comparison | undefined {
  const keys: string[] = [];
  let others: OtherCondition = { kind: "none" };
  let isEarlier = false;
  for (const condition of conditions) {
    const text = writeNode(condition, variable);
    const key = readKey(text);
    if (text === "_<_(other.index,index)") isEarlier = true;
    else if (key !== undefined) keys.push(key);
    else {
      const understood = understandOther(condition, text, variable);
      if (!understood || others.kind !== "none") return undefined;
      others = understood;
    }
  }
  return isEarlier && keys.length > 0 ? { keys, others } : undefined;
}

function readKey(text: string): string | undefined {
  const [, member, same] = KEY.exec(text) ?? [];
  return member === same ? member : undefined;
}

const KEY = /^_==_\(other\.request\.(\w+),request\.(\w+)\)$/;

function understandOther(node: Node, text: string, variable: string): OtherCondition | undefined {
  if (text === "_!=_(other.request,request)") return { kind: "payloads-differ" };
  const operands = listOperands(node, "_||_");
  const texts = operands.map((operand) => writeNode(operand, variable));
  const [, member = ""] = EMPTY.exec(texts[0] ?? "") ?? [];
  const [own, other] = [`orElse(request.${member},[])`, `orElse(other.request.${member},[])`];
  const expected = [
    `_==_(size(${other}),int 0)`,
    `_==_(size(${own}),int 0)`,
    `_>_(size(overlapping(${other},${own})),int 0)`,
  ];
  if (!expected.every((each, index) => each === texts[index])) return undefined;
  if (operands.length === 3) return { kind: "paths-overlap", member, undecidedBy: undefined };
  const undecidedBy = operands.length === 4 ? understandUndecided(operands[3]!, variable) : undefined;
  return undecidedBy && { kind: "paths-overlap", member, undecidedBy };
}

const EMPTY = /^_==_\(size\(orElse\(other\.request\.(\w+),\[\]\)\),int 0\)$/;

/** `(other.request.M == 'V') != (request.M == 'V') && undecided('…')` */
function understandUndecided(node: Node, variable: string): { member: string; value: string } | undefined {
  const [differs, undecided, ...more] = listOperands(node, "_&&_");
  if (!undecided || more.length > 0 || undecided.kind !== "call" || undecided.name !== "undecided")
    return undefined;
  if (undecided.target || !undecided.args.every(isConstant)) return undefined;
  const [left, right] = differs?.kind === "call" && differs.name === "_!=_" ? differs.args : [];
  const value = left?.kind === "call" ? left.args[1] : undefined;
  const member = left && MEMBER.exec(writeNode(left, variable))?.[1];
  if (member === undefined || value?.kind !== "constant" || typeof value.value !== "string") return undefined;
  const constant = writeNode(value, variable);
  const isSame = (root: string, side: Node | undefined) =>
    side && writeNode(side, variable) === `_==_(${root}.${member},${constant})`;
  return value.type === "string" && isSame("other.request", left) && isSame("request", right)
    ? { member, value: value.value }
    : undefined;
}

const MEMBER = /^_==_\(other\.request\.(\w+),/;

const isConstant = (node: Node): boolean =>
  node.kind === "constant" || (node.kind === "call" && childNodesOf(node).every(isConstant));

const listOperands = (node: Node, operator: string): Node[] =>
  node.kind === "call" && node.name === operator
    ? node.args.flatMap((arg) => listOperands(arg, operator))
    : [node];

/** An expression in one spelling. `other` is the loop's variable; what is never compared is `?`. */
function writeNode(node: Node, variable: string): string {
  const list = (nodes: readonly Node[]) => nodes.map((each) => writeNode(each, variable)).join(",");
  switch (node.kind) {
    case "constant":
      return `${node.type} ${node.value}`;
    case "identifier":
      return node.name === variable ? "other" : node.name;
    case "select":
      return node.isTest ? "?" : `${writeNode(node.operand, variable)}.${node.field}`;
    case "call":
      return node.target ? "?" : `${node.name}(${list(node.args)})`;
    case "list":
      return `[${list(node.items)}]`;
    default:
      return "?";
  }
}
