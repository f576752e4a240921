import { CodeReader } from "../../model/code-reader.ts";
import { endOfLineBefore, withoutIndentation } from "../../model/escapes.ts";
import type { ProgramNode } from "../../model/node.ts";
import type { EscapeAt, ReadNode } from "../../model/reader.ts";
import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";
import { phpEscape, phpNumber, rawPhpEscape } from "./text.ts";

/** What is written down as a value in PHP. */
export abstract class PhpValueReader extends CodeReader {
  protected readonly values: Readonly<Record<string, ReadNode>> = {
    variable_name: (node) => this.variable(node),
    dynamic_variable_name: (node) => this.rebinding(node),
    name: (node) => this.global(node),
    qualified_name: (node) => this.global(node, this.sourceOf(node).replace(/^\\/, "")),
    member_access_expression: (node) => this.access(node),
    nullsafe_member_access_expression: (node) => this.access(node),
    scoped_property_access_expression: this.read,
    class_constant_access_expression: (node) => this.classConstant(node),
    subscript_expression: (node) => this.subscript(node),
    boolean: (node) => this.literal(node, /^true$/i.test(this.sourceOf(node))),
    // A member that is null is not there.
    null: (node) => this.literal(node, undefined),
    integer: (node) => this.number(node),
    float: (node) => this.number(node),
    string: (node) => this.singleQuoted(node),
    encapsed_string: (node) => this.filled(node, node.start + 1, node.end - 1, phpEscape('"')),
    heredoc: (node) => this.heredoc(node),
    nowdoc: (node) => this.heredoc(node),
    shell_command_expression: (node) => this.shellCommand(node),
    array_creation_expression: (node) => this.array(node),
    array_element_initializer: (node) => this.element(node),
    variadic_unpacking: (node) => this.spread(node),
    parenthesized_expression: this.inner,
    expression_statement: this.inner,
    unary_op_expression: (node) => this.unary(node),
    binary_expression: (node) => this.operation(node),
    cast_expression: this.read,
    clone_expression: this.other,
  };

  /** The class that is read. */
  protected className = "";

  number(node: TreeNode): ProgramNode {
    const value = phpNumber(this.sourceOf(node));
    return value === undefined ? this.other(node) : this.literal(node, value);
  }

  singleQuoted(node: TreeNode): ProgramNode {
    const text = node.hasError ? undefined : this.written(node.start + 1, node.end - 1, rawPhpEscape);
    return text ? this.textLiteral(node, text) : this.other(node);
  }

  /** A text with variables in it, of which some stand in braces. */
  filled(node: TreeNode, start: number, end: number, escapeAt: EscapeAt): ProgramNode {
    if (node.hasError) return this.other(node);
    const children: TreeNode[] = [];
    for (const [index, child] of node.children.entries()) {
      const [before, after] = [node.children[index - 1], node.children[index + 1]];
      const isBraced = before?.type === "{" && after?.type === "}";
      const isHole = child.isNamed && !/^(?:string_content|escape_sequence|nowdoc_string)$/.test(child.type);
      if (!isHole) continue;
      const place = isBraced
        ? { start: before.start, end: after.end }
        : { start: child.start, end: child.end };
      children.push({ ...child, ...place, type: HOLE, children: [child] });
    }
    return this.textWithHoles(
      { ...node, children },
      { start, end },
      { isHole: (type) => type === HOLE, read: this.inner, escapeAt },
    );
  }

  /** Its lines begin where its end does. */
  heredoc(node: TreeNode): ProgramNode {
    const [body, end] = [childAs(node, "value"), childAs(node, "end_tag")];
    if (!end || node.hasError) return this.other(node);
    const endLine = this.text.lastIndexOf("\n", end.start) + 1;
    const start = this.text.indexOf("\n", node.start) + 1;
    const last = Math.max(start, endOfLineBefore(this.text, endLine));
    const plain = node.type === "nowdoc" ? () => undefined : phpEscape("");
    const escapeAt = withoutIndentation(this.text.slice(endLine, end.start), plain);
    return this.filled({ ...node, children: body?.children ?? [] }, start, last, escapeAt);
  }

  shellCommand(node: TreeNode): ProgramNode {
    const command = this.filled(node, node.start + 1, node.end - 1, phpEscape("`"));
    return this.call(node, this.memberOf(node, "php", "`"), [command]);
  }

  /** A list, or a map if keys are given; what may be either is not known. */
  array(node: TreeNode): ProgramNode {
    const elements = namedChildren(node);
    const keys = elements.filter(isKeyed).map((element) => namedChildren(element)[0]!);
    const spreads = elements.filter((element) => namedChildren(element)[0]?.type === "variadic_unpacking");
    const isPlain = elements.every(
      ({ type, children }) => type === "array_element_initializer" && !isReference(children),
    );
    const items = elements.map(this.node);
    if (!isPlain) return this.otherOf(node, items);
    if (keys.length === 0 && (elements.length === 0 || spreads.length < elements.length))
      return { kind: "list", ...this.base(node), items };
    const isMap = keys.some(({ type }) => /string$|^class_constant/.test(type));
    if (!isMap || keys.length + spreads.length < elements.length) return this.otherOf(node, items);
    return this.object(
      node,
      items.filter((item) => item.kind === "entry" || item.kind === "spread"),
    );
  }

  element(node: TreeNode): ProgramNode {
    const [key, value, ...more] = namedChildren(node);
    if (!key || more.length > 0) return this.other(node);
    return value && isKeyed(node)
      ? this.entry(node, this.node(key), this.node(value))
      : this.node(value ?? key);
  }

  unary(node: TreeNode): ProgramNode {
    const argument = this.field(node, "argument");
    return this.negated(node, argument) ?? this.readOf(node, argument);
  }

  protected override readonly choices = new Set(["??", "?:"]);

  /** Plus adds numbers, and members of arrays. */
  protected override readonly concatenation = ".";

  variable(node: TreeNode): ProgramNode {
    const name = this.sourceOf(node);
    if (name === "$GLOBALS") return this.rebinding(node);
    return { ...this.name(node), name: name === "$this" ? "this" : name };
  }

  /** What may give any name another value. */
  rebinding(node: TreeNode): ProgramNode {
    return this.call(node, this.global(node, "eval"), this.all(node));
  }

  access(node: TreeNode): ProgramNode {
    return childAs(node, "name")?.type === "name" ? this.member(node, "object", "name") : this.other(node);
  }

  /** `self::TYPE` is the constant of the class around. */
  classConstant(node: TreeNode): ProgramNode {
    const [scope, name] = namedChildren(node);
    if (!scope || !name) return this.other(node);
    const source = this.sourceOf(scope);
    const constant = this.sourceOf(name);
    if (scope.type === "relative_scope")
      return source === "self" ? this.global(node, `${this.className}::${constant}`) : this.other(node);
    if (source === this.className) return this.global(node, `${source}::${constant}`);
    return this.memberNamed(node, this.node(scope), name);
  }

  subscript(node: TreeNode): ProgramNode {
    const [object, key] = namedChildren(node);
    if (!object || !key) return this.other(node);
    return this.indexed(node, this.node(object), this.node(key));
  }

  argumentOf(node: TreeNode): ProgramNode {
    const name = childAs(node, "name");
    const value = namedChildren(node).find((child) => child !== name && child.type !== "reference_modifier");
    if (!value) return this.other(node);
    return name ? this.argument(node, name, this.node(value)) : this.node(value);
  }
}

const HOLE = "hole";

const isKeyed = ({ children }: TreeNode): boolean => children.some(({ type }) => type === "=>");

const isReference = (children: readonly TreeNode[]): boolean =>
  children.some(({ type }) => type === "by_ref");
