import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs } from "../tree/syntax-tree.ts";
import type { AssignNode, ImportNode, ProgramNode, ScopeNode } from "./node.ts";
import { ProgramReader } from "./reader.ts";

/** What readers of languages with statements, operators and functions share. */
export abstract class CodeReader extends ProgramReader {
  /** The operators whose result is one of their operands, which then has two names. */
  protected readonly choices: ReadonlySet<string> = new Set();

  protected operator(node: TreeNode): string {
    const operator = childAs(node, "operator");
    return operator ? this.sourceOf(operator) : "";
  }

  /** `a + b` of texts is a text; any other operation only looks at its operands. */
  protected operation(node: TreeNode): ProgramNode {
    const [left, right] = [this.field(node, "left"), this.field(node, "right")];
    return left && right ? this.operate(node, left, right) : this.other(node);
  }

  /** Its operands are read once: they may be as deep as the program. */
  protected operate(node: TreeNode, left: ProgramNode, right: ProgramNode): ProgramNode {
    const operator = this.operator(node);
    const sum = operator === "+" ? this.sum(node, left, right) : undefined;
    return sum ?? { ...this.otherOf(node, [left, right]), isRead: !this.choices.has(operator) };
  }

  /** What gets another value, which is not written down. */
  protected changed(
    node: TreeNode,
    targets: readonly TreeNode[],
    declares?: AssignNode["declares"],
  ): ProgramNode {
    return this.otherOf(
      node,
      targets.map((target) => this.assign(target, this.target(target), undefined, declares)),
    );
  }

  /** What is assigned to. */
  protected target(node: TreeNode): ProgramNode {
    return this.node(node);
  }

  /** A function that is declared by its name. */
  protected named(node: TreeNode, definition: ScopeNode): ProgramNode {
    const name = childAs(node, "name");
    return name ? this.assign(node, this.name(name), definition, "block") : definition;
  }

  protected importOf(
    node: TreeNode,
    { module, imported, local }: Pick<ImportNode, "module" | "imported" | "local">,
  ): ImportNode {
    return { kind: "import", ...this.base(node), module, imported, local };
  }
}
