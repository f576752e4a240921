import type { EmbeddedText } from "../../documents/embedded.ts";
import { composeEmbedded, embedDecoded, replaceText } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { STAND_IN, WORD_STAND_IN } from "./argument.ts";

interface Expression {
  open: string;
  close: string;
  /** It may span lines. */
  lines: boolean;
  /** Stands for its text. */
  mark: string;
}

/**
 * Template expressions that are replaced before a shell reads the text. What GitHub Actions puts in is assumed to
 * stay within its word.
 */
const EXPRESSIONS: readonly Expression[] = [
  { open: "${{", close: "}}", lines: true, mark: WORD_STAND_IN },
  { open: "{{", close: "}}", lines: false, mark: STAND_IN },
  { open: "{%", close: "%}", lines: false, mark: STAND_IN },
];

/** `<FILE_SYSTEM>`, which a shell would take for two redirections. */
const CAPITALIZED_PLACEHOLDER = /(?<![<\w])<[A-Z][A-Z0-9_-]+>/g;
/** Also `<<FILE_SYSTEM>>`, unless it begins a document that a command reads, as in `<<EOF>>log`. */
const ANGLE_BRACKET_PLACEHOLDER =
  /(?<![<\w])(?:<[A-Za-z][\w .:-]*>|<<(?!EO[A-Z]|END)[A-Za-z][\w.:-]*>>(?!\w))/g;

/**
 * Prepares a text for the shell parser: template expressions become stand-ins of the same length, and line
 * breaks lose their CR. With `angled`, `<any words>` is a placeholder too, as in documentation.
 */
export function toShellText(inside: EmbeddedText, { angled = false } = {}): EmbeddedText {
  const filled = replaceTemplates(inside.text, angled ? ANGLE_BRACKET_PLACEHOLDER : CAPITALIZED_PLACEHOLDER);
  return toLiteralShellText(replaceText(inside, filled));
}

/** Prepares a text that no template engine fills in. */
export const toLiteralShellText = (inside: EmbeddedText): EmbeddedText =>
  inside.text.includes("\r\n") ? composeEmbedded(inside, removeCarriageReturns(inside.text)) : inside;

function replaceTemplates(text: string, angles: RegExp): string {
  let filled = text;
  for (const expression of EXPRESSIONS) filled = replaceExpressions(filled, expression);
  return filled.replace(angles, (found) => WORD_STAND_IN.repeat(found.length));
}

/** Linear in the length of the text. */
function replaceExpressions(text: string, { open, close, lines, mark }: Expression): string {
  let filled = "";
  let from = 0;
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, from)) {
    const end = text.indexOf(close, at + open.length);
    if (end < 0) break;
    const newline = lines ? -1 : text.indexOf("\n", at);
    const isOver = newline >= 0 && newline < end;
    const next = isOver ? at + open.length : end + close.length;
    filled += text.slice(from, at) + (isOver ? open : mark.repeat(next - at));
    from = next;
  }
  return filled + text.slice(from);
}

function removeCarriageReturns(text: string): EmbeddedText {
  const pieces = new DecodedTextBuilder(0);
  let from = 0;
  for (let at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", from)) {
    pieces.copy(text, from, at);
    from = at + 1;
  }
  pieces.copy(text, from, text.length);
  return embedDecoded(pieces);
}
