import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs } from "../tree/syntax-tree.ts";
import type { AssignNode, ImportNode, MemberNode, NameNode, ProgramNode, ScopeNode } from "./node.ts";
import { ProgramReader } from "./reader.ts";

/** What readers of languages with statements, operators and functions share. */
export abstract class CodeReader extends ProgramReader {
  /** The operators whose result is one of their operands, which then has two names. */
  protected readonly choices: ReadonlySet<string> = new Set();
  /** The operator that puts texts together. */
  protected readonly concatenation: string = "+";

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
    const sum = operator === this.concatenation ? this.sum(node, left, right) : undefined;
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

  /** A name that is seen from everywhere. */
  protected global(node: TreeNode, name = this.sourceOf(node)): NameNode {
    return { ...this.name(node), name, isGlobal: true };
  }

  /** A member that stands there by another name: `@name` is that of `self`. */
  protected memberOf(node: TreeNode, of: string, name: string): MemberNode {
    const base = this.base(node);
    return { kind: "member", ...base, of: { kind: "name", ...base, name: of }, name, nameSpan: base.span };
  }

  /** What the type that is written beside a name says of it. */
  protected annotated(type: TreeNode | undefined): Pick<AssignNode, "annotation"> {
    return type ? { annotation: this.sourceOf(type) } : {};
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
