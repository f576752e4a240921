import type { EntryNode, ProgramNode } from "../model/node.ts";
import type { Escape, EscapeAt, ReadNode } from "../model/reader.ts";
import { ProgramReader } from "../model/reader.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../tree/syntax-tree.ts";

/** The language of Terraform and OpenTofu. A block is read as a call with its labels and an object. */
export class HclReader extends ProgramReader {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    body: (node) => this.otherOf(node, this.all(node)),
    block: (node) => this.blockOf(node),
    expression: (node) => this.expression(node),
    literal_value: this.inner,
    string_lit: (node) => this.quoted(node),
    numeric_lit: (node) => this.literal(node, Number(this.sourceOf(node))),
    bool_lit: (node) => this.literal(node, this.sourceOf(node) === "true"),
    null_lit: (node) => this.literal(node, null),
    template_expr: this.inner,
    quoted_template: (node) => this.quoted(node),
    heredoc_template: (node) => this.heredoc(node),
    template_interpolation: (node) => this.interpolation(node),
    variable_expr: this.inner,
    identifier: this.name,
    collection_value: this.inner,
    object: (node) => this.objectLiteral(node),
    tuple: (node) =>
      this.list({ ...node, children: node.children.filter(({ type }) => type === "expression") }),
    function_call: (node) => this.functionCall(node),
    operation: this.inner,
    unary_operation: (node) => this.unary(node),
    conditional: this.read,
    binary_operation: this.read,
    for_expr: this.read,
  };

  unary(node: TreeNode): ProgramNode {
    const [operand] = this.all(node);
    return this.negated(node, operand) ?? this.readOf(node, operand);
  }

  blockOf(node: TreeNode): ProgramNode {
    const [type, ...rest] = namedChildren(node);
    const body = rest.find((child) => child.type === "body");
    if (!type) return this.other(node);
    if (this.sourceOf(type) === "locals") return this.otherOf(node, this.locals(body));
    const labels = rest.filter((child) => child.type === "string_lit" || child.type === "identifier");
    const args = [...labels.map((label) => this.label(label)), this.bodyOf(node, body)];
    return this.call(node, this.name(type), args);
  }

  label(node: TreeNode): ProgramNode {
    return node.type === "identifier" ? this.literal(node, this.sourceOf(node)) : this.node(node);
  }

  /** Each local value is known as `local.name`. */
  locals(body: TreeNode | undefined): ProgramNode[] {
    return (body ? namedChildren(body) : []).map((attribute) => {
      const [name, value] = namedChildren(attribute);
      if (attribute.type !== "attribute" || !name || !value) return this.other(attribute);
      const target = { ...this.name(name), name: `local.${this.sourceOf(name)}` };
      return this.assign(attribute, target, this.node(value), "block");
    });
  }

  /** Attributes, and blocks as lists of what they hold. */
  bodyOf(node: TreeNode, body: TreeNode | undefined): ProgramNode {
    const entries: EntryNode[] = [];
    const blocks = new Map<string, { first: TreeNode; bodies: ProgramNode[] }>();
    for (const child of body ? namedChildren(body) : []) {
      const [name, value] = namedChildren(child);
      if (!name) continue;
      if (child.type === "attribute" && value)
        entries.push(this.entry(child, this.label(name), this.node(value)));
      if (child.type !== "block") continue;
      const { key, inner } = this.innerBlock(child, name);
      const known = blocks.get(key) ?? { first: child, bodies: [] };
      known.bodies.push(inner);
      blocks.set(key, known);
    }
    for (const [key, { first, bodies }] of blocks) {
      const list: ProgramNode = { kind: "list", ...this.base(first), items: bodies };
      entries.push(this.entry(first, this.literal(namedChildren(first)[0] ?? first, key), list));
    }
    return this.object(body ?? node, entries);
  }

  /** How many blocks a `dynamic` block makes, and what is in them, only the run knows. */
  innerBlock(node: TreeNode, name: TreeNode): { key: string; inner: ProgramNode } {
    const key = this.sourceOf(name);
    const [, label] = namedChildren(node);
    if (key === "dynamic" && label?.type === "string_lit")
      return { key: this.sourceOf(label).slice(1, -1), inner: this.other(node) };
    return {
      key,
      inner: this.bodyOf(
        node,
        namedChildren(node).find(({ type }) => type === "body"),
      ),
    };
  }

  /** A value, and what is taken out of it: `local.x`, `aws_x.y[0].arn`. */
  expression(node: TreeNode): ProgramNode {
    const [first, ...suffixes] = namedChildren(node);
    if (!first) return this.other(node);
    let value = this.node(first);
    for (const [index, suffix] of suffixes.entries()) {
      const upTo = { ...node, end: suffix.end, children: [] };
      const [name] = namedChildren(suffix);
      if (suffix.type === "get_attr" && name) {
        const isLocal = index === 0 && value.kind === "name" && value.name === "local";
        const nameSpan = { start: name.start, end: name.end };
        value = isLocal
          ? { ...this.name(upTo), name: `local.${this.sourceOf(name)}` }
          : { ...this.base(upTo), kind: "member", of: value, name: this.sourceOf(name), nameSpan };
      } else if (suffix.type === "index") value = this.itemOf(upTo, value, suffix);
      else value = { ...this.base(upTo), kind: "other", isRead: true, children: [value] };
    }
    return value;
  }

  /** `local.arns["x"]`, `local.paths[0]`. */
  itemOf(node: TreeNode, of: ProgramNode, index: TreeNode): ProgramNode {
    const [within = index] = namedChildren(index);
    const key = namedChildren(within).find(({ type }) => type === "expression");
    return key
      ? this.indexed(node, of, this.node(key))
      : { ...this.base(node), kind: "other", isRead: true, children: [of] };
  }

  interpolation(node: TreeNode): ProgramNode {
    const [expression] = namedChildren(node).filter(({ type }) => type === "expression");
    const value = expression && this.node(expression);
    const isKnown = value?.kind === "literal" || value?.kind === "name";
    return isKnown ? { ...value, ...this.base(node) } : this.read(node);
  }

  quoted(node: TreeNode): ProgramNode {
    return this.templateOf(node, { start: node.start + 1, end: node.end - 1 }, quotedEscape);
  }

  /** The grammar leaves out blanks beside holes: the text is everything between them. */
  templateOf(node: TreeNode, inside: { start: number; end: number }, escapeAt: EscapeAt): ProgramNode {
    const isHole = (type: string): boolean => HOLES.has(type);
    // `${~ x ~}` takes away the blanks beside it.
    const strips = node.children.some(
      (child) => isHole(child.type) && /^.\{~|~\}$/.test(this.sourceOf(child)),
    );
    if (node.hasError || strips) return this.read(node);
    return this.textWithHoles(node, inside, { isHole, read: this.node, escapeAt });
  }

  heredoc(node: TreeNode): ProgramNode {
    const [opening, closing] = node.children.filter(({ type }) => type === "heredoc_identifier");
    if (!opening || !closing || node.hasError) return this.other(node);
    const start = this.text.indexOf("\n", opening.end) + 1;
    const end = this.text.lastIndexOf("\n", closing.start) + 1;
    const isIndented = this.text[node.start + 2] === "-";
    const escapeAt = heredocEscape(isIndented ? indentation(this.text.slice(start, end)) : 0, start);
    return this.templateOf(node, { start, end }, escapeAt);
  }

  objectLiteral(node: TreeNode): ProgramNode {
    const entries = namedChildren(node).flatMap((element): EntryNode[] => {
      const [key, value] = [childAs(element, "key"), this.field(element, "val")];
      return key && value ? [this.entry(element, this.keyOf(key), value)] : [];
    });
    return this.object(node, entries);
  }

  /** A name by itself is a text; in parentheses it is a value. */
  keyOf(node: TreeNode): ProgramNode {
    const [only, ...more] = namedChildren(node);
    const isName = only?.type === "variable_expr" && more.length === 0;
    return isName ? this.literal(node, this.sourceOf(only)) : this.node(node);
  }

  functionCall(node: TreeNode): ProgramNode {
    const [name, args] = namedChildren(node);
    return name ? this.call(node, this.name(name), args ? this.all(args) : []) : this.other(node);
  }
}

const HOLES = new Set(["template_interpolation", "template_directive"]);

const NAMED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** `$${` and `%%{` stand for what would begin a hole. */
const markEscape = (source: string, at: number): Escape | undefined =>
  source.startsWith("$${", at) || source.startsWith("%%{", at)
    ? { length: 3, text: source.slice(at + 1, at + 3) }
    : undefined;

function quotedEscape(source: string, at: number): Escape | "unknown" | undefined {
  if (source[at] !== "\\") return markEscape(source, at);
  const named = NAMED[source[at + 1] ?? ""];
  if (named !== undefined) return { length: 2, text: named };
  const digits = /^(?:u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(source.slice(at + 1, at + 10));
  const code = Number.parseInt(digits?.[1] ?? digits?.[2] ?? "", 16);
  return digits && code <= 0x10ffff
    ? { length: 1 + digits[0].length, text: String.fromCodePoint(code) }
    : "unknown";
}

/** Of each line, the indentation that all lines have is left out. */
const heredocEscape =
  (indented: number, start: number): EscapeAt =>
  (source, at) => {
    const isLineStart = at === start || source[at - 1] === "\n";
    const length = isLineStart ? Math.min(indented, indentationAt(source, at)) : 0;
    return length > 0 ? { length, text: "" } : markEscape(source, at);
  };

function indentationAt(source: string, at: number): number {
  let end = at;
  while (source[end] === " " || source[end] === "\t") end++;
  return end - at;
}

function indentation(text: string): number {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.reduce((least, line) => Math.min(least, indentationAt(line, 0)), Number.MAX_SAFE_INTEGER);
}
