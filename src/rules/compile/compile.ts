import type { Node } from "../cel/ast.ts";
import { ModuleConstants, type ModuleContext, writeFunction } from "./emit.ts";
import { ExpressionGraph, type GraphNode } from "./graph.ts";

/** The expressions of one operation, in the order in which their programs are numbered. */
export interface OperationExpressions {
  /** What decides: conditions and permissions. */
  deciding: readonly Node[];
  /** What is shown: the expressions of messages. They are numbered after the others. */
  shown: readonly Node[];
}

/**
 * Compiles the expressions of one operation to the code of a function that takes the runtime and returns their
 * programs. What several of them have in common is evaluated once for a request, in slots from `firstSlot` on;
 * `slots` is the first slot after them.
 */
export function compileOperation(
  { deciding, shown }: OperationExpressions,
  firstSlot = 0,
): { code: string; slots: number } {
  const graph = new ExpressionGraph();
  const roots = deciding.map((node) => graph.add(node));
  const shownRoots = shown.map((node) => graph.add(node));
  const isOfDeciding = collectNodes(roots);
  const shared = [...collectNodes([...roots, ...shownRoots])].filter(isShared);
  const slots = new Map(shared.map((node, index) => [node, firstSlot + index]));
  const module: ModuleContext = {
    constants: new ModuleConstants(),
    nameShared: (node) => (slots.has(node) ? `s${slots.get(node)}` : undefined),
  };
  const writeShared = (nodes: readonly GraphNode[]) =>
    nodes.map((node) => writeSharedFunction(node, slots.get(node)!, module)).join("");
  const writeList = (nodes: readonly GraphNode[]) =>
    `[\n${nodes.map((node) => `${module.nameShared(node) ?? writeFunction("v", node, module)},\n`).join("")}]`;
  const first = `${writeShared(shared.filter((node) => isOfDeciding.has(node)))}return [${writeList(roots)}, `;
  const second = `${writeShared(shared.filter((node) => !isOfDeciding.has(node)))}return ${writeList(shownRoots)};`;
  // The expressions of messages are in a function of their own, which V8 reads only if something is to be shown.
  const code = `(R) => {\n${module.constants.write()}${first}() => {\n${second}\n}];\n}`;
  return { code, slots: firstSlot + shared.length };
}

function collectNodes(roots: readonly GraphNode[]): Set<GraphNode> {
  const found = new Set<GraphNode>();
  const visit = (node: GraphNode): void => {
    if (found.has(node)) return;
    found.add(node);
    node.children.forEach(visit);
  };
  roots.forEach(visit);
  return found;
}

/** A constant or a variable is read as fast as a slot. */
const isShared = ({ shape, free, uses, children }: GraphNode): boolean =>
  uses > 1 && free.size === 0 && children.length > 0 && !isConstantList(shape.kind, children);

const isConstantList = (kind: string, children: readonly GraphNode[]): boolean =>
  kind === "list" && children.every(({ shape }) => shape.kind === "constant");

function writeSharedFunction(node: GraphNode, slot: number, module: ModuleContext): string {
  const keep = (code: string) => `v.shared?.[${slot}] ?? R.keep(v, ${slot}, ${code})`;
  return `const s${slot} = ${writeFunction("v", node, module, keep)};\n`;
}
