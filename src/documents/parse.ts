import type { ParsedText } from "./document.ts";
import { parseJson } from "./json/json.ts";

const EMPTY: ParsedText = { documents: [], faults: [], directives: [] };

/**
 * Reads a text as JSON or YAML, by the file's name where that tells, else by its first character.
 * The YAML reader is loaded when it is first needed.
 */
export async function parseText(file: string, text: string): Promise<ParsedText> {
  return withoutYaml(file, text) ?? withYaml(file, text, (await import("./yaml/yaml.ts")).parseYaml);
}

/** The same with a YAML reader that is loaded already. */
export const parseWith = (file: string, text: string, parseYaml: (text: string) => ParsedText): ParsedText =>
  withoutYaml(file, text) ?? withYaml(file, text, parseYaml);

/** Text that needs no YAML reader: none, JSON by name, or JSON without fault whatever the file is called. */
function withoutYaml(file: string, text: string): ParsedText | undefined {
  if (text.trim() === "") return EMPTY;
  const kind = kindOf(file, text);
  if (kind === "yaml") return undefined;
  const json = parseJson(text);
  return kind === "json" || json.documents.length > 0 ? json : undefined;
}

/** What may be either and is neither, is told as JSON: it begins like JSON. */
function withYaml(file: string, text: string, parseYaml: (text: string) => ParsedText): ParsedText {
  const yaml = parseYaml(text);
  return yaml.faults.length > 0 && kindOf(file, text) === "either" ? parseJson(text) : yaml;
}

function kindOf(file: string, text: string): "json" | "yaml" | "either" {
  const named = /\.(json|ya?ml)$/i.exec(file)?.[1]?.toLowerCase();
  if (named !== undefined) return named === "json" ? "json" : "yaml";
  return /^\s*[{[]/.test(text) ? "either" : "yaml";
}
