import { Composer, type Document as YamlDocument } from "yaml";
import { LineIndex } from "../../diagnostics/lines.ts";
import { parseDirectives } from "../directives.ts";
import type { ParsedText } from "../document.ts";
import { MAX_DOCUMENT_DEPTH, MAX_YAML_LENGTH } from "../limits.ts";
import { readDocument } from "./stream.ts";
import { tokenizeYaml } from "./tokens.ts";
import { readTolerantly } from "./tolerance/index.ts";

/**
 * Parses all documents of a YAML 1.2 stream (core schema). A document with a syntax error yields its first
 * fault and no value; the other documents are still parsed.
 */
export function parseYaml(text: string): ParsedText {
  const parsed: ParsedText = { documents: [], faults: [], directives: parseDirectives(text) };
  if (text.length > MAX_YAML_LENGTH) {
    parsed.faults.push({
      code: "document/too-large",
      span: { start: 0, end: 1 },
      message: `this YAML is longer than ${MAX_YAML_LENGTH / 1024 / 1024} MiB`,
      help: "a request is far smaller; write it as JSON if it really is that large",
    });
    return parsed;
  }
  const composed = composeStream(text);
  if ("deepAt" in composed) {
    parsed.faults.push({
      code: "document/too-large",
      span: { start: composed.deepAt, end: composed.deepAt + 1 },
      message: `more than ${MAX_DOCUMENT_DEPTH} mappings or lists inside each other`,
      help: "no AWS request nests that deep; check how the file was made",
    });
    return parsed;
  }
  const lines = new LineIndex(text);
  for (const document of composed) readDocument(document, lines, text, parsed);
  return parsed.faults.some(({ code }) => code === "document/syntax")
    ? readTolerantly(text, composeStream, parsed)
    : parsed;
}

function composeStream(text: string): YamlDocument.Parsed[] | { deepAt: number } {
  const tokens = tokenizeYaml(text);
  if ("deepAt" in tokens) return tokens;
  // The library makes an error object for each fault, and nobody sees where in its code.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return [...new Composer(OPTIONS).compose(tokens, true, text.length)];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The schema is explicit so that a `%YAML 1.1` directive doesn't bring in its booleans (`yes`), dates and
 * merge keys. `uniqueKeys` is off because the library's check takes quadratic time; `readYamlTree` finds
 * duplicate keys.
 */
const OPTIONS = {
  version: "1.2",
  schema: "core",
  resolveKnownTags: false,
  uniqueKeys: false,
  intAsBigInt: true,
  logLevel: "silent",
} as const;
