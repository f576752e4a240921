import type { Command, ParsedScript, SyntaxNode } from "unbash";
import { forEachChild, parse } from "unbash";
import type { Span } from "../../diagnostics/lines.ts";
import type { Embedded } from "../../documents/embedded.ts";

/** A shell text that was parsed, with every command in it, those in substitutions and functions too. */
export interface Syntax {
  script: ParsedScript;
  source: string;
  nodes: Placed[];
  /** Where the first thing stands that is no shell, and what it is. */
  error?: { at: number; message: string };
}

/** A node, and what its positions are positions in. */
export interface Placed {
  node: SyntaxNode;
  source: string;
  inside: Embedded;
  inFunction: boolean;
}

/** Scripts in scripts: nobody nests deeper, and each level is parsed again. */
const MAX_NESTING = 100;

/** Longer texts are made by machines; parsing and looking through them would be felt. */
export const MAX_SHELL_LENGTH = 1024 * 1024;

/** Undefined for a text that can't be parsed at all. */
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
    // Nothing but nesting that exhausts the stack makes the parser throw.
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

/** Backquotes with escapes in them hold a script that isn't written as it is read: its place is the whole. */
function opaque({ inside }: Placed, around: SyntaxNode): Embedded {
  const span: Span = inside.span({ start: around.pos, end: around.end });
  return { text: "", at: () => span.start, span: () => span };
}

export const isCommand = (placed: Placed): placed is Placed & { node: Command } =>
  placed.node.type === "Command";
