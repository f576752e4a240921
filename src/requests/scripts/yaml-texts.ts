import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import { embeddedText } from "../../documents/embedded.ts";
import { shellText } from "../aws-cli/shell-text.ts";
import { isObject } from "../request.ts";
import type { Script } from "./kind.ts";

/** The text at a path as a script; empty if there is no text. */
export function scriptAt(text: string, document: Document, path: Path): Script[] {
  if (typeof valueAt(document.value, path) !== "string") return [];
  const inside = embeddedText(text, document, path);
  return inside ? [{ shell: shellText(inside) }] : [];
}

export const membersOf = (value: unknown): [string, unknown][] =>
  isObject(value) ? Object.entries(value) : [];

export const itemsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
