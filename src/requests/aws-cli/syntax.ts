import type { Command, ParsedScript, SyntaxNode } from "unbash";
import { forEachChild, parse } from "unbash";
import type { Span } from "../../diagnostics/lines.ts";
import type { Embedded } from "../../documents/embedded.ts";

/** A parsed shell text with all of its nodes, including those in substitutions and functions. */
export interface Syntax {
  script: ParsedScript;
  source: string;
  nodes: Placed[];
  /** The first syntax error. */
  error?: { at: number; message: string };
}

/** A syntax node, with the text that its offsets refer to. */
export interface Placed {
  node: SyntaxNode;
  source: string;
  inside: Embedded;
  inFunction: boolean;
}

/** Nesting limit of substitutions: each level is parsed again. */
const MAX_NESTING = 100;

/** In UTF-16 units. Longer texts are machine-made, and would take noticeably long to parse. */
export const MAX_SHELL_LENGTH = 1024 * 1024;

/** Parses a shell text; undefined if it can't be parsed at all. */
export function syntaxOf(inside: Embedded): Syntax | undefined {
  const source = inside.text;
  try {
    const script = parse(source);
    const walker = new Walker();
    walker.visit({ node: script, source, inside, inFunction: false }, 0);
    const errors = [...(script.errors ?? []), ...walker.errors];
    const first = errors.sort((a, b) => a.pos - b.pos)[0];
    return {
      script,
      source,
      nodes: walker.nodes,
      ...(first && { error: { at: first.pos, message: first.message } }),
    };
  } catch (error) {
    // The parser only throws when nesting exhausts the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

class Walker {
  readonly nodes: Placed[] = [];
  readonly errors: { pos: number; message: string }[] = [];

  visit(placed: Placed, depth: number): void {
    this.nodes.push(placed);
    if (depth > MAX_NESTING) {
      this.errors.push({ pos: placed.node.pos, message: "too many scripts inside each other" });
      return;
    }
    const { node, source } = placed;
    const inFunction = placed.inFunction || node.type === "Function";
    forEachChild(node, (child) => {
      const inside =
        child.type === "Script" && child.source !== undefined ? opaque(placed, node) : placed.inside;
      const text = child.type === "Script" ? (child.source ?? source) : source;
      if (child.type === "Script" && child.source === undefined) this.errors.push(...(child.errors ?? []));
      this.visit({ node: child, source: text, inside, inFunction }, depth + 1);
    });
  }
}

/**
 * Backquotes with escapes contain a script that differs from its source: only the position of the whole is
 * known.
 */
function opaque({ inside }: Placed, around: SyntaxNode): Embedded {
  const span: Span = inside.span({ start: around.pos, end: around.end });
  return { text: "", at: () => span.start, span: () => span };
}

export const isCommand = (placed: Placed): placed is Placed & { node: Command } =>
  placed.node.type === "Command";
