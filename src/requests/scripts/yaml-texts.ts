import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import { type Document, Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { readEmbeddedText } from "../../documents/embedded.ts";
import { toShellText } from "../aws-cli/shell-text.ts";
import { isObject } from "../request.ts";
import type { ScriptSite } from "../shell/site.ts";
import type { AddedLine } from "./joined.ts";
import { joinTexts, UNKNOWN_LINE } from "./joined.ts";
import type { Script } from "./kind.ts";

/** The text at a path as a script, with where it runs; empty if there is no text. */
export function readScriptAt(
  text: string,
  document: Document,
  path: Path,
  site: ScriptSite = {},
  fillIn = (inside: EmbeddedText): EmbeddedText => inside,
): Script[] {
  if (typeof valueAt(document.value, path) !== "string") return [];
  const inside = readEmbeddedText(text, document, path);
  return inside ? [{ shell: toShellText(fillIn(inside)), ...site }] : [];
}

/** The texts under several paths as one script, as a shell runs them that gets all of them. */
export function readJoinedScript(text: string, document: Document, paths: readonly Path[]): Script[] {
  const lines = paths.flatMap((path) => listLines(text, document, path));
  return lines.some((line) => "span" in line) ? [{ shell: toShellText(joinTexts(lines)) }] : [];
}

/** The lines of a script given as a text, or as a list of texts that may be nested. */
function listLines(text: string, document: Document, path: Path): (EmbeddedText | AddedLine)[] {
  const value = valueAt(document.value, path);
  if (Array.isArray(value)) return value.flatMap((_, index) => listLines(text, document, [...path, index]));
  if (typeof value === "string")
    return [readEmbeddedText(text, document, path)].filter((line) => line !== undefined);
  if (!isObject(value) && !(value instanceof Unknown)) return [];
  // A reference to lines elsewhere, or a step of another kind.
  return [{ text: UNKNOWN_LINE, at: document.span(path, "value").start }];
}

export const listMembers = (value: unknown): [string, unknown][] =>
  isObject(value) ? Object.entries(value) : [];

export const listItems = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
