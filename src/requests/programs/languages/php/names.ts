import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";

/** Functions of PHP that give their arguments other values. */
const CHANGING = ["settype", "preg_match", "preg_match_all", "sscanf", "parse_str"];

/** The functions and methods that may change their arguments, which are given by reference. */
export function changingFunctions(root: TreeNode, text: string): ReadonlySet<string> {
  const names = new Set(CHANGING);
  const visit = (node: TreeNode): void => {
    const [name, parameters] = [childAs(node, "name"), childAs(node, "parameters")];
    const isChanging =
      parameters && namedChildren(parameters).some((parameter) => childAs(parameter, "reference_modifier"));
    if (name && isChanging) names.add(text.slice(name.start, name.end));
    for (const child of node.children) visit(child);
  };
  visit(root);
  return names;
}

/** What `use` declares, by the path of each name without a backslash before it. */
export function usedNames(node: TreeNode, text: string): { path: string; local: TreeNode }[] {
  const sourceOf = ({ start, end }: TreeNode) => text.slice(start, end);
  // `use function …` and `use const …` bind no classes.
  if (node.children.some(({ type }) => type === "function" || type === "const")) return [];
  const group = childAs(node, "body");
  const prefix = group && namedChildren(node).find(({ type }) => type === "namespace_name");
  const clauses = namedChildren(group ?? node).filter(({ type }) => type === "namespace_use_clause");
  return clauses.flatMap((clause) => {
    const [name] = namedChildren(clause);
    const local = childAs(clause, "alias") ?? (name && (namedChildren(name).at(-1) ?? name));
    if (!name || !local) return [];
    const path = `${prefix ? `${sourceOf(prefix)}\\` : ""}${sourceOf(name)}`;
    return [{ path: path.replace(/^\\/, ""), local }];
  });
}
