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

function readLiterals(text: string): Omit<RegExpLiteral, "file">[] {
  const found: Omit<RegExpLiteral, "file">[] = [];
  /** How many braces are open in each template literal that is being read. */
  const templates: number[] = [];
  let before = "";
  for (let at = 0; at < text.length; ) {
    if (text[at] === "/" && BEFORE_REGEXP.test(before) && !/[/*]/.test(text[at + 1] ?? "")) {
      REGEXP.lastIndex = at;
      const literal = REGEXP.exec(text)!;
      found.push({ source: literal[1]!, flags: literal[2]! });
      at = REGEXP.lastIndex;
      before = "/";
      continue;
    }
    TOKEN.lastIndex = at;
    const { 0: token, groups } = TOKEN.exec(text)!;
    at = TOKEN.lastIndex;
    if (groups!.space !== undefined) continue;
    before = token;
    const isClosing = token === "}" && templates.at(-1) === 0;
    if (token === "`" || isClosing) {
      if (isClosing) templates.pop();
      at = skipTemplate(text, at);
      if (text.startsWith("${", at - 2)) templates.push(0);
      else before = "`";
    } else if (templates.length > 0 && /^[{}]$/.test(token))
      templates[templates.length - 1]! += token === "{" ? 1 : -1;
  }
  return found;
}

/** Skips the text of a template literal, up to its end or to the next expression in it. */
function skipTemplate(text: string, from: number): number {
  const end = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{)/y;
  end.lastIndex = from;
  end.exec(text);
  return end.lastIndex;
}
