import type { EmbeddedText } from "../../../documents/embedded.ts";
import { embedDecoded } from "../../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../../documents/written.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../tree/syntax-tree.ts";
import type {
  ArgumentNode,
  AssignNode,
  CallExpression,
  EntryNode,
  FlowNode,
  IndexNode,
  LiteralNode,
  MemberNode,
  NameNode,
  ObjectNode,
  OtherNode,
  ProgramNode,
  ScopeNode,
} from "./node.ts";

/** How one type of node of a grammar is read. */
export type ReadNode = (node: TreeNode) => ProgramNode;

/** What readers of all languages make nodes with. */
export abstract class ProgramReader {
  protected readonly text: string;
  protected abstract readonly types: Readonly<Record<string, ReadNode>>;

  constructor(text: string) {
    this.text = text;
  }

  /** What each node has. */
  protected base({ start, end, hasError }: TreeNode): Pick<ProgramNode, "span" | "hasError"> {
    return { span: { start, end }, hasError };
  }

  /** A node that ends before a bracket which nothing closes has an error: what it holds is beside it in the tree. */
  protected cutOff(node: TreeNode, end: number, bracket: "(" | "{"): TreeNode {
    let at = end;
    while (this.text[at] === " ") at += 1;
    return this.text[at] === bracket ? { ...node, hasError: true } : node;
  }

  module(root: TreeNode): ScopeNode {
    return this.scope(root, "module", this.all(root));
  }

  readonly node = (node: TreeNode): ProgramNode => {
    const read = Object.hasOwn(this.types, node.type) ? this.types[node.type] : undefined;
    return read ? read(node) : this.other(node);
  };

  protected all(node: TreeNode): ProgramNode[] {
    return namedChildren(node).map(this.node);
  }

  protected field(node: TreeNode, field: string): ProgramNode | undefined {
    const child = childAs(node, field);
    return child && this.node(child);
  }

  /** The only node inside, as in parentheses. */
  protected readonly inner: ReadNode = (node) => {
    const [first, ...more] = namedChildren(node);
    return first && more.length === 0 ? this.node(first) : this.other(node);
  };

  protected readonly other: ReadNode = (node) => this.otherOf(node, this.all(node));

  /** What only looks at the values in it. */
  protected readonly read: ReadNode = (node) => ({ ...this.otherOf(node, this.all(node)), isRead: true });

  /** The same, of operands that are read already: reading them twice at each level would take forever. */
  protected readOf(node: TreeNode, operand: ProgramNode | undefined): OtherNode {
    return { ...this.otherOf(node, [operand]), isRead: true };
  }

  protected otherOf(node: TreeNode, children: readonly (ProgramNode | undefined)[]): OtherNode {
    return {
      kind: "other",
      ...this.base(node),
      isRead: false,
      children: children.filter((child) => child !== undefined),
    };
  }

  protected readonly branch: ReadNode = (node) => this.flow(node, "branch");
  protected readonly loop: ReadNode = (node) => this.flow(node, "loop");
  protected readonly jump: ReadNode = (node) => this.flow(node, "jump");

  protected flow(
    node: TreeNode,
    how: FlowNode["how"],
    children: readonly (ProgramNode | undefined)[] = this.all(node),
  ): ProgramNode {
    return {
      kind: "flow",
      ...this.base(node),
      how,
      children: children.filter((child) => child !== undefined),
    };
  }

  protected scope(
    node: TreeNode,
    what: ScopeNode["what"],
    children: readonly (ProgramNode | undefined)[],
    name?: string,
  ): ScopeNode {
    return {
      kind: "scope",
      ...this.base(node),
      what,
      children: children.filter((child) => child !== undefined),
      ...(name !== undefined && { name }),
    };
  }

  protected readonly block: ReadNode = (node) => this.scope(node, "block", this.all(node));

  protected readonly name = (node: TreeNode): NameNode => ({
    kind: "name",
    ...this.base(node),
    name: this.sourceOf(node),
  });

  protected literal(node: TreeNode, value: LiteralNode["value"], text?: EmbeddedText): LiteralNode {
    return { kind: "literal", ...this.base(node), value, ...(text && { text }) };
  }

  /** A number in decimal notation; of a whole one, texts show the point. */
  protected float(node: TreeNode, value: number): LiteralNode {
    return { ...this.literal(node, value), ...(Number.isInteger(value) && { isFloat: true }) };
  }

  protected textLiteral(node: TreeNode, text: EmbeddedText): LiteralNode {
    return this.literal(node, text.text, text);
  }

  /** A text, or several that are put together. */
  protected template(node: TreeNode, parts: readonly ProgramNode[]): ProgramNode {
    const [only] = parts;
    const isWhole = parts.length === 1 && only?.kind === "literal" && typeof only.value === "string";
    return isWhole ? { ...only, ...this.base(node) } : { kind: "template", ...this.base(node), parts };
  }

  protected object(node: TreeNode, entries: ObjectNode["entries"]): ObjectNode {
    return { kind: "object", ...this.base(node), entries };
  }

  protected list: ReadNode = (node) => ({ kind: "list", ...this.base(node), items: this.all(node) });

  protected spread: ReadNode = (node) => {
    const [value] = namedChildren(node);
    return value ? { kind: "spread", ...this.base(node), value: this.node(value) } : this.other(node);
  };

  protected member(node: TreeNode, of: string, name: string): ProgramNode {
    const object = this.field(node, of);
    const last = childAs(node, name);
    return object && last ? this.memberNamed(node, object, last) : this.other(node);
  }

  protected memberNamed(node: TreeNode, of: ProgramNode, name: TreeNode): MemberNode {
    const nameSpan = { start: name.start, end: name.end };
    return { kind: "member", ...this.base(node), of, name: this.sourceOf(name), nameSpan };
  }

  protected index(node: TreeNode, of: string, key: string): ProgramNode {
    const [object, at] = [this.field(node, of), this.field(node, key)];
    return object && at ? this.indexed(node, object, at) : this.other(node);
  }

  protected indexed(node: TreeNode, of: ProgramNode, key: ProgramNode): IndexNode {
    return { kind: "index", ...this.base(node), of, key };
  }

  protected call(
    node: TreeNode,
    callee: ProgramNode,
    args: readonly ProgramNode[],
    isNew = false,
  ): CallExpression {
    return { kind: "call", ...this.base(node), callee, args, isNew };
  }

  protected argument(node: TreeNode, name: TreeNode, value: ProgramNode): ArgumentNode {
    const nameSpan = { start: name.start, end: name.end };
    return { kind: "argument", ...this.base(node), name: this.sourceOf(name), nameSpan, value };
  }

  protected entry(node: TreeNode, key: ProgramNode, value: ProgramNode): EntryNode {
    const name = key.kind === "literal" && typeof key.value === "string" ? key.value : undefined;
    return { kind: "entry", ...this.base(node), name, key, value };
  }

  protected assign(
    node: TreeNode,
    target: ProgramNode,
    value: ProgramNode | undefined,
    declares: AssignNode["declares"],
  ): AssignNode {
    return { kind: "assign", ...this.base(node), target, value, declares };
  }

  /** A stretch of text with holes in it, which are read otherwise. */
  protected textWithHoles(
    node: TreeNode,
    { start, end }: { start: number; end: number },
    { isHole, read, escapeAt }: { isHole: (type: string) => boolean; read: ReadNode; escapeAt: EscapeAt },
  ): ProgramNode {
    const parts: ProgramNode[] = [];
    let from = start;
    const addText = (to: number): void => {
      const text = this.written(from, to, escapeAt);
      const stretch = { ...node, start: from, end: to, children: [] };
      parts.push(text ? this.textLiteral(stretch, text) : this.other(stretch));
    };
    for (const hole of node.children.filter(({ type }) => isHole(type))) {
      if (hole.start > from) addText(hole.start);
      parts.push(read(hole));
      from = hole.end;
    }
    if (from < end || parts.length === 0) addText(Math.max(from, end));
    return this.template(node, parts);
  }

  /** `a + b`, where one of the two is a text; undefined for numbers, and for what isn't known. */
  protected sum(node: TreeNode, left: ProgramNode, right: ProgramNode): ProgramNode | undefined {
    if (!isText(left) && !isText(right)) return undefined;
    return this.template(
      node,
      [left, right].flatMap((part) => (part.kind === "template" ? part.parts : [part])),
    );
  }

  /** `!true`, `-5`; undefined for what isn't known. */
  protected negated(node: TreeNode, operand: ProgramNode | undefined): ProgramNode | undefined {
    const operator = this.text[node.start];
    if (operand?.kind !== "literal") return undefined;
    if (operator === "!" && typeof operand.value === "boolean") return this.literal(node, !operand.value);
    return operator === "-" && typeof operand.value === "number"
      ? { ...this.literal(node, -operand.value), ...(operand.isFloat && { isFloat: true }) }
      : undefined;
  }

  protected readonly returned: ReadNode = (node) => ({
    kind: "return",
    ...this.base(node),
    value: this.all(node)[0],
  });

  /** Each alternative runs by itself, or not at all; the condition is only looked at. */
  protected branches(node: TreeNode, alternatives: readonly string[]): ProgramNode {
    const parts = namedChildren(node).map((child) =>
      child.field !== undefined && alternatives.includes(child.field)
        ? this.flow(child, "branch", [this.node(child)])
        : this.node(child),
    );
    return { ...this.otherOf(node, parts), isRead: true };
  }

  protected sourceOf({ start, end }: { start: number; end: number }): string {
    return this.text.slice(start, end);
  }

  /** A text as it stands in the file, with escapes replaced; undefined where one can't be. */
  protected written(start: number, end: number, escapeAt: EscapeAt): EmbeddedText | undefined {
    const pieces = new DecodedTextBuilder(start);
    let from = start;
    for (let at = start; at < end; ) {
      const found = escapeAt(this.text, at);
      if (found === "unknown") return undefined;
      if (!found) {
        at++;
        continue;
      }
      pieces.copy(this.text, from, at);
      pieces.add(found.text, at, at + found.length);
      at += found.length;
      from = at;
    }
    pieces.copy(this.text, from, end);
    return embedDecoded(pieces);
  }
}

const isText = (node: ProgramNode): boolean =>
  node.kind === "template" || (node.kind === "literal" && typeof node.value === "string");

/** How much of the source an escape takes, and what it stands for. */
export interface Escape {
  length: number;
  text: string;
}

/** The escape at a place of a text; undefined for what stands for itself. */
export type EscapeAt = (source: string, at: number) => Escape | "unknown" | undefined;
