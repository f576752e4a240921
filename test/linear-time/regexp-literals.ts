import { readSourceFile, SOURCE_FILES } from "../architecture/source-files.ts";

export interface RegExpLiteral {
  file: string;
  source: string;
  flags: string;
}

/** All regular expressions that are written in the source code. */
export const listRegExps = (): RegExpLiteral[] =>
  SOURCE_FILES.flatMap((file) => readLiterals(readSourceFile(file)).map((literal) => ({ file, ...literal })));

const TOKEN =
  /(?<space>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<word>[\w$#]+)|(?<other>[\s\S])/y;
const REGEXP = /\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([a-z]*)/y;

/** A `/` after one of these begins a regular expression; after anything else it divides. */
const BEFORE_REGEXP = /^(?:[(,=:[!&|?{};>+]|return|case|)$/;

type Literal = Omit<RegExpLiteral, "file">;

function readLiterals(text: string): Literal[] {
  const found: Literal[] = [];
  /** How many braces are open in each template literal that is being read. */
  const templates: number[] = [];
  let before = "";
  for (let at = 0; at < text.length; ) {
    const literal = matchLiteral(text, at, before);
    if (literal) found.push(literal);
    const [token, end] = literal
      ? ["/", at + literal.source.length + literal.flags.length + 2]
      : readToken(text, at);
    at = end;
    if (token === "") continue;
    before = token;
    if (!entersTemplate(templates, token)) continue;
    at = skipTemplate(text, at);
    if (text.startsWith("${", at - 2)) templates.push(0);
    else before = "`";
  }
  return found;
}

/** Counts braces; whether the text of a template literal follows. */
function entersTemplate(templates: number[], token: string): boolean {
  if (token === "`") return true;
  const open = templates.at(-1);
  if (open === undefined || !/^[{}]$/.test(token)) return false;
  templates.pop();
  if (token === "}" && open === 0) return true;
  templates.push(open + (token === "{" ? 1 : -1));
  return false;
}

function matchLiteral(text: string, at: number, before: string): Literal | undefined {
  if (text[at] !== "/" || !BEFORE_REGEXP.test(before) || /[/*]/.test(text[at + 1] ?? "")) return undefined;
  REGEXP.lastIndex = at;
  const [, source, flags] = REGEXP.exec(text)!;
  return { source: source!, flags: flags! };
}

/** The next token and where it ends; empty for blanks and comments. */
function readToken(text: string, at: number): [string, number] {
  TOKEN.lastIndex = at;
  const { 0: token, groups } = TOKEN.exec(text)!;
  return [groups!.space === undefined ? token : "", TOKEN.lastIndex];
}

/** Skips the text of a template literal, up to its end or to the next expression in it. */
function skipTemplate(text: string, from: number): number {
  const end = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{)/y;
  end.lastIndex = from;
  end.exec(text);
  return end.lastIndex;
}
