/** How a form of string is written; `open` and a computed `close` are sources of regular expressions and plain text. */
export interface StringForm {
  open: string;
  close: string | ((opening: string) => string);
  /** The character before which nothing ends the string. */
  escape?: "\\" | "`";
  isMultiline?: true;
  /** Where code begins inside the string; it ends with the brace that closes it. */
  hole?: string;
}

/** Where code begins in a plain string, up to the next brace: there is nothing in it that needs a closer look. */
export interface PlainHole {
  open: "${" | "{";
  /** Characters before the quote. */
  prefix: number;
}

export const DOUBLE: StringForm = { open: '"', close: '"', escape: "\\" };
export const SINGLE: StringForm = { open: "'", close: "'", escape: "\\" };
export const TEXT_BLOCK: StringForm = { open: '"""', close: '"""', escape: "\\", isMultiline: true };
export const PLAIN = [DOUBLE, SINGLE] as const;

export const TEMPLATE_LITERAL: StringForm = {
  open: "`",
  close: "`",
  escape: "\\",
  isMultiline: true,
  hole: "\\$\\{",
};

/** Strings in double and single quotes as a whole, without escapes. */
export const PLAIN_DOUBLE = '"[^"\\\\\\n]*"';
export const PLAIN_SINGLE = "'[^'\\\\\\n]*'";

const PLAIN_CODE = "[^{}\"'`#/<\\\\\\n]*";

/** Code in a string, without braces, comments and escapes, and with plain strings in these quotes. */
export const plainCode = (quotes: string): string => {
  const strings = [...quotes].map(
    (quote) => `${quote}(?!${quote}${quote})[^"'{}\\\\\\n]*${quote}(?!${quote})`,
  );
  return `${PLAIN_CODE}(?:(?:${strings.join("|")})${PLAIN_CODE})*`;
};

const PYTHON_PREFIX = "(?<![A-Za-z0-9_])";
const pythonStrings = (prefix: string, more: Partial<StringForm>): StringForm[] =>
  ['"""', "'''", '"', "'"].map((quote) => ({
    open: `${prefix}${quote}`,
    close: quote,
    escape: "\\",
    ...(quote.length === 3 && { isMultiline: true }),
    ...more,
  }));

/** `f"{name}"`, with holes that hold plain code. */
const pythonFormat = (quote: string): string =>
  `${PYTHON_PREFIX}[fF]${quote}(?!${quote}${quote})[^${quote}\\\\\\n{]*(?:\\{${plainCode(quote === '"' ? "'" : '"')}\\}[^${quote}\\\\\\n{]*)*${quote}`;

const PYTHON_HOLE: PlainHole = { open: "{", prefix: 1 };

/** The strings of Python. */
export const PYTHON_STRINGS = {
  strings: [
    ...pythonStrings(`${PYTHON_PREFIX}(?:[fF][rR]?|[rR][fF])`, { hole: "\\{(?!\\{)" }),
    ...pythonStrings(`(?:${PYTHON_PREFIX}(?:[rR][bB]?|[bB][rR]?|[uU]))?`, {}),
  ],
  plainString: `(?<![A-Za-z])(?:"""[^"\\\\]*"""|'''[^'\\\\]*'''|(?!""")${PLAIN_DOUBLE}|(?!''')${PLAIN_SINGLE})|${pythonFormat('"')}|${pythonFormat("'")}`,
  plainHoles: { f: PYTHON_HOLE, F: PYTHON_HOLE },
  maxPrefix: 2,
};

export const JAVA_STRINGS = {
  strings: [TEXT_BLOCK, DOUBLE],
  plainString: `(?!""")${PLAIN_DOUBLE}`,
} as const;

/** The strings of JavaScript and TypeScript. */
export const JAVASCRIPT_STRINGS = {
  strings: [TEMPLATE_LITERAL, ...PLAIN],
  plainString: `${PLAIN_DOUBLE}|${PLAIN_SINGLE}|\`[^\`\\\\$]*(?:\\$(?:\\{${plainCode("\"'")}\\}|(?!\\{))[^\`\\\\$]*)*\``,
  plainHoles: { "`": { open: "${", prefix: 0 } },
  hasRegexps: true,
} as const;

/** What closes a string that a bracket opens, as in `%x(…)`. */
export const closingBracket = (opening: string): string =>
  ({ "(": ")", "{": "}", "[": "]", "<": ">" })[opening.at(-1)!] ?? opening;

export const RUST = {
  open: 'r#{0,20}"',
  close: (opening: string) => `"${"#".repeat(opening.length - 2)}`,
  isMultiline: true,
} as const;

/** What nothing matches. */
export const NEVER = "[]";

export const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

const CLOSINGS = new WeakMap<StringForm, Map<string, RegExp>>();

/** What ends a string, or interrupts it. */
export function closingOf(form: StringForm, opening: string): RegExp {
  const known = CLOSINGS.get(form) ?? new Map<string, RegExp>();
  const closing = known.get(opening) ?? new RegExp(closingSource(form, opening), "g");
  CLOSINGS.set(form, known.set(opening, closing));
  return closing;
}

function closingSource({ close, escape: escaping, hole, isMultiline }: StringForm, opening: string): string {
  const end = typeof close === "string" ? close : escaped(close(opening));
  return [
    `(${escaping === undefined ? NEVER : `${escaped(escaping)}[\\s\\S]`})`,
    // A quote that is written twice stands for itself.
    `(${end === '"(?!")' ? '""' : end === "'(?!')" ? "''" : NEVER})`,
    `(${hole ?? NEVER})`,
    end,
    ...(isMultiline ? [] : ["\\n"]),
  ].join("|");
}
