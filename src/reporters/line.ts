import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { escapeHarmful } from "../diagnostics/text.ts";
import { labelOf } from "./labels.ts";
import type { Paint } from "./paint.ts";
import { LABEL_STYLES } from "./paint.ts";

/**
 * Defuses a workflow command, which the GitHub Actions runner reads at the start of a line, also after white space.
 */
export const escapeLineStart = (text: string): string =>
  /^\s*::/.test(text) ? text.replace(":", "\\u{3a}") : text;

/** The name of a file, safe at the start of a line. */
export const formatFile = (file = "request"): string => escapeLineStart(escapeHarmful(file));

/** Formats `file:line:column`, which editors and terminals open. */
export function formatPlace({ file, line, column }: Pick<Diagnostic, "file" | "line" | "column">): string {
  const name = escapeHarmful(file ?? "request");
  return escapeLineStart(line === undefined ? name : `${name}:${line}:${column}`);
}

const LABEL_WIDTH = "warning".length;

/** A finding in one line, never wrapped: the message, how to mend it where that is short, and the code. */
export function toOneLine(diagnostic: Diagnostic, { paint }: { paint: Paint }): string {
  const { code, waiver } = diagnostic;
  const label = labelOf(diagnostic);
  const reason = waiver === undefined ? "" : ` (${escapeHarmful(waiver)})`;
  const head = paint(LABEL_STYLES[label], label.padEnd(LABEL_WIDTH));
  return `${head} ${formatPlace(diagnostic)}  ${formatShortMessage(diagnostic)}${reason}  [${escapeHarmful(code)}]`;
}

/** The message, with what is meant instead if the help begins with it. */
export function formatShortMessage({ message, help = "" }: Diagnostic): string {
  const meant = /^did you mean `[^`]*`\?/.exec(help);
  return escapeHarmful(meant ? `${message}: ${meant[0]}` : message);
}
