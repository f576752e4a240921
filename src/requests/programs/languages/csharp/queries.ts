import type { TreeNode } from "../../tree/syntax-tree.ts";
import { namedChildren } from "../../tree/syntax-tree.ts";

/** The names that a query gives values: `from x in xs join y in ys on … into z let w = …`. */
export const namesInQuery = (query: TreeNode): TreeNode[] =>
  clausesIn(query).flatMap(({ children }) =>
    children.filter(({ type }, index) => {
      const [before, after] = [children[index - 1]?.type, children[index + 1]?.type];
      return type === "identifier" && (before === "into" || after === "in" || after === "=");
    }),
  );

/** A query itself, for what it goes on into, and its clauses. */
const clausesIn = (node: TreeNode): TreeNode[] => [
  node,
  ...namedChildren(node)
    .filter(({ type }) => type.endsWith("_clause"))
    .flatMap(clausesIn),
];
