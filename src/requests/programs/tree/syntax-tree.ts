import type { Span } from "../../../diagnostics/lines.ts";
import { CondensedText } from "./condensed.ts";
import { Cursor } from "./cursor.ts";
import type { Grammar, GrammarParser } from "./grammars.ts";
import { grammarParser } from "./grammars.ts";

/** A node of a syntax tree. Comments are no nodes: they may stand anywhere. */
export interface TreeNode extends Span {
  readonly type: string;
  /** False for punctuation and keywords. */
  readonly isNamed: boolean;
  /** What the node is to its parent. */
  readonly field: string | undefined;
  readonly children: readonly TreeNode[];
  /** It holds a syntax error, or nests deeper than is read. */
  readonly hasError: boolean;
}

export interface SyntaxTree {
  root: TreeNode;
  /** In order. */
  comments: readonly Span[];
  /** What nests deeper than is read. */
  unread: readonly Span[];
}

/** Deeper than people write, and far from where the stack of Node ends. */
const MAX_DEPTH = 400;

/** The syntax tree of a text, without stretches that may be left out: not if there is an error in what remains. */
export async function parseSyntax(
  grammar: Grammar,
  text: string,
  omitted: readonly Span[] = [],
): Promise<SyntaxTree> {
  const loaded = await grammarParser(grammar);
  const condensed = omitted.length > 0 ? new CondensedText(text, omitted) : undefined;
  const tree = loaded.parse(condensed?.text ?? text);
  if (!tree) throw new Error(`the parser of ${grammar} gave up`);
  try {
    const { hasError } = tree.rootNode;
    if (!condensed || !hasError)
      return new TreeReader(new Cursor(loaded.engine, tree), loaded, hasError, condensed).read();
  } finally {
    // The tree is in the memory of WebAssembly, where nothing is collected by itself.
    tree.delete();
  }
  return parseSyntax(grammar, text);
}

/** The first child with a field's name. */
export const childAs = (node: TreeNode, field: string): TreeNode | undefined =>
  node.children.find((child) => child.field === field);

export const childrenAs = (node: TreeNode, field: string): TreeNode[] =>
  node.children.filter((child) => child.field === field);

export const namedChildren = (node: TreeNode): TreeNode[] => node.children.filter(({ isNamed }) => isNamed);

/** Copies a tree out of WebAssembly, where each look at a node is a call: none is asked for what its type tells. */
class TreeReader {
  readonly #cursor: Cursor;
  readonly #grammar: GrammarParser;
  /** Without one, no node needs to be asked. */
  readonly #mayHaveErrors: boolean;
  readonly #condensed: CondensedText | undefined;
  readonly #comments: Span[] = [];
  readonly #unread: Span[] = [];

  constructor(
    cursor: Cursor,
    grammar: GrammarParser,
    mayHaveErrors: boolean,
    condensed: CondensedText | undefined,
  ) {
    this.#cursor = cursor;
    this.#grammar = grammar;
    this.#mayHaveErrors = mayHaveErrors;
    this.#condensed = condensed;
  }

  read(): SyntaxTree {
    const { type } = this.#cursor;
    const root = this.#node(type, this.#grammar.types[type] ?? ERROR, 0);
    this.#cursor.delete();
    return { root, comments: this.#comments, unread: this.#unread };
  }

  #node(typeId: number, type: string, depth: number): TreeNode {
    const cursor = this.#cursor;
    const start = this.#start();
    if (!this.#mayHaveErrors && PUNCTUATION.has(type)) return punctuation(type, start);
    const { field } = cursor;
    const end = this.#end(start);
    const isDeep = depth > MAX_DEPTH;
    if (isDeep) this.#unread.push({ start, end });
    const children = isDeep || LEAVES.has(type) ? NONE : this.#children(depth + 1);
    const hasError =
      isDeep || typeId >= ERROR_TYPE || children.some((child) => child.hasError) || this.#isMissing();
    return {
      type,
      start,
      end,
      isNamed: this.#grammar.isNamed[typeId] ?? true,
      field: field > 0 ? (this.#grammar.fields[field] ?? undefined) : undefined,
      children,
      hasError,
    };
  }

  #start(): number {
    const { start } = this.#cursor;
    return this.#condensed?.startOf(start) ?? start;
  }

  /** A token that is missing takes no place. */
  #end(start: number): number {
    const { end } = this.#cursor;
    return this.#condensed ? Math.max(start, this.#condensed.endOf(end)) : end;
  }

  #isMissing(): boolean {
    return this.#mayHaveErrors && this.#cursor.isMissing;
  }

  #children(depth: number): readonly TreeNode[] {
    const cursor = this.#cursor;
    if (!cursor.toFirstChild()) return NONE;
    const children: TreeNode[] = [];
    do {
      const typeId = cursor.type;
      const type = this.#grammar.types[typeId] ?? ERROR;
      if (COMMENTS.has(type)) {
        const start = this.#start();
        this.#comments.push({ start, end: this.#end(start) });
      } else children.push(this.#node(typeId, type, depth));
    } while (cursor.toNextSibling());
    cursor.toParent();
    return children;
  }
}

const NONE: readonly TreeNode[] = [];

/** Tokens that are what their type says, and are nothing to their parents. */
const PUNCTUATION = new Set(["(", ")", "[", "]", "{", "}", ",", ";", ":"]);

const punctuation = (type: string, start: number): TreeNode => ({
  type,
  start,
  end: start + type.length,
  isNamed: false,
  field: undefined,
  children: NONE,
  hasError: false,
});

/** Nodes in which there is nothing else, in any grammar. */
const LEAVES = new Set([
  "identifier",
  "property_identifier",
  "shorthand_property_identifier",
  "type_identifier",
  "field_identifier",
  "package_identifier",
]);

const COMMENTS = new Set(["comment", "line_comment", "block_comment"]);

/** The number and the name of nodes of what could not be parsed. */
const ERROR_TYPE = 65535;
const ERROR = "ERROR";
