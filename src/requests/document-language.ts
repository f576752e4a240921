import type { ParsedText } from "../documents/document.ts";
import { isObject } from "./request.ts";

/** Top-level keys by which documents of other tools are recognized, and what such documents are called. */
const LANGUAGES: readonly (readonly [key: string, language: string])[] = [
  ["Resources", "cloudformation"],
  ["planned_values", "terraform"],
  ["StartAt", "step-functions"],
  ["mainSteps", "ssm-document"],
];

/** What the documents of a file are written in, for messages. */
export function detectDocumentLanguage({ documents }: ParsedText, text: string): string {
  for (const { value } of documents) {
    const known = isObject(value) && LANGUAGES.find(([key]) => Object.hasOwn(value, key));
    if (known) return known[1];
  }
  return /^\s*[[{]/.test(text) ? "json" : "yaml";
}
