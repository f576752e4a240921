import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import { readEmbeddedText } from "../../documents/embedded.ts";
import { toShellText } from "../aws-cli/shell-text.ts";
import { isObject } from "../request.ts";
import type { ScriptSite } from "../shell/site.ts";
import type { Script } from "./kind.ts";

/** The text at a path as a script, with where it runs; empty if there is no text. */
export function readScriptAt(text: string, document: Document, path: Path, site: ScriptSite = {}): Script[] {
  if (typeof valueAt(document.value, path) !== "string") return [];
  const inside = readEmbeddedText(text, document, path);
  return inside ? [{ shell: toShellText(inside), ...site }] : [];
}

export const listMembers = (value: unknown): [string, unknown][] =>
  isObject(value) ? Object.entries(value) : [];

export const listItems = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
