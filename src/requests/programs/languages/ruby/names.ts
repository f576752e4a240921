import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";

/** What the names of a program may stand for: Ruby writes calls without arguments like variables. */
export class RubyNames {
  /** Methods that the program defines. */
  readonly methods = new Set<string>();
  /** Names that it assigns, or takes as parameters. */
  readonly variables = new Set<string>();
  /** Methods that return the instance variable of their name. */
  readonly attributes = new Set<string>();
  readonly #text: string;
  readonly #beginnings: TreeNode[] = [];
  readonly #bodies: TreeNode[] = [];

  constructor(text: string, root?: TreeNode) {
    this.#text = text;
    if (root) this.#visit(root);
  }

  /** The body of each here-document, by where the document is begun. */
  heredocs(): ReadonlyMap<number, TreeNode> {
    const pairs = this.#beginnings.flatMap((beginning, index) => {
      const body = this.#bodies[index];
      const end = body?.children.find(({ type }) => type === "heredoc_end");
      const word = /\w[^"'`]*/.exec(this.#sourceOf(beginning))?.[0];
      return body && end && this.#sourceOf(end).trim() === word ? [[beginning.start, body] as const] : [];
    });
    return new Map(pairs);
  }

  #visit(node: TreeNode): void {
    if (Object.hasOwn(BOUND, node.type)) this.#addVariables(BOUND[node.type]!(node));
    else if (node.type === "method" || node.type === "singleton_method") this.#addMethod(node);
    else if (node.type === "heredoc_beginning") this.#beginnings.push(node);
    else if (node.type === "heredoc_body") this.#bodies.push(node);
    else if (node.type === "call") this.#addAttributes(node);
    for (const child of node.children) this.#visit(child);
  }

  #addVariables(nodes: readonly (TreeNode | undefined)[]): void {
    for (const node of nodes) if (node?.type === "identifier") this.variables.add(this.#sourceOf(node));
  }

  #addMethod(node: TreeNode): void {
    const name = childAs(node, "name");
    if (name) this.methods.add(this.#sourceOf(name));
  }

  #addAttributes(call: TreeNode): void {
    const method = childAs(call, "method");
    if (!method || !/^attr_(?:reader|accessor)$/.test(this.#sourceOf(method))) return;
    for (const argument of namedChildren(childAs(call, "arguments") ?? call))
      if (argument.type === "simple_symbol") this.attributes.add(this.#sourceOf(argument).slice(1));
  }

  #sourceOf({ start, end }: TreeNode): string {
    return this.#text.slice(start, end);
  }
}

const targetsIn = (node: TreeNode | undefined): TreeNode[] =>
  node ? [node, ...(/list|rest|destructured/.test(node.type) ? node.children.flatMap(targetsIn) : [])] : [];

const byName = (node: TreeNode) => [childAs(node, "name")];
const byLeft = (node: TreeNode) => targetsIn(childAs(node, "left"));
const byChildren = ({ children }: TreeNode) => children;

/** What binds names, with the nodes that hold them. */
const BOUND: Readonly<Record<string, (node: TreeNode) => readonly (TreeNode | undefined)[]>> = {
  method_parameters: byChildren,
  block_parameters: byChildren,
  lambda_parameters: byChildren,
  destructured_parameter: byChildren,
  exception_variable: byChildren,
  array_pattern: byChildren,
  optional_parameter: byName,
  keyword_parameter: byName,
  splat_parameter: byName,
  hash_splat_parameter: byName,
  block_parameter: byName,
  as_pattern: byName,
  assignment: byLeft,
  operator_assignment: byLeft,
  for: (node) => targetsIn(childAs(node, "pattern")),
};
