import { CodeReader } from "../model/code-reader.ts";
import type { AssignNode, ProgramNode, ScopeNode } from "../model/node.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../tree/syntax-tree.ts";

/** What gives names their values in JavaScript, and the scopes that the names belong to. */
export abstract class JavascriptBindings extends CodeReader {
  protected override annotated(type: TreeNode | undefined): Pick<AssignNode, "annotation"> {
    const name = type && this.sourceOf(type).trimEnd().split(/\W/).at(-1);
    return name ? { annotation: name } : {};
  }

  bound(node: TreeNode, name: TreeNode | undefined): ProgramNode {
    return name ? this.assign(node, this.name(name), undefined, "block") : this.other(node);
  }

  /** Each name that a pattern gives a value. */
  pattern(node: TreeNode): ProgramNode {
    if (node.type === "shorthand_property_identifier_pattern") return this.name(node);
    if (["identifier", "member_expression", "subscript_expression"].includes(node.type))
      return this.node(node);
    if (["parenthesized_expression", "non_null_expression", "as_expression"].includes(node.type)) {
      const [inner] = namedChildren(node);
      return inner ? this.pattern(inner) : this.other(node);
    }
    const parts = namedChildren(node).filter(({ field }) => field !== "key" && field !== "right");
    return this.otherOf(
      node,
      parts.map((part) => this.pattern(part)),
    );
  }

  function(node: TreeNode): ScopeNode {
    const parameters = childAs(node, "parameters");
    const single = childAs(node, "parameter");
    const body = this.field(node, "body");
    const scope = this.scope(node, "function", [
      ...(parameters ? namedChildren(parameters).flatMap(this.parameter) : []),
      single && this.bound(single, single),
      body,
    ]);
    const isExpression = node.type === "arrow_function" && childAs(node, "body")?.type !== "statement_block";
    return { ...scope, ...(isExpression && body && { result: body }) };
  }

  functionDeclaration(node: TreeNode): ProgramNode {
    return this.named(node, { ...this.function(node), isHoisted: true });
  }

  readonly parameter = (node: TreeNode): (ProgramNode | undefined)[] => {
    const pattern = childAs(node, "pattern") ?? childAs(node, "left") ?? node;
    const annotation = this.annotated(childAs(node, "type"));
    const assign: AssignNode = {
      ...this.assign(node, this.pattern(pattern), undefined, "block"),
      ...annotation,
    };
    // `constructor(private fsx: FSx)` is a field, too.
    const isField = node.children.some(
      ({ type }) => type === "accessibility_modifier" || type === "readonly",
    );
    const field = isField ? { ...this.fieldAssign(node, pattern, undefined), ...annotation } : undefined;
    return [assign, field, this.field(node, "value") ?? this.field(node, "right")];
  };

  fieldAssign(node: TreeNode, name: TreeNode, value: ProgramNode | undefined): AssignNode {
    return this.assign(node, this.memberOf(name, "this", this.sourceOf(name)), value, undefined);
  }

  /** In an object a member, also of a getter; in a class a function. */
  method(node: TreeNode): ProgramNode {
    const name = this.field(node, "name");
    const body = this.function(node);
    return name ? this.entry(node, name, body) : body;
  }

  classOf(node: TreeNode): ProgramNode {
    const name = childAs(node, "name");
    return this.named(node, this.scope(node, "class", this.all(node), name && this.sourceOf(name)));
  }

  classField(node: TreeNode, name: TreeNode | undefined): ProgramNode {
    if (!name) return this.other(node);
    const assign = this.fieldAssign(node, name, this.field(node, "value"));
    return { ...assign, ...this.annotated(childAs(node, "type")) };
  }

  forIn(node: TreeNode): ProgramNode {
    const left = childAs(node, "left");
    const isDeclared = childAs(node, "kind") !== undefined;
    const target = left && this.assign(node, this.pattern(left), undefined, isDeclared ? "block" : undefined);
    const inner = this.scope(node, "block", [target, this.field(node, "body")]);
    return this.flow(node, "loop", [this.field(node, "right"), inner]);
  }

  catchClause(node: TreeNode): ProgramNode {
    const parameter = childAs(node, "parameter");
    const assign = parameter && this.assign(node, this.pattern(parameter), undefined, "block");
    return this.flow(node, "branch", [this.scope(node, "block", [assign, this.field(node, "body")])]);
  }
}
