import type { StringForm } from "./string-forms.ts";
import {
  closingBracket,
  DOUBLE,
  JAVA_STRINGS,
  JAVASCRIPT_STRINGS,
  PLAIN,
  PLAIN_DOUBLE,
  PYTHON_STRINGS,
  RUST,
  SINGLE,
  TEMPLATE_LITERAL,
  TEXT_BLOCK,
} from "./string-forms.ts";

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
  /** Only keyword arguments reach the API: a positional one belongs to a wrapper. */
  takesKeywords?: true;
}

const C_COMMENTS = {
  lineComments: ["//"],
  blockComments: [["/*", "*/"]],
  plainComment: "//[^\\n]*",
} as const;
const HASH = { lineComments: ["#"] } as const;

/** What is known of each language; a new one is a row. */
const LANGUAGES: readonly ProgramLanguage[] = [
  {
    name: "python",
    endings: ["py", "pyw", "pyi", "pyx", "bzl", "star"],
    files: ["SConstruct", "wscript", "Tiltfile", "Snakefile"],
    interpreter: /\bpython[\d.]*\b/,
    ...HASH,
    ...PYTHON_STRINGS,
    plainComment: "#[^\\n]*",
    takesKeywords: true,
  },
  {
    name: "javascript",
    endings: ["js", "jsx", "mjs", "cjs", "vue", "svelte", "astro"],
    interpreter: /\b(?:node|deno|bun)\b/,
    ...C_COMMENTS,
    ...JAVASCRIPT_STRINGS,
  },
  {
    name: "typescript",
    endings: ["ts", "tsx", "mts", "cts"],
    interpreter: /\b(?:ts-node|tsx)\b/,
    ...C_COMMENTS,
    ...JAVASCRIPT_STRINGS,
  },
  {
    name: "go",
    endings: ["go"],
    ...C_COMMENTS,
    strings: [{ open: "`", close: "`", isMultiline: true }, DOUBLE],
    plainString: `${PLAIN_DOUBLE}|\`[^\`]*\``,
    hasChars: true,
    makesWithBraces: true,
  },
  { name: "java", endings: ["java"], ...C_COMMENTS, ...JAVA_STRINGS, hasChars: true },
  {
    name: "kotlin",
    endings: ["kt", "kts"],
    ...C_COMMENTS,
    strings: [
      { open: '"""', close: '"""', isMultiline: true, hole: "\\$\\{" },
      { ...DOUBLE, hole: "\\$\\{" },
    ],
    hasChars: true,
    makesWithBraces: true,
    makesWithParens: true,
  },
  {
    name: "scala",
    endings: ["scala", "sc"],
    ...C_COMMENTS,
    strings: [
      { open: '"""', close: '"""', isMultiline: true, hole: "\\$\\{" },
      { ...DOUBLE, hole: "\\$\\{" },
    ],
    hasChars: true,
    makesWithParens: true,
  },
  {
    name: "groovy",
    endings: ["groovy", "gradle"],
    files: ["Jenkinsfile"],
    ...C_COMMENTS,
    strings: [
      { ...TEXT_BLOCK, hole: "\\$\\{" },
      { open: "'''", close: "'''", escape: "\\", isMultiline: true },
      { ...DOUBLE, hole: "\\$\\{" },
      SINGLE,
    ],
  },
  {
    name: "ruby",
    endings: ["rb", "rake", "gemspec", "ru", "cr"],
    files: ["Rakefile", "Gemfile", "Vagrantfile", "Fastfile", "Capfile"],
    interpreter: /\bruby\b/,
    ...HASH,
    blockComments: [["\n=begin", "\n=end"]],
    strings: [
      { ...DOUBLE, isMultiline: true, hole: "#\\{" },
      { ...SINGLE, isMultiline: true },
      { open: "`", close: "`", escape: "\\", hole: "#\\{" },
      { open: "%[xqQwW][({[<]", close: closingBracket, escape: "\\", isMultiline: true },
    ],
    heredoc: /<<[~-](["'`]?)([A-Za-z_]\w*)\1/y,
  },
  {
    name: "csharp",
    endings: ["cs", "csx", "cake"],
    ...C_COMMENTS,
    strings: [
      { open: '\\${0,5}"{3,20}', close: (opening) => opening.replaceAll("$", ""), isMultiline: true },
      { open: '(?:\\$@|@\\$)"', close: '"(?!")', isMultiline: true, hole: "\\{(?!\\{)" },
      { open: '@"', close: '"(?!")', isMultiline: true },
      { open: '\\$"', close: '"', escape: "\\", hole: "\\{(?!\\{)" },
      DOUBLE,
    ],
    hasChars: true,
  },
  {
    name: "php",
    endings: ["php", "phtml"],
    interpreter: /\bphp\b/,
    lineComments: ["//", "#(?!\\[)"],
    blockComments: [["/*", "*/"]],
    strings: [
      { ...DOUBLE, isMultiline: true, hole: "\\{(?=\\$)" },
      { ...SINGLE, isMultiline: true },
      { open: "`", close: "`", escape: "\\" },
    ],
    heredoc: /<<<[ \t]*(["']?)([A-Za-z_]\w*)\1/y,
  },
  {
    name: "powershell",
    endings: ["ps1", "psm1", "psd1"],
    interpreter: /\bpwsh\b/,
    ...HASH,
    blockComments: [["<#", "#>"]],
    strings: [
      { open: '@"(?=\\r?\\n)', close: '\\n"@', isMultiline: true, hole: "\\$[({]" },
      { open: "@'(?=\\r?\\n)", close: "\\n'@", isMultiline: true },
      { open: '"', close: '"(?!")', escape: "`", isMultiline: true, hole: "\\$\\(" },
      { open: "'", close: "'(?!')", isMultiline: true },
    ],
    runsCommands: true,
  },
  {
    name: "terraform",
    endings: ["tf", "tofu", "hcl", "tfvars", "nomad"],
    lineComments: ["#", "//"],
    blockComments: [["/*", "*/"]],
    strings: [{ ...DOUBLE, hole: "(?<!\\$)\\$\\{" }],
    plainString: '"[^"$\\\\\\n]*"',
    plainComment: "(?:#|//)[^\\n]*",
    heredoc: /<<-?()([A-Za-z_][\w-]*)/y,
  },
  {
    name: "rust",
    endings: ["rs"],
    ...C_COMMENTS,
    strings: [RUST, { ...DOUBLE, isMultiline: true }],
    hasChars: true,
    makesWithBraces: true,
  },
  {
    name: "swift",
    endings: ["swift"],
    ...C_COMMENTS,
    strings: [TEXT_BLOCK, DOUBLE],
    makesWithParens: true,
  },
  {
    name: "c++",
    endings: ["c", "cc", "cpp", "cxx", "h", "hh", "hpp", "hxx", "ino", "m", "mm", "d"],
    ...C_COMMENTS,
    strings: [DOUBLE],
    hasChars: true,
    makesWithParens: true,
  },
  { name: "dart", endings: ["dart"], ...C_COMMENTS, strings: [TEXT_BLOCK, ...PLAIN], makesWithParens: true },
  {
    name: "perl",
    endings: ["pl", "pm", "t"],
    interpreter: /\bperl\b/,
    ...HASH,
    strings: [
      ...PLAIN,
      { open: "`", close: "`", escape: "\\" },
      { open: "\\bq[qxw]?\\s?[({[<]", close: closingBracket, escape: "\\", isMultiline: true },
    ],
    heredoc: /<<~?(["']?)([A-Za-z_]\w*)\1/y,
  },
  { name: "elixir", endings: ["ex", "exs"], ...HASH, strings: [TEXT_BLOCK, { ...DOUBLE, hole: "#\\{" }] },
  { name: "erlang", endings: ["erl", "hrl"], lineComments: ["%"], strings: [DOUBLE] },
  {
    name: "lua",
    endings: ["lua"],
    lineComments: ["--"],
    blockComments: [["--[[", "]]"]],
    strings: [...PLAIN, { open: "\\[\\[", close: "]]", isMultiline: true }],
  },
  { name: "r", endings: ["r"], interpreter: /\bRscript\b/, ...HASH, strings: PLAIN },
  {
    name: "julia",
    endings: ["jl"],
    ...HASH,
    blockComments: [["#=", "=#"]],
    strings: [TEXT_BLOCK, DOUBLE, TEMPLATE_LITERAL],
  },
  { name: "clojure", endings: ["clj", "cljs", "cljc", "edn"], lineComments: [";"], strings: [DOUBLE] },
  {
    name: "f#",
    endings: ["fs", "fsx"],
    lineComments: ["//"],
    blockComments: [["(*", "*)"]],
    strings: [TEXT_BLOCK, DOUBLE],
    makesWithParens: true,
  },
  { name: "visual basic", endings: ["vb"], lineComments: ["'"], strings: [{ open: '"', close: '"' }] },
  {
    name: "haskell",
    endings: ["hs"],
    lineComments: ["--"],
    blockComments: [["{-", "-}"]],
    strings: [DOUBLE],
  },
  { name: "nim", endings: ["nim"], ...HASH, strings: [TEXT_BLOCK, DOUBLE] },
  { name: "zig", endings: ["zig"], lineComments: ["//"], strings: [DOUBLE] },
  {
    name: "jsonnet",
    endings: ["jsonnet", "libsonnet", "cue", "bicep"],
    lineComments: ["//", "#"],
    strings: PLAIN,
  },
  {
    name: "batch",
    endings: ["bat", "cmd"],
    lineComments: ["(?<=^|\\n)[ \\t]*(?:::|@?[Rr][Ee][Mm]\\b)"],
    strings: [],
    runsCommands: true,
  },
  {
    name: "shell",
    endings: ["fish", "csh", "tcsh", "nu", "exp", "tcl"],
    interpreter: /\b(?:fish|t?csh|expect|tclsh)\b/,
    ...HASH,
    strings: PLAIN,
    runsCommands: true,
  },
];

/** A function, so that the table is loaded by runs that need it. */
export const listLanguages = (): readonly ProgramLanguage[] => LANGUAGES;

/** A text of which nothing is known: comments and strings as most languages have them, inside a line. */
export const GENERIC: ProgramLanguage = {
  name: "text",
  endings: [],
  lineComments: ["(?<=^|\\s)#", "(?<![:\\w])//"],
  blockComments: [["/*", "*/"]],
  strings: PLAIN,
  makesWithBraces: true,
  makesWithParens: true,
};
