import { quoted } from "../diagnostics/text.ts";
import type { Fault } from "./document.ts";
import { MAX_DEPTH } from "./limits.ts";

/** What each mistake in JSON is called, and what to do about it. `line` is where the open part began. */
interface Row {
  message: (found: string, line: number, name: string) => string;
  help?: (found: string, line: number, name: string) => string | undefined;
}

const ROWS = {
  value: { message: (found) => `expected a JSON value, found ${found}`, help: (found) => valueHelp(found) },
  key: { message: (found) => `expected a member name in double quotes, found ${found}`, help: (found) => keyHelp(found) },
  colon: { message: (found) => `expected \`:\` after the member name, found ${found}` },
  afterMember: {
    message: (found) => `expected \`,\` or \`}\` after a member, found ${found}`,
    help: (found) => (found.startsWith('`"') ? "put a comma between two members" : valueHelp(found)),
  },
  afterItem: {
    message: (found) => `expected \`,\` or \`]\` after an item, found ${found}`,
    help: () => "put a comma between two items",
  },
  trailingComma: { message: () => "JSON allows no comma after the last member or item", help: () => "remove the comma" },
  cutOff: {
    message: (_found, line) => `the text ends inside the object or list that opens in line ${line}`,
    help: () => "the closing bracket is missing, or the file was cut off",
  },
  openString: {
    message: () => "this string has no closing quote in its line",
    help: () => 'close it with `"`; write a line break inside a string as `\\n`',
  },
  badString: {
    message: () => "this string has an escape or a control character that JSON does not allow",
    help: () => 'the escapes are `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four hexadecimal digits',
  },
  afterEnd: {
    message: (found) => `the JSON value is complete, but the text goes on with ${found}`,
    help: () => "a JSON file holds one value; several requests go into a list under `requests`",
  },
  tooDeep: {
    message: () => `more than ${MAX_DEPTH} objects or lists inside each other`,
    help: () => "no AWS request nests that deep; check how the file was made",
  },
  duplicate: {
    message: (_found, line, name) => `the key ${quoted(name)} stands twice in this object, first in line ${line}`,
    help: () => "most readers silently take the last one: keep one of them",
  },
} satisfies Record<string, Row>;

const CODES: Partial<Record<keyof typeof ROWS, Fault["code"]>> = {
  duplicate: "document/duplicate-key",
  tooDeep: "document/too-large",
};

/** The fault of a kind at an offset of the text. */
export function jsonFault(kind: keyof typeof ROWS, text: string, at: number, line: number, name = ""): Fault {
  const { found, end } = token(text, at);
  const row: Row = ROWS[kind];
  const help = row.help?.(found, line, name);
  return {
    code: CODES[kind] ?? "document/syntax",
    span: { start: at, end },
    message: row.message(found, line, name),
    ...(help && { help }),
  };
}

/** The 1-based line that an offset is in. */
export function startsLine(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** The word or character at an offset, as a message shows it. */
function token(text: string, at: number): { found: string; end: number } {
  if (at >= text.length) return { found: "the end of the text", end: at };
  const word = /^(?:"[^"\n]{0,40}"?|[\w$.+-]+|.)/su.exec(text.slice(at, at + 60))?.[0] ?? text[at]!;
  return { found: quoted(word, 40), end: at + word.length };
}

function valueHelp(found: string): string | undefined {
  if (found.startsWith("`'")) return "JSON strings stand in double quotes";
  if (found === "`/`" || found === "`#`") return "JSON has no comments; YAML has";
  if (/^`(True|False|None)`$/.test(found)) return "JSON writes `true`, `false` and `null`";
  if (/^`[+.]|^`-?0\d|^`-?\d+\.`/.test(found)) return "a JSON number has no leading zeros or `+`, and digits around its `.`";
  if (/^`(NaN|-?Infinity|undefined)`/.test(found)) return "JSON has no such value";
  return /^`[A-Za-z_$]/.test(found) ? "strings stand in double quotes" : undefined;
}

function keyHelp(found: string): string | undefined {
  if (found.startsWith("`'") || /^`[A-Za-z_$]/.test(found)) return "JSON names stand in double quotes; YAML allows bare ones";
  return valueHelp(found);
}
