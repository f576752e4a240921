import { Composer, type Document as YamlDocument, Parser } from "yaml";
import { quoted } from "../diagnostics/text.ts";
import type { Directive, Document, Fault, ParsedText } from "./document.ts";
import { MAX_DEPTH } from "./limits.ts";
import { deepest } from "./yaml-depth.ts";
import { readYamlTree, yamlSpan } from "./yaml-tree.ts";

/**
 * Reads YAML 1.2 (core schema): every document of a stream. A document with a syntax error yields its first
 * fault and no value; its neighbours are still read.
 */
export function parseYaml(text: string): ParsedText {
  const parsed: ParsedText = { documents: [], faults: [], directives: directivesOf(text) };
  const tokens = [...new Parser().parse(text)];
  const deep = tokens.map(deepest).find((place) => place.depth > MAX_DEPTH);
  if (deep) {
    parsed.faults.push({
      code: "document/too-large",
      span: { start: deep.offset, end: deep.offset + 1 },
      message: `more than ${MAX_DEPTH} mappings or lists inside each other`,
      help: "no AWS request nests that deep; check how the file was made",
    });
    return parsed;
  }
  // The library's own check for duplicate keys takes quadratic time; ours is part of reading the tree.
  const composer = new Composer({ version: "1.2", uniqueKeys: false, intAsBigInt: true, logLevel: "silent" });
  for (const document of composer.compose(tokens, true, text.length)) readDocument(document, text, parsed);
  return parsed;
}

function readDocument(document: YamlDocument.Parsed, text: string, parsed: ParsedText): void {
  const error = document.errors[0];
  if (error) {
    parsed.faults.push({ code: "document/syntax", span: errorSpan(error.pos, text), ...explained(error, text) });
    return;
  }
  const tree = readYamlTree(document, text);
  parsed.faults.push(...tree.faults);
  if (tree.broken) return;
  const read: Document = { value: tree.value, span: (path, at) => yamlSpan(document, path, at) };
  parsed.documents.push(read);
}

/** At least one character, and not beyond the text. */
function errorSpan([start, end]: readonly [number, number], text: string): { start: number; end: number } {
  const from = Math.min(start, text.length);
  const lineEnd = text.indexOf("\n", from);
  const most = lineEnd < 0 ? text.length : Math.max(lineEnd, from);
  return { start: from, end: Math.max(from, Math.min(end, most)) };
}

/** Our words for the mistakes that people make; the library's for the rest. */
const EXPLAINED: Partial<Record<string, { message?: string; help: string }>> = {
  TAB_AS_INDENT: { message: "a tab indents this line", help: "YAML indents with spaces only" },
  MULTILINE_IMPLICIT_KEY: {
    message: "a key may not span lines",
    help: "a `:` is probably missing, or the indentation differs from the lines above",
  },
  BAD_INDENT: { message: "this line's indentation fits no mapping or list around it", help: "align it with its neighbours" },
  BAD_ALIAS: { help: "an alias `*name` needs an anchor `&name` before it; quote text that starts with `*`" },
  MISSING_CHAR: { help: "a bracket, quote or colon is missing here or in the line above" },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a mapping may not start inside a value in the same line",
    help: "quote text that holds `: `",
  },
  BAD_COLLECTION_TYPE: { help: "the tag does not fit the value" },
  UNEXPECTED_TOKEN: { help: "quote text that starts with a special character" },
};

function explained(error: { code: string; message: string; pos: readonly [number, number] }, text: string) {
  const row = EXPLAINED[error.code];
  const [first = ""] = error.message.split("\n");
  const said = first.replace(/^./, (letter) => letter.toLowerCase()).replace(/[.:]$/, "");
  const help = templateHelp(text, error.pos[0]) ?? row?.help;
  return { message: row?.message ?? quotedYaml(said), ...(help && { help }) };
}

/** A template that is not rendered yet is the usual reason for odd braces. */
function templateHelp(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(start, start + 500).split("\n", 1)[0]!;
  return /\{\{|\{%/.test(line) ? "`{{` starts a mapping in YAML: quote a template expression, or check the rendered file" : undefined;
}

const quotedYaml = (message: string): string => message.replace(/^(.*?)(: )(.*)$/, (_m, what, colon, rest) => what + colon + quoted(rest));

const DIRECTIVE = /^\uFEFF?#\s*countersign:[ \t]*(.*)$/;
const PAIR = /([A-Za-z-]+)=(?:"([^"]*)"|'([^']*)'|(\S+))/g;

/** What a `# countersign: key=value …` comment in the first line says. */
function directivesOf(text: string): Directive[] {
  const [line = ""] = text.split("\n", 1);
  const said = DIRECTIVE.exec(line.replace(/\r$/, ""));
  if (!said) return [];
  const offset = line.indexOf(said[1]!, line.indexOf("countersign:") + "countersign:".length);
  return [...said[1]!.matchAll(PAIR)].map((pair) => ({
    key: pair[1]!,
    value: pair[2] ?? pair[3] ?? pair[4] ?? "",
    span: { start: offset + pair.index, end: offset + pair.index + pair[0].length },
  }));
}
