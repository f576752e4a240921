import type { ParsedText } from "./document.ts";
import { parseJson } from "./json.ts";

const EMPTY: ParsedText = { documents: [], faults: [], directives: [] };

/**
 * Reads a text as JSON or YAML, by the file's name where that tells, else by its first character.
 * The YAML reader is loaded when it is first needed.
 */
export async function parseText(file: string, text: string): Promise<ParsedText> {
  if (text.trim() === "") return EMPTY;
  const named = /\.(json|ya?ml)$/i.exec(file)?.[1]?.toLowerCase();
  if (named === "json") return parseJson(text);
  if (named === undefined && /^\s*[{[]/.test(text)) {
    const json = parseJson(text);
    if (json.documents.length > 0) return json;
    const yaml = await readYaml(text);
    return yaml.faults.length > 0 ? json : yaml;
  }
  return readYaml(text);
}

const readYaml = async (text: string): Promise<ParsedText> => (await import("./yaml.ts")).parseYaml(text);
