import type { ParsedText } from "./document.ts";
import { parseJson } from "./json.ts";

const EMPTY: ParsedText = { documents: [], faults: [], directives: [] };

/**
 * Reads a text as JSON or YAML, by the file's name where that tells, else by its first character.
 * The YAML reader is loaded when it is first needed.
 */
export async function parseText(file: string, text: string): Promise<ParsedText> {
  return needsYaml(file, text)
    ? parseWith(file, text, (await import("./yaml.ts")).parseYaml)
    : parseWith(file, text, parseJson);
}

/** The same with a YAML reader that is loaded already. */
export function parseWith(file: string, text: string, parseYaml: (text: string) => ParsedText): ParsedText {
  if (text.trim() === "") return EMPTY;
  const kind = kindOf(file, text);
  if (kind === "json") return parseJson(text);
  if (kind === "yaml") return parseYaml(text);
  const json = parseJson(text);
  if (json.documents.length > 0) return json;
  const yaml = parseYaml(text);
  return yaml.faults.length > 0 ? json : yaml;
}

function kindOf(file: string, text: string): "json" | "yaml" | "either" {
  const named = /\.(json|ya?ml)$/i.exec(file)?.[1]?.toLowerCase();
  if (named !== undefined) return named === "json" ? "json" : "yaml";
  return /^\s*[{[]/.test(text) ? "either" : "yaml";
}

/** JSON that has no fault needs no YAML reader, whatever the file is called. */
function needsYaml(file: string, text: string): boolean {
  const kind = kindOf(file, text);
  return (
    text.trim() !== "" && (kind === "yaml" || (kind === "either" && parseJson(text).documents.length === 0))
  );
}
