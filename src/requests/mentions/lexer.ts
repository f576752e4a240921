import type { Span } from "../../diagnostics/lines.ts";
import { endOfLine } from "../../diagnostics/lines.ts";
import { BlankedText } from "./blanked-text.ts";
import type { ProgramLanguage } from "./program-language.ts";
import type { PlainHole, StringForm } from "./string-forms.ts";
import { closingOf, escaped, NEVER } from "./string-forms.ts";

/** A string of a program: `start` and `end` are those of its content. */
export interface StringLiteral extends Span {
  /** The place of its opening quote. */
  from: number;
}

/** A program's text, told apart. */
export interface Lexed {
  /** The code alone: comments and the content of strings are blank, and every character keeps its place. */
  code: string;
  strings: readonly StringLiteral[];
}

/** Code inside of strings inside of code: deeper it is text. */
const MAX_NESTING = 50;

/** The last text that was read: several look at one. */
let last: { text: string; language: ProgramLanguage; lexed: Lexed } | undefined;

/** Tells comments, strings and code of a text apart, in linear time. */
export function lex(text: string, language: ProgramLanguage): Lexed {
  if (last?.text === text && last.language === language) return last.lexed;
  const lexer = new Lexer(text, grammarOf(language));
  lexer.readCode(0, 0, "}");
  last = { text, language, lexed: lexer.lexed() };
  return last.lexed;
}

/** The regular expressions of a language, made once. */
interface Grammar {
  language: ProgramLanguage;
  /** Anything at which code may end: a comment, a string. The first group is a whole string, the second a comment. */
  next: RegExp;
  /** The same, or a bracket: only of code in a string it matters where it closes. */
  nextInside: RegExp;
  line: RegExp | undefined;
  /** Holes in plain strings, by the first character of such a string. */
  holes: Readonly<Record<string, PlainHole>> | undefined;
  /** Each form is a group of what opens a string. */
  open: RegExp;
  strings: readonly StringForm[];
}

const GRAMMARS = new WeakMap<ProgramLanguage, Grammar>();

function grammarOf(language: ProgramLanguage): Grammar {
  const known = GRAMMARS.get(language);
  if (known) return known;
  const { lineComments, blockComments = [], strings, maxPrefix, hasChars, hasRegexps, heredoc } = language;
  const sources = [
    `(${language.plainString ?? NEVER})`,
    `(${language.plainComment ?? NEVER})`,
    ...blockComments.map(([open]) => escaped(open)),
    ...lineComments,
    ...(heredoc ? ["<<"] : []),
    ...(maxPrefix === undefined ? strings.map(({ open }) => open) : ["[\"']"]),
    ...(hasChars ? ["'"] : []),
    ...(hasRegexps ? ["/"] : []),
  ].join("|");
  const grammar = {
    language,
    next: new RegExp(sources, "g"),
    nextInside: new RegExp(`${sources}|[{}()]`, "g"),
    line: lineComments.length > 0 ? new RegExp(lineComments.join("|"), "y") : undefined,
    holes: language.plainHoles,
    open: new RegExp(strings.map(({ open }) => `(${open})`).join("|") || NEVER, "y"),
    strings,
  };
  GRAMMARS.set(language, grammar);
  return grammar;
}

const CHAR = /'(?:\\[^\n]{1,10}?|[^'\\\n]{1,2})'/y;

/** Behind these, a slash begins a regular expression. */
const NO_OPERAND = /(?:^|[(,=:[!&|?{};+*%<>~^]|\b(?:return|typeof|case|in|of|do|else|await|yield))$/;

/** Whether a slash at an offset begins a regular expression: one at the beginning of a line does. */
function mayBeginRegexp(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at);
  const code = before.trimEnd();
  return before.includes("\n", code.length) || NO_OPERAND.test(code);
}

class Lexer {
  readonly #text: string;
  readonly #grammar: Grammar;
  /** In order: one is put here where it begins, before those in it. */
  readonly #strings: StringLiteral[] = [];
  readonly #code: BlankedText;
  #lines: Map<string, number[]> | undefined;
  /** Before this, no slash begins a regular expression: one was tried in this line already. */
  #noRegexpBefore = 0;

  constructor(text: string, grammar: Grammar) {
    this.#text = text;
    this.#grammar = grammar;
    this.#code = new BlankedText(text);
  }

  lexed(): Lexed {
    return { code: this.#code.done(), strings: this.#strings };
  }

  /** Reads code, in a string until the bracket that closes it; returns where it ends. */
  readCode(from: number, depth: number, close: "}" | ")"): number {
    const next = depth === 0 ? this.#grammar.next : this.#grammar.nextInside;
    const open = close === "}" ? "{" : "(";
    let inside = 0;
    for (let at = from; ; ) {
      next.lastIndex = at;
      const found = next.exec(this.#text);
      if (!found) return this.#text.length;
      const [token] = found;
      if (this.#keepPlain(found, depth)) {
        at = found.index + token.length;
        continue;
      }
      if (token === close && depth > 0 && inside === 0) return found.index + 1;
      if (token === open) inside++;
      if (token === close) inside--;
      at = BRACKETS.has(token) ? found.index + 1 : this.#readToken(found.index, depth, at);
    }
  }

  /** Reads what is no code at an offset, or begins a little before it; where nothing of the kind stands there, goes on behind it. */
  #readToken(at: number, depth: number, from: number): number {
    const { language, line } = this.#grammar;
    const text = this.#text;
    for (const [open, close] of language.blockComments ?? [])
      if (text.startsWith(open, at)) return this.#blankUntil(at, after(text, close, at + open.length));
    if (line && matchAt(line, text, at) !== undefined) return this.#blankUntil(at, endOfLine(text, at));
    const heredoc = language.heredoc && text.startsWith("<<", at) && this.#readHeredoc(at, language.heredoc);
    if (heredoc) return heredoc;
    let first = at;
    const earliest = Math.max(from, at - (language.maxPrefix ?? 0));
    while (first > earliest && LETTER.test(text[first - 1]!)) first--;
    for (let start = first; start <= at; start++) {
      const end = this.#readStringAt(start, depth);
      if (end !== undefined) return end;
    }
    if (language.hasChars && text[at] === "'") return at + (matchAt(CHAR, text, at)?.length ?? 1);
    return language.hasRegexps && text[at] === "/" ? this.#readRegexp(at) : at + 1;
  }

  /** Keeps the quotes of a plain string and the holes in it, and nothing of a plain comment; false for all else. */
  #keepPlain(
    { 0: token, 1: plainString, 2: plainComment, index: from }: RegExpExecArray,
    depth: number,
  ): boolean {
    const to = from + token.length;
    if (plainString !== undefined) {
      const hole = this.#grammar.holes?.[token[0]!];
      const quotes = TRIPLE.test(token) ? 3 : 1;
      const [start, end] = [from + (hole?.prefix ?? 0) + quotes, to - quotes];
      this.#strings.push({ from, start, end });
      this.#code.keepUntil(start);
      if (hole && depth < MAX_NESTING) this.#keepHoles(token, from, hole, depth);
      this.#code.blankUntil(end);
    } else if (plainComment !== undefined) this.#blankUntil(from, to);
    return plainString !== undefined || plainComment !== undefined;
  }

  /** The holes of a plain string, in which there may be other plain strings. */
  #keepHoles(token: string, from: number, { open }: PlainHole, depth: number): void {
    for (let at = token.indexOf(open); at >= 0; ) {
      const end = token.indexOf("}", at) + 1;
      this.#code.blankUntil(from + at);
      if (QUOTE.test(token.slice(at, end))) this.readCode(from + at + open.length, depth + 1, "}");
      this.#code.keepUntil(from + end);
      at = token.indexOf(open, end);
    }
  }

  #readStringAt(at: number, depth: number): number | undefined {
    const { open, strings } = this.#grammar;
    open.lastIndex = at;
    const found = open.exec(this.#text);
    if (!found) return undefined;
    const form = strings[found.indexOf(found[0], 1) - 1]!;
    return this.#readString(at, found[0], form, depth);
  }

  #readString(at: number, opening: string, form: StringForm, depth: number): number {
    const text = this.#text;
    const start = at + opening.length;
    const close = closingOf(form, opening);
    const string: StringLiteral = { from: at, start, end: start };
    this.#strings.push(string);
    this.#code.keepUntil(start);
    for (let from = start; ; ) {
      close.lastIndex = from;
      const found = close.exec(text);
      const end = found?.index ?? text.length;
      const [, escaping, twice, hole] = found ?? [];
      const isHole = hole !== undefined;
      if (escaping !== undefined || twice !== undefined || (isHole && depth >= MAX_NESTING)) {
        from = end + found![0].length;
        continue;
      }
      if (!isHole) {
        string.end = end;
        this.#code.blankUntil(end);
        const isOpen = found === null || found[0] === "\n";
        return isOpen ? end : end + found[0].length;
      }
      this.#code.blankUntil(end);
      from = this.readCode(end + hole.length, depth + 1, hole.endsWith("(") ? ")" : "}");
      this.#code.keepUntil(from);
    }
  }

  /** A here-document is a string that begins in the next line. */
  #readHeredoc(at: number, heredoc: RegExp): number | undefined {
    heredoc.lastIndex = at;
    const found = heredoc.exec(this.#text);
    if (!found) return undefined;
    const start = endOfLine(this.#text, at) + 1;
    this.#lines ??= linesByText(this.#text);
    const ends = this.#lines.get(found[2]!) ?? [];
    while (ends.length > 0 && ends.at(-1)! < start) ends.pop();
    const end = ends.at(-1);
    if (end === undefined) return undefined;
    this.#strings.push({ from: at, start, end });
    this.#code.keepUntil(start);
    this.#code.blankUntil(end);
    return end;
  }

  #readRegexp(at: number): number {
    const text = this.#text;
    if (at < this.#noRegexpBefore || !mayBeginRegexp(text, at)) return at + 1;
    REGEXP.lastIndex = at;
    const found = REGEXP.exec(text)?.[0];
    if (found === undefined) this.#noRegexpBefore = endOfLine(text, at);
    return found === undefined ? at + 1 : this.#blankUntil(at, at + found.length);
  }

  #blankUntil(from: number, end: number): number {
    this.#code.keepUntil(from);
    this.#code.blankUntil(end);
    return end;
  }
}

const QUOTE = /["']/;
const LETTER = /[a-z]/i;
const TRIPLE = /^(?:"""|''')/;

const BRACKETS: ReadonlySet<string> = new Set(["{", "}", "(", ")"]);

/** Where each line begins that is a word alone, as the end of a here-document is: the last one first. */
function linesByText(text: string): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const { 1: word = "", index } of text.matchAll(LONE_WORD)) {
    const known = lines.get(word);
    if (known) known.push(index);
    else lines.set(word, [index]);
  }
  for (const places of lines.values()) places.reverse();
  return lines;
}

const LONE_WORD = /^[ \t]{0,200}([A-Za-z_][\w-]{0,200});?[ \t]{0,200}\r?$/gm;

const REGEXP = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const after = (text: string, word: string, from: number): number => {
  const at = text.indexOf(word, from);
  return at < 0 ? text.length : at + word.length;
};
