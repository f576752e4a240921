import { CodeReader } from "../../model/code-reader.ts";
import { endOfLineBefore, withDoubledBraces, withoutIndentation } from "../../model/escapes.ts";
import type { EntryNode, ProgramNode } from "../../model/node.ts";
import type { EscapeAt, ReadNode } from "../../model/reader.ts";
import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";
import { csharpEscape, csharpNumber, verbatimEscape } from "./text.ts";

/** What is written down as a value in C#. */
export abstract class CsharpValueReader extends CodeReader {
  protected readonly values: Readonly<Record<string, ReadNode>> = {
    boolean_literal: (node) => this.literal(node, this.sourceOf(node) === "true"),
    // A member that is null is not there.
    null_literal: (node) => this.literal(node, undefined),
    integer_literal: (node) => this.number(node),
    real_literal: (node) => this.number(node),
    string_literal: (node) => this.quoted(node, node.start + 1, csharpEscape),
    verbatim_string_literal: (node) => this.quoted(node, node.start + 2, verbatimEscape),
    raw_string_literal: (node) => this.raw(node),
    interpolated_string_expression: (node) => this.interpolated(node),
    parenthesized_expression: this.inner,
    expression_statement: this.inner,
    await_expression: this.inner,
    checked_expression: this.inner,
    prefix_unary_expression: (node) => this.unary(node),
    goto_statement: (node) => this.goto(node),
    fixed_statement: this.jump,
    ref_expression: (node) => this.reference(node),
    postfix_unary_expression: (node) => this.postfix(node),
    binary_expression: (node) => this.operation(node),
    collection_expression: (node) => this.list(node),
    collection_element: this.inner,
    expression_element: this.inner,
    spread_element: (node) => this.spread(node),
    implicit_array_creation_expression: (node) => this.arrayOf(node),
    array_creation_expression: (node) => this.arrayOf(node),
    initializer_expression: (node) => this.initializer(node),
  };

  number(node: TreeNode): ProgramNode {
    const value = csharpNumber(this.sourceOf(node));
    return value === undefined ? this.other(node) : this.literal(node, value);
  }

  /** `"…"u8` is no text. */
  quoted(node: TreeNode, start: number, escapeAt: EscapeAt): ProgramNode {
    const isText = !node.hasError && this.text[node.end - 1] === '"';
    const text = isText ? this.written(start, node.end - 1, escapeAt) : undefined;
    return text ? this.textLiteral(node, text) : this.other(node);
  }

  /** Its lines begin where its end does. */
  raw(node: TreeNode): ProgramNode {
    const source = this.sourceOf(node);
    const quotes = /^"+/.exec(source)?.[0].length ?? 0;
    if (node.hasError || !source.endsWith('"'.repeat(quotes))) return this.other(node);
    const [start, end] = [node.start + quotes, node.end - quotes];
    const first = /^[ \t]*\r?\n/.exec(this.text.slice(start, end))?.[0];
    if (first === undefined) return this.textLiteral(node, this.written(start, end, () => undefined)!);
    const lastLine = this.text.lastIndexOf("\n", end - 1) + 1;
    const last = Math.max(start + first.length, endOfLineBefore(this.text, lastLine));
    const escapeAt = withoutIndentation(this.text.slice(lastLine, end), () => undefined);
    return this.textLiteral(node, this.written(start + first.length, last, escapeAt)!);
  }

  interpolated(node: TreeNode): ProgramNode {
    const opening = /^[$@]+"+/.exec(this.sourceOf(node))?.[0] ?? "";
    if (node.hasError || opening.endsWith('""')) return this.other(node);
    const plain = opening.includes("@") ? verbatimEscape : csharpEscape;
    return this.textWithHoles(
      node,
      { start: node.start + opening.length, end: node.end - 1 },
      {
        isHole: (type) => type === "interpolation",
        read: (hole) => this.interpolation(hole),
        escapeAt: withDoubledBraces(plain),
      },
    );
  }

  /** What is formatted or aligned reads otherwise than it is. */
  interpolation(node: TreeNode): ProgramNode {
    const [expression, ...more] = namedChildren(node).filter(({ type }) => type !== "interpolation_brace");
    return expression && more.length === 0 ? this.node(expression) : this.read(node);
  }

  protected override readonly choices = new Set(["??"]);

  unary(node: TreeNode): ProgramNode {
    const [operand] = namedChildren(node);
    if (!operand) return this.other(node);
    if (/^(?:\+\+|--)/.test(this.sourceOf(node))) return this.changed(node, [operand]);
    const read = this.node(operand);
    if (this.text[node.start] === "&" && read.kind === "name") return { ...read, isAddress: true };
    return this.negated(node, read) ?? this.readOf(node, read);
  }

  /** `ref x` is a second name of what `x` holds. */
  reference(node: TreeNode): ProgramNode {
    const [operand] = this.all(node);
    return operand?.kind === "name" ? { ...operand, isAddress: true } : this.other(node);
  }

  /** `goto case` stays in its `switch`. */
  goto(node: TreeNode): ProgramNode {
    return node.children.some(({ type }) => type === "case" || type === "default")
      ? this.other(node)
      : this.jump(node);
  }

  /** `x!` is `x`, and `x++` is another value. */
  postfix(node: TreeNode): ProgramNode {
    const [operand] = namedChildren(node);
    if (!operand) return this.other(node);
    return this.sourceOf(node).endsWith("!") ? this.node(operand) : this.changed(node, [operand]);
  }

  arrayOf(node: TreeNode): ProgramNode {
    const items = namedChildren(node).find(({ type }) => type === "initializer_expression");
    return items ? { ...this.list(items), ...this.base(node) } : this.other(node);
  }

  /** Members, entries of a dictionary, or items. */
  initializer(node: TreeNode): ProgramNode {
    const elements = namedChildren(node);
    const entries = elements.flatMap((element) => this.entryOf(element) ?? []);
    if (elements.length > 0 && entries.length === elements.length) return this.object(node, entries);
    return elements.some(({ type }) => type === "assignment_expression") ? this.other(node) : this.list(node);
  }

  /** `Name = value`, `["name"] = value`, `{ "name", value }`; undefined for an item. */
  entryOf(node: TreeNode): EntryNode | undefined {
    if (node.type === "initializer_expression") {
      const [key, value, ...more] = namedChildren(node);
      return key && value && more.length === 0
        ? this.entry(node, this.node(key), this.node(value))
        : undefined;
    }
    const [left, right] = [childAs(node, "left"), childAs(node, "right")];
    if (node.type !== "assignment_expression" || !left || !right) return undefined;
    const [key] = left.type === "identifier" ? [] : namedChildren(left);
    return this.entry(node, key ? this.node(key) : this.literal(left, this.sourceOf(left)), this.node(right));
  }
}
