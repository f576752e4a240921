import type { Span } from "../../../../diagnostics/lines.ts";
import { CodeReader } from "../../model/code-reader.ts";
import { lineEnd } from "../../model/escapes.ts";
import type { NameNode, ProgramNode, ScopeNode } from "../../model/node.ts";
import type { EscapeAt, ReadNode } from "../../model/reader.ts";
import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";
import { RubyNames } from "./names.ts";
import { dedented, rawRubyEscape, rubyEscape, rubyEscapeOf, rubyNumber } from "./text.ts";

/** What is written down as a value in Ruby. */
export abstract class RubyValueReader extends CodeReader {
  protected readonly values: Readonly<Record<string, ReadNode>> = {
    constant: (node) => this.global(node),
    global_variable: (node) => this.global(node),
    instance_variable: (node) => this.memberOf(node, "self", this.sourceOf(node).slice(1)),
    class_variable: (node) => this.memberOf(node, "self", this.sourceOf(node).slice(2)),
    self: this.name,
    true: (node) => this.literal(node, true),
    false: (node) => this.literal(node, false),
    // A member that is nil is not there.
    nil: (node) => this.literal(node, undefined),
    integer: (node) => this.number(node),
    float: (node) => this.number(node),
    string: (node) => this.string(node),
    bare_string: (node) => this.bare(node),
    bare_symbol: (node) => this.bare(node),
    delimited_symbol: (node) => this.string(node),
    simple_symbol: (node) => this.symbol(node, node.start + 1),
    hash_key_symbol: (node) => this.symbol(node, node.start),
    chained_string: (node) => this.joined(node),
    heredoc_beginning: (node) => this.heredoc(node),
    heredoc_body: (node) => this.otherOf(node, []),
    subshell: (node) => this.subshell(node),
    interpolation: this.inner,
    parenthesized_statements: this.inner,
    array: (node) => this.list(node),
    string_array: (node) => this.list(node),
    symbol_array: (node) => this.list(node),
    splat_argument: (node) => this.spread(node),
    hash_splat_argument: (node) => this.spread(node),
    hash: (node) => this.object(node, this.entriesOf(namedChildren(node))),
    pair: (node) => this.pair(node),
    element_reference: (node) => this.element(node),
    unary: (node) => this.unary(node),
  };

  protected names = new RubyNames("");
  #heredocs: ReadonlyMap<number, TreeNode> = new Map();

  override module(root: TreeNode): ScopeNode {
    this.names = new RubyNames(this.text, root);
    this.#heredocs = this.names.heredocs();
    return super.module(root);
  }

  /** A variable, or a call without arguments. */
  protected abstract identifier(node: TreeNode): ProgramNode;

  number(node: TreeNode): ProgramNode {
    const value = rubyNumber(this.sourceOf(node));
    if (value === undefined) return this.other(node);
    return node.type === "float" && typeof value === "number"
      ? this.float(node, value)
      : this.literal(node, value);
  }

  symbol(node: TreeNode, start: number): ProgramNode {
    const text = this.written(start, node.end, () => undefined);
    return text ? this.textLiteral(node, text) : this.other(node);
  }

  string(node: TreeNode): ProgramNode {
    const [opening, closing] = [node.children[0], node.children.at(-1)];
    if (!opening || !closing || node.hasError) return this.other(node);
    return this.filled(
      node,
      { start: opening.end, end: closing.start },
      rubyEscapeOf(this.sourceOf(opening)),
    );
  }

  /** A stretch of text with interpolations in it. */
  filled(node: TreeNode, stretch: Span, escapeAt: EscapeAt): ProgramNode {
    const isHole = (type: string): boolean => type === "interpolation";
    return this.textWithHoles(node, stretch, { isHole, read: this.inner, escapeAt });
  }

  /** One of `%w[a b]`. */
  bare(node: TreeNode): ProgramNode {
    return this.filled(node, node, rawRubyEscape("()[]{}<> "));
  }

  joined(node: TreeNode): ProgramNode {
    return this.template(
      node,
      this.all(node).flatMap((part) => (part.kind === "template" ? part.parts : [part])),
    );
  }

  heredoc(node: TreeNode): ProgramNode {
    const body = this.#heredocs.get(node.start);
    const end = body?.children.find(({ type }) => type === "heredoc_end");
    if (!body || !end || body.hasError) return this.other(node);
    const from = this.text.indexOf("\n", body.start) + 1;
    const to = Math.max(from, this.text.lastIndexOf("\n", end.start - 1) + 1);
    const opening = this.sourceOf(node);
    const plain = opening.includes("'") ? lineEnd : rubyEscape;
    const escapeAt = opening.startsWith("<<~") ? dedented(this.text.slice(from, to), plain) : plain;
    if (!escapeAt) return this.other(node);
    return { ...this.filled(body, { start: from, end: to }, escapeAt), ...this.base(node) };
  }

  subshell(node: TreeNode): ProgramNode {
    const command = this.string(node);
    const kernel: NameNode = { kind: "name", ...this.base(node), name: "Kernel", isGlobal: true };
    const callee: ProgramNode = {
      kind: "member",
      ...this.base(node),
      of: kernel,
      name: "`",
      nameSpan: command.span,
    };
    return this.call(node, callee, [command]);
  }

  entriesOf(nodes: readonly TreeNode[]) {
    return nodes.map(this.node).filter((entry) => entry.kind === "entry" || entry.kind === "spread");
  }

  /** Only a symbol is the name of a member: the SDK takes a text as a key for none. */
  pair(node: TreeNode): ProgramNode {
    const key = childAs(node, "key");
    if (!key) return this.other(node);
    const value = childAs(node, "value");
    return this.entry(
      node,
      this.keyOf(key, isSymbolPair(node)),
      value ? this.node(value) : this.identifier(key),
    );
  }

  keyOf(node: TreeNode, isSymbol: boolean): ProgramNode {
    const read = this.node(node);
    return isSymbol ? read : this.otherOf(node, [read]);
  }

  unary(node: TreeNode): ProgramNode {
    const operand = this.field(node, "operand");
    return this.negated(node, operand) ?? this.readOf(node, operand);
  }

  element(node: TreeNode): ProgramNode {
    const object = childAs(node, "object");
    const [key, ...more] = namedChildren(node).filter((child) => child !== object);
    if (!object || !key || more.length > 0) return this.other(node);
    const isSymbol = key.type === "simple_symbol" || key.type === "delimited_symbol";
    return this.indexed(node, this.node(object), this.keyOf(key, isSymbol));
  }
}

/** `a: 1`, `:a => 1`, `"a": 1`. */
export const isSymbolPair = (node: TreeNode): boolean =>
  /symbol$/.test(childAs(node, "key")?.type ?? "") || !node.children.some(({ type }) => type === "=>");
