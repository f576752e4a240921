import type { Document as YamlDocument } from "yaml";
import type { LineIndex } from "../../diagnostics/lines.ts";
import type { ParsedText } from "../document.ts";
import { faultFromYamlError } from "./errors.ts";
import { createYamlTree } from "./tree.ts";

/** Adds a document of a stream, or its first fault, to what was parsed. */
export function readDocument(
  document: YamlDocument.Parsed,
  lines: LineIndex,
  text: string,
  parsed: ParsedText,
): void {
  const error = document.errors[0];
  if (error) {
    parsed.faults.push(faultFromYamlError(error, document, lines, text));
    return;
  }
  const tree = createYamlTree(document, lines, text);
  if (tree.isAnchored) parsed.isAnchored = true;
  for (const fault of tree.faults) parsed.faults.push(fault);
  if (!tree.broken) parsed.documents.push(tree);
}
