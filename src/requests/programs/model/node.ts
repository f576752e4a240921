import type { Span } from "../../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../../documents/embedded.ts";

/**
 * What readers of languages make of a program: as much of it as decides which calls there are, what they are given, and
 * what may change that. Everything else is `Other`, with what stands inside it.
 */
export type ProgramNode =
  | LiteralNode
  | TemplateNode
  | ItemsNode
  | ObjectNode
  | EntryNode
  | SpreadNode
  | NameNode
  | MemberNode
  | IndexNode
  | CallExpression
  | ArgumentNode
  | AssignNode
  | ScopeNode
  | ReturnNode
  | ImportNode
  | FlowNode
  | OtherNode;

interface Base {
  readonly span: Span;
  readonly hasError: boolean;
  /** Set by the scopes of a program. */
  parent?: ProgramNode;
}

export interface LiteralNode extends Base {
  kind: "literal";
  value: string | number | bigint | boolean | null | undefined;
  /** Of a text: where each of its characters stands. */
  text?: EmbeddedText;
  /** A whole number with a point, which texts show: `1.0`. */
  isFloat?: boolean;
}

/** A text that is put together of others. */
export interface TemplateNode extends Base {
  kind: "template";
  parts: readonly ProgramNode[];
}

export interface ItemsNode extends Base {
  kind: "list";
  items: readonly ProgramNode[];
}

export interface ObjectNode extends Base {
  kind: "object";
  entries: readonly (EntryNode | SpreadNode)[];
}

export interface EntryNode extends Base {
  kind: "entry";
  /** Undefined where it is computed. */
  name: string | undefined;
  key: ProgramNode;
  value: ProgramNode;
}

/** `**x`, `*x`, `...x`. */
export interface SpreadNode extends Base {
  kind: "spread";
  value: ProgramNode;
}

export interface NameNode extends Base {
  kind: "name";
  name: string;
  /** Where it stands, others get to know where its value is, and may replace it: `&x`. */
  isAddress?: boolean;
  /** It is seen also from where the names around aren't: a constant, or a function. */
  isGlobal?: boolean;
}

export interface MemberNode extends Base {
  kind: "member";
  of: ProgramNode;
  name: string;
  nameSpan: Span;
}

export interface IndexNode extends Base {
  kind: "index";
  of: ProgramNode;
  key: ProgramNode;
}

export interface CallExpression extends Base {
  kind: "call";
  callee: ProgramNode;
  args: readonly ProgramNode[];
  isNew: boolean;
  /** It may give what it is given by name another value: PHP's functions take references without a word of the caller. */
  mayReplace?: boolean;
}

/** An argument by name. */
export interface ArgumentNode extends Base {
  kind: "argument";
  name: string;
  nameSpan: Span;
  value: ProgramNode;
}

export interface AssignNode extends Base {
  kind: "assign";
  target: ProgramNode;
  /** Absent where it is not one that is written down. */
  value: ProgramNode | undefined;
  /**
   * Where the name holds that this declares: `nearest` if no scope around has it already. Without one, it is given to a
   * name that is declared elsewhere.
   */
  declares: "block" | "function" | "nearest" | "everywhere" | undefined;
  /** What is put into the object that the name has already: `d |= {…}`. */
  merged?: ProgramNode;
  /** Other files may give the name another value. */
  isShared?: boolean;
  /** The last name of the type that is written beside it. */
  annotation?: string;
}

export interface ScopeNode extends Base {
  kind: "scope";
  what: "module" | "function" | "class" | "block";
  name?: string;
  /** The names around it are none to it, but those that are global. */
  isClosed?: boolean;
  /** A function that can be called above the place where it is declared. */
  isHoisted?: boolean;
  /** What a function returns that is nothing but an expression. */
  result?: ProgramNode;
  children: readonly ProgramNode[];
}

export interface ReturnNode extends Base {
  kind: "return";
  value: ProgramNode | undefined;
}

/** A name that is bound to a module, or to something in it. */
export interface ImportNode extends Base {
  kind: "import";
  module: string;
  /** What is imported out of the module; undefined for the module itself, `*` for all that is in it. */
  imported: string | undefined;
  local: NameNode | undefined;
}

/**
 * What runs any number of times: not at all, once, or, in a loop, again. With a jump, nothing runs in the order in which it
 * is written, or memory is written to that may belong to any name.
 */
export interface FlowNode extends Base {
  kind: "flow";
  how: "branch" | "loop" | "jump";
  children: readonly ProgramNode[];
}

export interface OtherNode extends Base {
  kind: "other";
  /** It only looks at the values of the names in it. */
  isRead: boolean;
  /** One of these is its value; undefined stands for one that has no members. */
  choices?: readonly (ProgramNode | undefined)[];
  children: readonly ProgramNode[];
}

type Children = { [Kind in ProgramNode["kind"]]: (node: ProgramNode & { kind: Kind }) => readonly Child[] };
type Child = ProgramNode | undefined;

const CHILDREN: Children = {
  literal: () => [],
  template: ({ parts }) => parts,
  list: ({ items }) => items,
  object: ({ entries }) => entries,
  // What is written once as key and value is mentioned once.
  entry: ({ key, value }) => (key === value ? [value] : [key, value]),
  spread: ({ value }) => [value],
  name: () => [],
  member: ({ of }) => [of],
  index: ({ of, key }) => [of, key],
  call: ({ callee, args }) => [callee, ...args],
  argument: ({ value }) => [value],
  assign: ({ target, value, merged }) => [target, value ?? merged],
  scope: ({ children }) => children,
  return: ({ value }) => [value],
  import: ({ local }) => [local],
  flow: ({ children }) => children,
  other: ({ children }) => children,
};

/** The nodes right inside a node, in order. */
export const childrenOf = (node: ProgramNode): readonly Child[] =>
  (CHILDREN[node.kind] as (node: ProgramNode) => readonly Child[])(node);

/** The nearest node around a node of which something holds. */
export function enclosing<T extends ProgramNode>(
  node: ProgramNode,
  holds: (node: ProgramNode) => node is T,
): T | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) if (holds(outer)) return outer;
  return undefined;
}

/** The positional arguments of a call. */
export const positional = ({ args }: CallExpression): ProgramNode[] =>
  args.filter(({ kind }) => kind !== "argument" && kind !== "spread");

export const namedArgument = ({ args }: CallExpression, name: string): ProgramNode | undefined =>
  args.find((arg): arg is ArgumentNode => arg.kind === "argument" && arg.name === name)?.value;

/** The text that a node is a literal of. */
export const textOfLiteral = (node: ProgramNode | undefined): string | undefined =>
  node?.kind === "literal" && typeof node.value === "string" ? node.value : undefined;

/** The last of the names of what is called: `client` of `boto3.Session().client(…)`. */
export const lastName = (node: ProgramNode | undefined): string | undefined =>
  node?.kind === "name" || node?.kind === "member" ? node.name : undefined;
