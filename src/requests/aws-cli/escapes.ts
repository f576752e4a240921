/** The length of an escape and the text that it stands for. */
export interface ShellEscape {
  length: number;
  text: string;
}

/**
 * Outside of quotes a backslash makes any character literal; a backslash before a line break removes both.
 */
export const readUnquotedEscape = (source: string, at: number): ShellEscape | undefined => {
  if (at + 1 >= source.length) return undefined;
  if (source.startsWith("\r\n", at + 1)) return { length: 3, text: "" };
  const next = source[at + 1]!;
  return { length: 2, text: next === "\n" ? "" : next };
};

/** In double quotes a backslash only escapes characters that are special there. */
export const readDoubleQuotedEscape = (source: string, at: number): ShellEscape | undefined => {
  const escaped = readUnquotedEscape(source, at);
  return escaped && (escaped.text === "" || /[$`"\\]/.test(escaped.text)) ? escaped : undefined;
};

/** In a here-document a double quote is an ordinary character. */
export const readHereDocumentEscape = (source: string, at: number): ShellEscape | undefined =>
  source[at + 1] === '"' ? undefined : readDoubleQuotedEscape(source, at);

const NAMED: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "?": "?",
};

const NUMBERED: readonly (readonly [RegExp, number])[] = [
  [/\\([0-7]{1,3})/y, 8],
  [/\\x([\da-fA-F]{1,2})/y, 16],
  [/\\u([\da-fA-F]{1,4})/y, 16],
  [/\\U([\da-fA-F]{1,8})/y, 16],
];

/** The escapes of `$'…'` (bash manual, "ANSI-C Quoting"). */
export const readAnsiEscape = (source: string, at: number): ShellEscape | undefined => {
  const named = NAMED[source[at + 1] ?? ""];
  if (named !== undefined) return { length: 2, text: named };
  for (const [form, base] of NUMBERED) {
    form.lastIndex = at;
    const found = form.exec(source);
    if (!found) continue;
    const code = Number.parseInt(found[1]!, base);
    return { length: found[0].length, text: code <= 0x10ffff ? String.fromCodePoint(code) : "" };
  }
  if (source[at + 1] === "c" && source[at + 2] !== undefined) {
    return { length: 3, text: String.fromCharCode(source.charCodeAt(at + 2) & 0x1f) };
  }
  return undefined;
};
