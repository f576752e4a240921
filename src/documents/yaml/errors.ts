import type { Document as YamlDocument } from "yaml";
import { isCollection, isScalar, visit } from "yaml";
import type { LineIndex, Span } from "../../diagnostics/lines.ts";
import { escapeHarmful, quoted } from "../../diagnostics/text.ts";
import type { DocumentFault } from "../document.ts";

/** An error as the `yaml` library reports it: code, message and offsets. */
interface LibraryError {
  code: string;
  message: string;
  pos: readonly [number, number];
}

/** Our messages and help for common mistakes, by the library's error code. */
const BY_CODE: Partial<Record<string, { message?: string; help: string }>> = {
  TAB_AS_INDENT: { message: "a tab indents this line", help: "YAML indents with spaces only" },
  MULTILINE_IMPLICIT_KEY: {
    message: "a key may not span lines",
    help: "a `:` is probably missing, or the indentation differs from the lines above",
  },
  BAD_INDENT: {
    message: "this line's indentation fits no mapping or list around it",
    help: "align it with its neighbours",
  },
  BAD_ALIAS: { help: "an alias `*name` needs an anchor `&name` before it; quote text that starts with `*`" },
  BAD_DQ_ESCAPE: { help: "write a backslash as `\\\\`, or put the text in single quotes" },
  MISSING_CHAR: { help: "a bracket, quote, comma or colon is missing here or in the line above" },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a mapping may not start inside a value in the same line",
    help: "quote text that holds `: `",
  },
  BAD_COLLECTION_TYPE: { help: "the tag does not fit the value" },
  BAD_SCALAR_START: { help: "quote text that starts with a special character" },
  UNEXPECTED_TOKEN: { help: "quote text that starts with a special character" },
};

/** The same by the library's message, for codes that cover several mistakes. */
const BY_MESSAGE: readonly (readonly [RegExp, { message: string; help: string }])[] = [
  [
    / at node end$/,
    {
      message: "the value is complete, but the text goes on here",
      help: "check the indentation, or quote the whole text",
    },
  ],
  [
    /^Unexpected block-seq-ind on same line with key/,
    { message: "a list may not start in the line of its key", help: "put its first `- ` into the next line" },
  ],
  [
    /^Implicit map keys need to be followed by map values/,
    {
      message: "this is no `key: value`",
      help: "add what is missing, or indent the line if it goes on with the one above",
    },
  ],
  [
    /^Unexpected .*: "[\]}]"$/,
    { message: "this bracket closes nothing", help: "remove it, or quote text that holds it" },
  ],
  [
    /^Unexpected (?:,|empty item) in /,
    { message: "between two commas, or before the first, something is missing", help: "remove the comma" },
  ],
];

/** Converts a document's first error into a fault. */
export function faultFromYamlError(
  error: LibraryError,
  document: YamlDocument.Parsed,
  lines: LineIndex,
  text: string,
): DocumentFault {
  const open = describeUnclosed(error, document, lines, text);
  if (open) return { code: "document/syntax", ...open };
  const row = BY_MESSAGE.find(([words]) => words.test(error.message))?.[1] ?? BY_CODE[error.code];
  const help = findTemplateHelp(text, error.pos[0]) ?? row?.help;
  const message = row?.message ?? rewordMessage(error.message);
  return { code: "document/syntax", span: clampSpan(error.pos, text), message, ...(help && { help }) };
}

/** Covers at least one character, within one line and the text. */
function clampSpan([start, end]: readonly [number, number], text: string): Span {
  const from = Math.min(start, text.length);
  const lineEnd = text.indexOf("\n", from);
  const most = lineEnd < 0 ? text.length : Math.max(lineEnd, from);
  return { start: from, end: Math.max(from, Math.min(end, most)) };
}

/** Where what an error is about begins: a quote or bracket that is never closed, or where the error is. */
export function findErrorStart(error: LibraryError, document: YamlDocument.Parsed, text: string): number {
  const { quote, bracket } = parseUnclosed(error);
  const start = quote || bracket ? findOpening(document, error.pos[0], quote, text) : undefined;
  return start ?? Math.min(error.pos[0], text.length);
}

const parseUnclosed = ({ message }: LibraryError) => ({
  quote: /^Missing closing (["'])/.exec(message)?.[1],
  bracket: /^Flow .* must .*end with a ([\]}])/.exec(message)?.[1],
});

/** A quote or bracket that is never closed is reported where it opens, not at the end of the text. */
function describeUnclosed(
  error: LibraryError,
  document: YamlDocument.Parsed,
  lines: LineIndex,
  text: string,
) {
  const { quote, bracket } = parseUnclosed(error);
  if (!quote && !bracket) return undefined;
  const start = findOpening(document, error.pos[0], quote, text);
  if (start === undefined) return undefined;
  const help = findTemplateHelp(text, start);
  if (quote) {
    const message = `this text has no closing \`${quote}\``;
    return { span: clampSpan([start, start + 1], text), message, help: help ?? `close it with \`${quote}\`` };
  }
  const { line } = lines.place({ start, end: start });
  return {
    span: clampSpan(error.pos, text),
    message: `the ${bracket === "]" ? "list" : "mapping"} that opens in line ${line} is not closed before here`,
    help: help ?? `close it with \`${bracket}\`, or put a comma before what follows`,
  };
}

/** The start of the innermost node before an offset that lacks its closing quote or bracket. */
function findOpening(document: YamlDocument.Parsed, end: number, quote: string | undefined, text: string) {
  let start: number | undefined;
  visit(document, {
    Node(_key, node) {
      const [from, to] = node.range ?? [0, 0];
      const fits = quote ? isScalar(node) && text[from] === quote : isCollection(node) && node.flow;
      if (fits && from < end && to >= end - 1) start = from;
    },
  });
  return start;
}

/** Messages of the library that end in text from the file. */
const ENDS_IN_TEXT =
  /^(.*(?: token(?: in YAML \w+)?: | characters: | character | scalar indicator |escape sequence | tag: ))(.+)$/s;

/**
 * Rewrites the library's message in our style: lower case, with symbols and text from the file in backticks.
 */
function rewordMessage(original: string): string {
  const message = original.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase()).replace(/[.:]$/, "");
  const [, words, users] = ENDS_IN_TEXT.exec(message.slice(0, 1000)) ?? [];
  if (words && users) return `${words}${quoted(users)}`;
  return escapeHarmful(message.slice(0, 200)).replace(/(?<= )[^\w\s`](?=[ ,]|$)/g, "`$&`");
}

/** Odd braces usually come from a template that has not been rendered yet. */
export function findTemplateHelp(text: string, offset: number): string | undefined {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(start, start + 500).split("\n", 1)[0]!;
  return /\{\{|\{%/.test(line)
    ? "`{{` starts a mapping in YAML: quote a template expression, or check the rendered file"
    : undefined;
}
