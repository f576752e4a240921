import type { ParsedText } from "./document.ts";
import { isErrorFault } from "./document.ts";
import { parseJson } from "./json/json.ts";

const EMPTY: ParsedText = { documents: [], faults: [], directives: [] };

/**
 * Parses a text as JSON or YAML, chosen by the file's extension or else by its first character. The YAML
 * parser is loaded on first use, unless the file is edited and has its own.
 */
export async function parseText(
  file: string,
  text: string,
  parseEdited?: (file: string, text: string) => ParsedText,
): Promise<ParsedText> {
  const parsed = parseWithoutYaml(file, text);
  if (parsed) return parsed;
  const parse = parseEdited
    ? (yaml: string) => parseEdited(file, yaml)
    : (await import("./yaml/yaml.ts")).parseYaml;
  return parseAsYaml(file, text, parse);
}

/** Like `parseText`, with a YAML parser that is already loaded. */
export const parseTextWith = (
  file: string,
  text: string,
  parseYaml: (text: string) => ParsedText,
): ParsedText => parseWithoutYaml(file, text) ?? parseAsYaml(file, text, parseYaml);

/**
 * Handles text that doesn't need the YAML parser: empty text, `.json` files, and valid JSON in any file.
 * Undefined for all other text.
 */
function parseWithoutYaml(file: string, text: string): ParsedText | undefined {
  if (text.trim() === "") return EMPTY;
  const kind = guessFormat(file, text);
  if (kind === "yaml") return undefined;
  const json = parseJson(text);
  return kind === "json" || json.documents.length > 0 ? json : undefined;
}

/** Text that is valid in neither format is reported as JSON if it begins like JSON. */
function parseAsYaml(file: string, text: string, parseYaml: (text: string) => ParsedText): ParsedText {
  const yaml = parseYaml(text);
  return yaml.faults.some(isErrorFault) && guessFormat(file, text) === "either" ? parseJson(text) : yaml;
}

function guessFormat(file: string, text: string): "json" | "yaml" | "either" {
  const named = /\.(json|ya?ml)$/i.exec(file)?.[1]?.toLowerCase();
  if (named !== undefined) return named === "json" ? "json" : "yaml";
  return /^\s*[{[]/.test(text) ? "either" : "yaml";
}
