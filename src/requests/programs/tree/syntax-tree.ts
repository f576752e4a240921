import type { TreeCursor } from "web-tree-sitter";
import type { Span } from "../../../diagnostics/lines.ts";
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

export async function parseSyntax(grammar: Grammar, text: string): Promise<SyntaxTree> {
  const loaded = await grammarParser(grammar);
  const tree = loaded.parser.parse(text);
  if (!tree) throw new Error(`the parser of ${grammar} gave up`);
  try {
    return new TreeReader(tree.walk(), loaded, tree.rootNode.hasError).read();
  } finally {
    // The tree is in the memory of WebAssembly, where nothing is collected by itself.
    tree.delete();
  }
}

/** The first child with a field's name. */
export const childAs = (node: TreeNode, field: string): TreeNode | undefined =>
  node.children.find((child) => child.field === field);

export const childrenAs = (node: TreeNode, field: string): TreeNode[] =>
  node.children.filter((child) => child.field === field);

export const namedChildren = (node: TreeNode): TreeNode[] => node.children.filter(({ isNamed }) => isNamed);

/** Copies a tree out of WebAssembly, where each look at a node is a call. */
class TreeReader {
  readonly #cursor: TreeCursor;
  readonly #types: readonly string[];
  readonly #fields: readonly (string | null)[];
  /** Without one, no node needs to be asked. */
  readonly #mayHaveErrors: boolean;
  readonly #comments: Span[] = [];
  readonly #unread: Span[] = [];

  constructor(cursor: TreeCursor, { types, fields }: GrammarParser, mayHaveErrors: boolean) {
    this.#cursor = cursor;
    this.#types = types;
    this.#fields = fields;
    this.#mayHaveErrors = mayHaveErrors;
  }

  read(): SyntaxTree {
    const root = this.#node(0);
    this.#cursor.delete();
    return { root, comments: this.#comments, unread: this.#unread };
  }

  #node(depth: number): TreeNode {
    const cursor = this.#cursor;
    const { nodeTypeId, currentFieldId: field } = cursor;
    const [start, end] = [cursor.startIndex, cursor.endIndex];
    const children: TreeNode[] = [];
    let hasError =
      nodeTypeId >= ERROR_TYPE || (this.#mayHaveErrors && cursor.nodeIsMissing) || depth > MAX_DEPTH;
    if (depth > MAX_DEPTH) this.#unread.push({ start, end });
    else if (cursor.gotoFirstChild()) {
      do {
        if (this.#takeComment()) continue;
        const child = this.#node(depth + 1);
        hasError ||= child.hasError;
        children.push(child);
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return {
      type: this.#types[nodeTypeId] ?? "ERROR",
      start,
      end,
      isNamed: cursor.nodeIsNamed,
      field: field > 0 ? (this.#fields[field] ?? undefined) : undefined,
      children,
      hasError,
    };
  }

  #takeComment(): boolean {
    const cursor = this.#cursor;
    if (!COMMENTS.has(this.#types[cursor.nodeTypeId] ?? "")) return false;
    this.#comments.push({ start: cursor.startIndex, end: cursor.endIndex });
    return true;
  }
}

const COMMENTS = new Set(["comment", "line_comment", "block_comment"]);

/** The number that the engine gives to nodes of what it could not parse. */
const ERROR_TYPE = 65535;
