import type { Span } from "../../diagnostics/lines.ts";
import { endOfLine } from "../../diagnostics/lines.ts";
import { parseDirectives } from "../../documents/directives.ts";
import type { Directive } from "../../documents/document.ts";
import type { CommandDirectives } from "../aws-cli/directives.ts";
import { sayDirectives } from "../aws-cli/directives.ts";

/** How comments begin in languages: `#`, `//`, `--`, `/*`. */
const MARK = /^(?:#|\/\/|\/\*+|--)\s*(?=countersign:)/;

/** What comments at a call say of it: in the lines above it or its statement, inside it, or at its end. */
export function commentsAt(
  text: string,
  comments: readonly Span[],
  call: Span,
  statement: Span,
): CommandDirectives {
  const directing = directingComments(text, comments);
  if (directing.length === 0) return sayDirectives([]);
  const lines = new Set([call, statement].map(({ start }) => lineStart(text, start)));
  const end = endOfLine(text, call.end);
  const near = directing.filter(
    (comment) =>
      (comment.start >= call.start && comment.start <= end) ||
      [...lines].some((line) => isRightAbove(text, comments, comment, line)),
  );
  return sayDirectives(near.flatMap((comment) => directivesIn(text, comment)));
}

const DIRECTING = new WeakMap<readonly Span[], readonly Span[]>();

/** The comments of a program that say something of calls. */
function directingComments(text: string, comments: readonly Span[]): readonly Span[] {
  const directing =
    DIRECTING.get(comments) ??
    comments.filter(({ start, end }) => MARK.test(text.slice(start, Math.min(end, start + MAX_MARK))));
  DIRECTING.set(comments, directing);
  return directing;
}

/** A mark stands at the beginning of its comment. */
const MAX_MARK = 200;

const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

/** A comment that has its lines for itself, with nothing but other such comments between it and the line. */
function isRightAbove(text: string, comments: readonly Span[], comment: Span, line: number): boolean {
  if (comment.start >= line || text.slice(lineStart(text, comment.start), comment.start).trim() !== "")
    return false;
  let at = comment.end;
  for (const other of comments) {
    if (other.start < at || other.start >= line) continue;
    if (text.slice(at, other.start).trim() !== "") return false;
    at = other.end;
  }
  return text.slice(at, line).trim() === "" && !/\n[ \t\r]*\n/.test(text.slice(comment.end, line));
}

function directivesIn(text: string, { start, end }: Span): Directive[] {
  const comment = text.slice(start, end);
  const mark = MARK.exec(comment)?.[0];
  if (mark === undefined) return [];
  const body = comment.slice(mark.length);
  const said = body.endsWith("*/") ? body.slice(0, -2).trimEnd() : body;
  const offset = start + mark.length - 1;
  return parseDirectives(`#${said}`).map((directive) => ({
    ...directive,
    span: { start: directive.span.start + offset, end: directive.span.end + offset },
  }));
}
