import type { Command, ParsedScript, SyntaxNode } from "unbash";
import { forEachChild, parse } from "unbash";
import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { opaqueText } from "../../documents/embedded.ts";

/** A parsed shell text with all of its nodes, including those in substitutions and functions. */
export interface ShellSyntax {
  script: ParsedScript;
  source: string;
  inside: EmbeddedText;
  nodes: LocatedNode[];
  /** The first syntax error. */
  error?: { at: number; message: string };
}

/** A syntax node, with the text that its offsets refer to. */
export interface LocatedNode {
  node: SyntaxNode;
  source: string;
  inside: EmbeddedText;
  inFunction: boolean;
  /** The node around it. */
  parent: LocatedNode | undefined;
}

/** Nesting limit of substitutions: each level is parsed again. */
const MAX_NESTING = 100;

/** In UTF-16 units. Longer texts are machine-made, and would take noticeably long to parse. */
export const MAX_SHELL_LENGTH = 1024 * 1024;

/** Parses a shell text; undefined if it can't be parsed at all. */
export function parseShell(inside: EmbeddedText): ShellSyntax | undefined {
  const source = dropLastBackslash(inside.text);
  try {
    const script = parse(source);
    const walker = new SyntaxWalker();
    walker.visit({ node: script, source, inside, inFunction: false, parent: undefined }, 0);
    const errors = [...(script.errors ?? []), ...walker.errors];
    const first = errors.sort((a, b) => a.pos - b.pos)[0];
    return {
      script,
      source,
      inside,
      nodes: walker.nodes,
      ...(first && { error: { at: first.pos, message: first.message } }),
    };
  } catch (error) {
    // The parser only throws when nesting exhausts the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Bash ignores a `\` that is the last byte of a script. */
const dropLastBackslash = (text: string): string =>
  /(?<!\\)(?:\\\\){0,100}\\$/.test(text) ? `${text.slice(0, -1)} ` : text;

class SyntaxWalker {
  readonly nodes: LocatedNode[] = [];
  readonly errors: { pos: number; message: string }[] = [];

  visit(placed: LocatedNode, depth: number): void {
    this.nodes.push(placed);
    if (depth > MAX_NESTING) {
      this.errors.push({ pos: placed.node.pos, message: "too many scripts inside each other" });
      return;
    }
    const { node, source } = placed;
    const inFunction = placed.inFunction || node.type === "Function";
    forEachChild(node, (child) => {
      const { source: text, inside } =
        child.type === "Script" ? locateScript(child, node, { source, inside: placed.inside }) : placed;
      if (child.type === "Script" && child.source === undefined) this.errors.push(...(child.errors ?? []));
      this.visit({ node: child, source: text, inside, inFunction, parent: placed }, depth + 1);
    });
  }
}

/** The text that the offsets of syntax nodes refer to. */
export type SyntaxSource = Pick<LocatedNode, "source" | "inside">;

/**
 * The text of a script in a substitution. Backquotes with escapes contain a script that differs from its
 * source: only the position of the whole is known.
 */
export function locateScript(script: ParsedScript, around: SyntaxNode, within: SyntaxSource): SyntaxSource {
  if (script.source === undefined) return within;
  const span: Span = within.inside.span({ start: around.pos, end: around.end });
  return { source: script.source, inside: opaqueText("", span) };
}

export const isCommand = (placed: LocatedNode): placed is LocatedNode & { node: Command } =>
  placed.node.type === "Command";
