import type { PlainHole, StringForm } from "./string-forms.ts";

/** A programming language, as far as comments, strings and calls need it. */
export interface ProgramLanguage {
  name: string;
  /** Endings of file names, in small letters. */
  endings: readonly string[];
  /** Whole names of files. */
  files?: readonly string[];
  /** The interpreter that the first line names. */
  interpreter?: RegExp;
  lineComments: readonly string[];
  blockComments?: readonly (readonly [string, string])[];
  strings: readonly StringForm[];
  /** Most strings, and most comments, as a whole, to save time: these match only what the others match, with the same end. */
  plainString?: string;
  plainComment?: string;
  /** The holes that plain strings may have, by the first character of such a string. */
  plainHoles?: Readonly<Record<string, PlainHole>>;
  /** Strings begin with a quote, behind as many letters at most. */
  maxPrefix?: number;
  /** `'x'` is a character and `'x` may be something else. */
  hasChars?: true;
  /** `<<EOT` and its like: the second group is the word that ends the text. */
  heredoc?: RegExp;
  /** `/x/` is a regular expression where no operand stands before it. */
  hasRegexps?: true;
  /** `Name{…}` makes an object. */
  makesWithBraces?: true;
  /** `Name(…)` makes an object, without `new`. */
  makesWithParens?: true;
  /** Commands stand in it as such: `aws fsx create-data-repository-task`. */
  runsCommands?: true;
  /** What stands before a method's name where that is no dot: `client$create_x`. */
  receives?: RegExp;
  /** How a function is applied without parentheses. */
  application?: { before: RegExp; after: RegExp };
  /** What functions that make requests are called, before the operation's name. */
  makers?: RegExp;
  /** Names of functions have hyphens and stand behind a slash: `(fsx/create-x …)`. */
  namesInKebab?: true;
  /** Only keyword arguments reach the API: a positional one belongs to a wrapper. */
  takesKeywords?: true;
}
