import { LineIndex } from "../../src/diagnostics/lines.ts";
import type { Path } from "../../src/diagnostics/pointer.ts";
import type { ParsedText } from "../../src/documents/document.ts";
import { parseJson } from "../../src/documents/json/json.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";

export const READERS = { json: parseJson, yaml: parseYaml } as const;

/** A fault as one line: code, place, message, and what to do. */
export function formatFaults(text: string, parsed: ParsedText): string[] {
  const lines = new LineIndex(text);
  return parsed.faults.map(({ code, span, message, help }) => {
    const { line, column, endLine, endColumn } = lines.place(span);
    const place = `${line}:${column}-${endLine === line ? "" : `${endLine}:`}${endColumn}`;
    return `${code} ${place} ${message}${help === undefined ? "" : ` / ${help}`}`;
  });
}

export const getValues = (parsed: ParsedText): unknown[] => parsed.documents.map(({ value }) => value);

/** The text that the place of a part covers, and the line and column where it begins. */
export function formatPart(text: string, parsed: ParsedText, path: Path, at: "key" | "value" = "value") {
  const span = parsed.documents[0]!.span(path, at);
  const { line, column } = new LineIndex(text).place(span);
  return `${line}:${column} ${text.slice(span.start, span.end)}`;
}
