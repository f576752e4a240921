import { CodeReader } from "../../model/code-reader.ts";
import type { EntryNode, NameNode, ProgramNode } from "../../model/node.ts";
import type { ReadNode } from "../../model/reader.ts";
import type { TreeNode } from "../../tree/syntax-tree.ts";
import { namedChildren } from "../../tree/syntax-tree.ts";
import { expandableEscape, isPlainWord, powershellNumber, quoteEscape } from "./text.ts";

const CONSTANTS: Readonly<Record<string, boolean | null>> = { $true: true, $false: false, $null: null };

/** Types whose conversion leaves a value of these kinds as it is. */
const CONVERSIONS: Readonly<Record<string, readonly ProgramNode["kind"][]>> = {
  ordered: ["object"],
  hashtable: ["object"],
  "string[]": ["list"],
  array: ["list"],
};

/** Texts, numbers, lists and tables of PowerShell. */
export abstract class PowershellValueReader extends CodeReader {
  protected readonly values: Readonly<Record<string, ReadNode>> = {
    ...Object.fromEntries(WRAPPERS.map((type) => [type, this.inner])),
    additive_expression: (node) => this.additive(node),
    additive_argument_expression: (node) => this.additive(node),
    comparison_expression: (node) => this.compared(node),
    logical_expression: (node) => this.compared(node),
    array_literal_expression: (node) => this.listed(node),
    expression_with_unary_operator: (node) => this.unary(node),
    cast_expression: (node) => this.cast(node),
    variable: (node) => this.variable(node),
    string_literal: this.inner,
    expandable_string_literal: (node) => this.expandable(node, { isHere: false }),
    expandable_here_string_literal: (node) => this.expandable(node, { isHere: true }),
    verbatim_string_characters: (node) =>
      this.textOrOther(node, { start: node.start + 1, end: node.end - 1 }, quoteEscape),
    verbatim_here_string_characters: (node) => this.textOrOther(node, this.hereText(node), () => undefined),
    decimal_integer_literal: (node) => this.number(node),
    real_literal: (node) => this.number(node),
    hash_literal_expression: (node) => this.object(node, this.entries(node)),
    array_expression: (node) => this.array(node),
    generic_token: (node) => this.word(node),
    command_parameter: (node) => this.textOrOther(node, node, () => undefined),
  };

  /** A sum that begins with a text is one. */
  additive(node: TreeNode): ProgramNode {
    const [left, right, ...more] = this.all(node);
    if (!left || !right) return left ?? this.other(node);
    const isText = left.kind === "template" || (left.kind === "literal" && typeof left.value === "string");
    const isPlus = /^\s*\+\s*$/.test(this.text.slice(left.span.end, right.span.start));
    const sum = isText && isPlus && more.length === 0 ? this.sum(node, left, right) : undefined;
    return sum ?? this.readAll(node, [left, right, ...more]);
  }

  readAll(node: TreeNode, children: readonly ProgramNode[]): ProgramNode {
    return { ...this.otherOf(node, children), isRead: true };
  }

  /** What compares its operands only looks at them. */
  compared(node: TreeNode): ProgramNode {
    const parts = this.all(node);
    return parts.length === 1 ? parts[0]! : this.readAll(node, parts);
  }

  listed(node: TreeNode): ProgramNode {
    const items = this.all(node);
    return items.length === 1 ? items[0]! : { kind: "list", ...this.base(node), items };
  }

  unary(node: TreeNode): ProgramNode {
    const parts = this.all(node);
    const [operand] = parts;
    const isAlone = parts.length === 1 && operand !== undefined;
    // What stands before it is its operator, or nothing.
    if (isAlone && namedChildren(node)[0]!.start === node.start) return operand;
    return (isAlone && this.negated(node, operand)) || this.readAll(node, parts);
  }

  cast(node: TreeNode): ProgramNode {
    const [type, operand] = namedChildren(node);
    if (!type || !operand) return this.other(node);
    const value = this.node(operand);
    const name = this.sourceOf(type).slice(1, -1).trim().toLowerCase();
    // Whoever gets a reference may change what it refers to.
    if (name === "ref") return this.changed(node, [operand]);
    const isText = name === "string" && value.kind === "literal" && typeof value.value === "string";
    return isText || CONVERSIONS[name]?.includes(value.kind) ? value : this.otherOf(node, [value]);
  }

  /** Also `@name`, which gives the entries of a table as parameters. */
  variable(node: TreeNode): ProgramNode {
    const source = this.sourceOf(node).toLowerCase();
    const name = `$${source.slice(1).replace(/^\{([^}]*)\}$/, "$1")}`;
    if (Object.hasOwn(CONSTANTS, name)) return this.literal(node, CONSTANTS[name]!);
    if (source.startsWith("@"))
      return { kind: "spread", ...this.base(node), value: this.variableNamed(node, name) };
    // `$env:X`, and automatic ones: others give them their values.
    return /^\$\w+$/.test(name) && name !== "$_" ? this.variableNamed(node, name) : this.otherOf(node, []);
  }

  variableNamed(node: TreeNode, name: string): NameNode {
    return { ...this.name(node), name };
  }

  expandable(node: TreeNode, { isHere }: { isHere: boolean }): ProgramNode {
    if (node.hasError) return this.other(node);
    const inside = isHere ? this.hereText(node) : { start: node.start + 1, end: node.end - 1 };
    return this.textWithHoles(node, inside, {
      isHole: (type) => type === "variable" || type === "sub_expression",
      // `$(…)` puts several values together.
      read: (hole) => (isVariable(hole) ? this.node(hole) : this.read(hole)),
      escapeAt: expandableEscape(isHere),
    });
  }

  /** Between the line that begins a text and the one that ends it. */
  hereText({ start, end }: TreeNode): { start: number; end: number } {
    const from = this.text.indexOf("\n", start) + 1;
    const last = this.text.lastIndexOf("\n", end - 1);
    return { start: from, end: Math.max(from, this.text[last - 1] === "\r" ? last - 1 : last) };
  }

  textOrOther(
    node: TreeNode,
    { start, end }: { start: number; end: number },
    escapeAt: Parameters<typeof this.written>[2],
  ): ProgramNode {
    const text = node.hasError ? undefined : this.written(start, end, escapeAt);
    return text ? this.textLiteral(node, text) : this.other(node);
  }

  number(node: TreeNode): ProgramNode {
    const value = powershellNumber(this.sourceOf(node));
    return value === undefined ? this.other(node) : this.literal(node, value);
  }

  word(node: TreeNode): ProgramNode {
    return isPlainWord(this.sourceOf(node))
      ? this.textOrOther(node, node, () => undefined)
      : this.other(node);
  }

  entries(node: TreeNode): EntryNode[] {
    const body = namedChildren(node).flatMap((child) =>
      child.type === "hash_literal_body" ? namedChildren(child) : [],
    );
    return body.flatMap((entry) => {
      const [key, value] = namedChildren(entry);
      return entry.type === "hash_entry" && key && value
        ? [this.entry(entry, this.keyOf(key), this.node(value))]
        : [];
    });
  }

  keyOf(node: TreeNode): ProgramNode {
    const [inside] = namedChildren(node);
    if (inside?.type === "simple_name") return this.literal(inside, this.sourceOf(inside).toLowerCase());
    return this.lowered(inside ? this.node(inside) : this.other(node));
  }

  lowered(key: ProgramNode): ProgramNode {
    return key.kind === "literal" && typeof key.value === "string"
      ? { ...key, value: key.value.toLowerCase() }
      : key;
  }

  /** `@(…)`: all that its statements give, whose lists become parts of it. */
  array(node: TreeNode): ProgramNode {
    const items = namedChildren(node)
      .flatMap(namedChildren)
      .flatMap((statement) => {
        const value = this.node(statement);
        if (value.kind === "list") return value.items;
        const isOne = value.kind === "literal" || value.kind === "template" || value.kind === "object";
        return [isOne ? value : ({ kind: "spread", ...this.base(statement), value } as const)];
      });
    return { kind: "list", ...this.base(node), items };
  }
}

export const isVariable = ({ type }: TreeNode): boolean => type === "variable";

/** What the grammar wraps every expression in, by its precedence. */
const WRAPPERS = [
  "pipeline",
  "pipeline_chain",
  "bitwise_expression",
  "multiplicative_expression",
  "format_expression",
  "range_expression",
  "unary_expression",
  "integer_literal",
  "argument_expression",
  "logical_argument_expression",
  "bitwise_argument_expression",
  "comparison_argument_expression",
  "multiplicative_argument_expression",
  "format_argument_expression",
  "range_argument_expression",
  "left_assignment_expression",
];
