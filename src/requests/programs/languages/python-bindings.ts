import type { Span } from "../../../diagnostics/lines.ts";
import { CodeReader } from "../model/code-reader.ts";
import type { AssignNode, ImportNode, NameNode, ProgramNode } from "../model/node.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../tree/syntax-tree.ts";

/** What gives names their values in Python, and the scopes that the names belong to. */
export abstract class PythonBindings extends CodeReader {
  protected override annotated(type: TreeNode | undefined): Pick<AssignNode, "annotation"> {
    const name = type && (this.sourceOf(type).match(/\w+/g) ?? []).at(-1);
    return name === undefined ? {} : { annotation: name };
  }

  /** In a class, `x += y` changes what the name holds outside. */
  augmented(node: TreeNode): ProgramNode {
    const left = childAs(node, "left");
    const right = this.field(node, "right");
    if (left?.type === "identifier" && right && this.operator(node) === "|=")
      return { ...this.assign(node, this.name(left), undefined, undefined), merged: right };
    return left ? this.otherOf(node, [this.changed(node, [left]), right]) : this.other(node);
  }

  /** Names that get a value that is not written down; what is looked at to get it stands beside. */
  bound(node: TreeNode, target: TreeNode | undefined, ...others: (TreeNode | undefined)[]): ProgramNode {
    const rest = others.map((other) => other && this.node(other));
    if (!target) return this.otherOf(node, [...rest, ...this.all(node)]);
    return this.otherOf(node, [this.assign(node, this.pattern(target), undefined, "function"), ...rest]);
  }

  /** Every name in a pattern, also those that grammar calls dotted. */
  pattern(node: TreeNode): ProgramNode {
    if (node.type === "identifier" || node.type === "attribute" || node.type === "subscript")
      return this.node(node);
    return this.otherOf(
      node,
      namedChildren(node)
        .filter(({ field }) => field !== "key")
        .map((child) => this.pattern(child)),
    );
  }

  /** Also in a comprehension it gives the name to the function around. */
  walrus(node: TreeNode): ProgramNode {
    const name = childAs(node, "name");
    if (!name) return this.other(node);
    return this.otherOf(node, [
      this.assign(node, this.name(name), undefined, undefined),
      this.field(node, "value"),
    ]);
  }

  poisoned(node: TreeNode): ProgramNode {
    const names = namedChildren(node).map((name) =>
      this.assign(node, this.name(name), undefined, "everywhere"),
    );
    return this.otherOf(node, names);
  }

  definition(node: TreeNode, what: "function" | "class"): ProgramNode {
    const [name, body] = [childAs(node, "name"), childAs(node, "body")];
    const inside = [...this.parameters(node), ...(body ? this.all(body) : [])];
    const scope = this.scope(node, what, inside, name && this.sourceOf(name));
    const defined = name ? this.assign(node, this.name(name), scope, "function") : scope;
    return this.withOutside(node, defined, [this.field(node, "superclasses"), ...this.defaults(node)]);
  }

  lambda(node: TreeNode): ProgramNode {
    const body = this.field(node, "body");
    const inner = this.scope(node, "function", [...this.parameters(node), body]);
    const scope = { ...inner, ...(body && { result: body }) };
    return this.withOutside(node, scope, this.defaults(node));
  }

  /** A definition, with what is evaluated around it before it is made. */
  withOutside(node: TreeNode, defined: ProgramNode, outside: readonly (ProgramNode | undefined)[]) {
    return outside.some((each) => each) ? this.otherOf(node, [...outside, defined]) : defined;
  }

  parameters(node: TreeNode): (AssignNode | undefined)[] {
    return parametersOf(node).map((parameter) => {
      const name = this.parameterName(parameter);
      const assign = name && this.assign(parameter, name, undefined, "block");
      return assign && { ...assign, ...this.annotated(childAs(parameter, "type")) };
    });
  }

  defaults(node: TreeNode): (ProgramNode | undefined)[] {
    return parametersOf(node).map((parameter) => this.field(parameter, "value"));
  }

  parameterName(node: TreeNode): NameNode | undefined {
    if (node.type === "identifier") return this.name(node);
    const inner = childAs(node, "name") ?? namedChildren(node)[0];
    return inner && this.parameterName(inner);
  }

  withItem(node: TreeNode): ProgramNode {
    const value = childAs(node, "value");
    if (value?.type !== "as_pattern") return this.other(node);
    const [context] = namedChildren(value);
    const target = childAs(value, "alias");
    const [name] = target ? namedChildren(target) : [];
    return context && name
      ? this.assign(node, this.pattern(name), this.node(context), "function")
      : this.other(node);
  }

  forLoop(node: TreeNode): ProgramNode {
    const left = childAs(node, "left");
    const rest = namedChildren(node).filter((child) => child !== left);
    return this.flow(node, "loop", [this.bound(node, left), ...rest.map(this.node)]);
  }

  /** What the first loop goes through is looked up around the comprehension, whose names are its own. */
  comprehension(node: TreeNode): ProgramNode {
    const first = namedChildren(node).find(({ type }) => type === "for_in_clause");
    const items = first && childAs(first, "right");
    const inside = namedChildren(node).map((child) =>
      child === first ? this.bound(child, childAs(child, "left")) : this.node(child),
    );
    const outside = items && this.flow(items, "loop", [this.node(items)]);
    return this.otherOf(node, [outside, this.scope(node, "function", [this.flow(node, "loop", inside)])]);
  }
}

const parametersOf = (node: TreeNode): TreeNode[] => {
  const parameters = childAs(node, "parameters");
  return parameters ? namedChildren(parameters) : [];
};

/** The names that `import …` and `from … import …` bind. */
export function readPythonImports(node: TreeNode, text: string): ImportNode[] {
  const from = childAs(node, "module_name");
  const sourceOf = ({ start, end }: Span): string => text.slice(start, end);
  const importOf = (imported: Pick<ImportNode, "module" | "imported" | "local">): ImportNode => ({
    kind: "import",
    span: { start: node.start, end: node.end },
    hasError: node.hasError,
    ...imported,
  });
  return namedChildren(node)
    .filter((child) => child !== from)
    .map((child) => {
      const name = childAs(child, "name") ?? child;
      const alias = childAs(child, "alias");
      const imported = sourceOf(name);
      const module = from ? sourceOf(from) : imported;
      if (child.type === "wildcard_import") return importOf({ module, imported: "*", local: undefined });
      // `import a.b` binds `a`.
      const local = alias ?? (from ? name : (namedChildren(name)[0] ?? name));
      return importOf({
        module: alias || from ? module : sourceOf(local),
        imported: from && imported,
        local: {
          kind: "name",
          span: { start: local.start, end: local.end },
          hasError: local.hasError,
          name: sourceOf(local),
        },
      });
    });
}
