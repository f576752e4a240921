import { quoted } from "../../diagnostics/text.ts";
import type { DocumentFault } from "../document.ts";
import { MAX_DOCUMENT_DEPTH } from "../limits.ts";

/**
 * Message and help of a JSON error. `line` is the line in which the enclosing part begins, or the first
 * duplicate.
 */
interface ErrorText {
  message: (found: string, line: number, name: string) => string;
  help?: (found: string, line: number, name: string) => string | undefined;
}

const ERROR_TEXTS = {
  value: {
    message: (found) => `expected a JSON value, found ${found}`,
    help: (found) => findValueHelp(found),
  },
  key: {
    message: (found) => `expected a member name in double quotes, found ${found}`,
    help: (found) => findKeyHelp(found),
  },
  colon: { message: (found) => `expected \`:\` after the member name, found ${found}` },
  afterMember: {
    message: (found) => `expected \`,\` or \`}\` after a member, found ${found}`,
    help: (found) => (found === "`]`" ? "an object closes with `}`" : findSeparatorHelp(found, "members")),
  },
  afterItem: {
    message: (found) => `expected \`,\` or \`]\` after an item, found ${found}`,
    help: (found) => (found === "`}`" ? "a list closes with `]`" : findSeparatorHelp(found, "items")),
  },
  trailingComma: {
    message: () => "JSON allows no comma after the last member or item",
    help: () => "remove the comma",
  },
  cutOff: {
    message: (_found, line) => `the text ends inside the object or list that opens in line ${line}`,
    help: () => "the closing bracket is missing, or the file was cut off",
  },
  openString: {
    message: () => "this string has no closing quote in its line",
    help: () => 'close it with `"`; write a line break inside a string as `\\n`',
  },
  escape: {
    message: (found) => `${found} is no escape that JSON has`,
    help: () =>
      'the escapes are `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four hexadecimal digits',
  },
  control: {
    message: (found) => `a string may not hold the control character ${found} as it is`,
    help: () => "write it as an escape: `\\t` for a tab, `\\u` and four hexadecimal digits for any other",
  },
  afterEnd: {
    message: (found) => `the JSON value is complete, but the text goes on with ${found}`,
    help: () => "a JSON file holds one value; several requests go into a list under `requests`",
  },
  tooDeep: {
    message: () => `more than ${MAX_DOCUMENT_DEPTH} objects or lists inside each other`,
    help: () => "no AWS request nests that deep; check how the file was made",
  },
  duplicate: {
    message: (_found, line, name) =>
      `the key ${quoted(name)} stands twice in this object, first in line ${line}`,
    help: () => "most readers silently take the last one: keep one of them",
  },
} satisfies Record<string, ErrorText>;

const CODES: Partial<Record<keyof typeof ERROR_TEXTS, DocumentFault["code"]>> = {
  duplicate: "document/duplicate-key",
  tooDeep: "document/too-large",
};

/** The fault of a kind at an offset of the text. */
export function createJsonFault(
  kind: keyof typeof ERROR_TEXTS,
  text: string,
  at: number,
  line: number,
  name = "",
): DocumentFault {
  const { found, end } = readToken(text, at);
  const row: ErrorText = ERROR_TEXTS[kind];
  const help = row.help?.(found, line, name);
  return {
    code: CODES[kind] ?? "document/syntax",
    span: { start: at, end },
    message: row.message(found, line, name),
    ...(help && { help }),
  };
}

/** The token at an offset, as messages quote it. */
function readToken(text: string, at: number): { found: string; end: number } {
  if (at >= text.length) return { found: "the end of the text", end: at };
  const word =
    /^(?:"[^"\n]{0,40}"?|[\w$.+-]+|\\u[^"\n]{0,4}|\\.|.)/su.exec(text.slice(at, at + 60))?.[0] ?? text[at]!;
  return { found: quoted(word, 40), end: at + word.length };
}

/** Help for a token that is no JSON value, by its quoted form (with backticks). */
const HELP: readonly (readonly [RegExp, string])[] = [
  [/^the end/, "the file was cut off"],
  [/^`['‘’“”]/, "JSON strings stand in straight double quotes"],
  [/^`[/#]`$/, "JSON has no comments; YAML has"],
  [/^`,`$/, "remove the comma, or write what is missing before it"],
  [/^`[^\S \t\r\n]`$/, "this is no ordinary space; write one"],
  [/^`(?:True|False|None)`$/, "JSON writes `true`, `false` and `null`"],
  [/^`(?:NaN|[+-]?Infinity|undefined)`$/, "JSON has no such value"],
  [/^`[+.\d-]/, "a JSON number is decimal, without leading zeros or `+`, and with digits around its `.`"],
  [/^`[\p{L}_$]/u, "strings stand in double quotes"],
];

const findValueHelp = (found: string): string | undefined => HELP.find(([looks]) => looks.test(found))?.[1];

/** After a complete value, the likely causes are a comment or a missing comma. */
const findSeparatorHelp = (found: string, parts: string): string | undefined =>
  /^`["'[{\w.$+-]/.test(found) ? `put a comma between two ${parts}` : findValueHelp(found);

function findKeyHelp(found: string): string | undefined {
  if (/^`[\p{L}_$'‘’“”]/u.test(found))
    return "JSON names stand in straight double quotes; YAML allows bare ones";
  return findValueHelp(found);
}
