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

export const DOUBLE: StringForm = { open: '"', close: '"', escape: "\\" };
export const SINGLE: StringForm = { open: "'", close: "'", escape: "\\" };
export const TEXT_BLOCK: StringForm = { open: '"""', close: '"""', escape: "\\", isMultiline: true };
export const PLAIN = [DOUBLE, SINGLE] as const;

export const PYTHON_PREFIX = "(?<![A-Za-z0-9_])";
export const pythonStrings = (prefix: string, more: Partial<StringForm>): StringForm[] =>
  ['"""', "'''", '"', "'"].map((quote) => ({
    open: `${prefix}${quote}`,
    close: quote,
    escape: "\\",
    ...(quote.length === 3 && { isMultiline: true }),
    ...more,
  }));

export const TEMPLATE_LITERAL: StringForm = {
  open: "`",
  close: "`",
  escape: "\\",
  isMultiline: true,
  hole: "\\$\\{",
};

/** What closes a string that a bracket opens, as in `%x(…)`. */
export const closingBracket = (opening: string): string =>
  ({ "(": ")", "{": "}", "[": "]", "<": ">" })[opening.at(-1)!] ?? opening;

export const RUST = {
  open: 'r#{0,20}"',
  close: (opening: string) => `"${"#".repeat(opening.length - 2)}`,
  isMultiline: true,
} as const;
