import type { Word, WordPart } from "unbash";
import type { Embedded } from "../../documents/embedded.ts";
import { composed, embeddedWritten } from "../../documents/embedded.ts";
import { Pieces } from "../../documents/written.ts";
import type { Argument } from "./argument.ts";
import { STAND_IN } from "./argument.ts";
import type { Escaped } from "./escapes.ts";
import { ansiEscape, doubleQuotedEscape, unquotedEscape } from "./escapes.ts";

/** What a variable is known to hold where it stands. */
export type Constants = (name: string, at: number) => string | undefined;

/** What a script's words are read with: the shell text, and where it stands in the file. */
export interface Surrounding {
  source: string;
  inside: Embedded;
  constants: Constants;
}

/** The word as the program gets it, as far as that is known. */
export function argumentOf(word: Word, { source, inside, constants }: Surrounding): Argument {
  const reader = new WordReader(word, source, constants);
  reader.read();
  return {
    inside: composed(inside, embeddedWritten(reader.pieces)),
    span: inside.span({ start: word.pos, end: word.end }),
    words: reader.words,
  };
}

/** The text of a word that is known to be one, whatever the constants; undefined for any other. */
export function literalText(word: Word, source: string, constants: Constants): string | undefined {
  const reader = new WordReader(word, source, constants);
  reader.read();
  return reader.words === "one" && !reader.pieces.text.includes(STAND_IN) ? reader.pieces.text : undefined;
}

/** As long as the shortest text that a placeholder is replaced by. */
const UNKNOWN = STAND_IN.repeat(3);

class WordReader {
  readonly pieces: Pieces;
  words: Argument["words"] = "one";
  readonly #word: Word;
  readonly #source: string;
  readonly #constants: Constants;
  /** Where the first `=` or `://` of the word is. */
  #mark: number | undefined;

  constructor(word: Word, source: string, constants: Constants) {
    this.pieces = new Pieces(word.pos);
    this.#word = word;
    this.#source = source;
    this.#constants = constants;
  }

  read(): void {
    const { parts, pos, end } = this.#word;
    if (!parts) this.#literal(pos, end);
    for (const part of parts ?? []) this.#part(part);
  }

  #part(part: WordPart): void {
    const { type, pos, end } = part;
    if (type === "Literal") this.#literal(pos, end);
    else if (type === "SingleQuoted") this.#singleQuoted(pos, end);
    else if (type === "AnsiCQuoted") this.#escaped(pos + 2, end - 1, ansiEscape);
    else if (type === "DoubleQuoted" || type === "LocaleString")
      for (const child of part.parts) this.#quoted(child);
    else if (type === "Glob") this.#glob(part);
    else if (type === "SimpleExpansion" || type === "ParameterExpansion") this.#variable(part, "split");
    else
      this.#unknown(
        pos,
        end,
        type === "ArithmeticExpansion" || type === "ProcessSubstitution" ? "one" : "split",
      );
  }

  #singleQuoted(pos: number, end: number): void {
    this.pieces.copy(this.#source, pos + 1, this.#source[end - 1] === "'" ? end - 1 : end);
  }

  #quoted(part: WordPart): void {
    const { pos, end } = part;
    if (part.type === "Literal") this.#escaped(pos, end, doubleQuotedEscape);
    else if (part.type === "SimpleExpansion" || part.type === "ParameterExpansion")
      this.#variable(part, "one");
    else this.#unknown(pos, end, "one");
  }

  /** Text without quotes; a `~` at the start stands for a home directory. */
  #literal(pos: number, end: number): void {
    const isHome = pos === this.#word.pos && this.#source[pos] === "~";
    if (isHome) this.#unknown(pos, pos + 1, "one");
    this.#escaped(isHome ? pos + 1 : pos, end, unquotedEscape);
    // A template's expression, without quotes: what it stands for is read by the shell.
    if (this.#source.slice(pos, end).includes(STAND_IN)) this.#spread("split");
  }

  #escaped(pos: number, end: number, escapeAt: (source: string, at: number) => Escaped | undefined): void {
    for (let at = pos; at < end; ) {
      const escaped = this.#source[at] === "\\" ? escapeAt(this.#source, at) : undefined;
      if (escaped) this.pieces.add(escaped.text, at, Math.min(end, at + escaped.length));
      else this.pieces.copy(this.#source, at, at + 1);
      at += escaped?.length ?? 1;
    }
  }

  /**
   * A pattern that matches no file stands for itself. One in brackets, or behind a `=` or `://`, matches none but by
   * a strange accident; any other may.
   */
  #glob({ kind, pos, end, parts }: Extract<WordPart, { type: "Glob" }>): void {
    const isPlain = (parts ?? []).every(({ type }) => type === "Literal");
    this.#mark ??= this.#word.text.search(/=|:\/\//);
    const isText = kind === "bracket" || (this.#mark >= 0 && this.#word.pos + this.#mark < pos);
    if (isText && isPlain) this.#escaped(pos, end, unquotedEscape);
    else this.#unknown(pos, end, "split");
  }

  #variable(
    part: Extract<WordPart, { type: "SimpleExpansion" | "ParameterExpansion" }>,
    words: "one" | "split",
  ): void {
    const { pos, end, text } = part;
    const name = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/.exec(text);
    const value = name ? this.#constants(name[1] ?? name[2]!, pos) : undefined;
    // Without quotes, blanks split a value and patterns are matched against files.
    if (value !== undefined && (words === "one" || /^[^\s*?[\]~\\]+$/.test(value))) {
      this.pieces.add(value, pos, end);
      return;
    }
    const isList = /^\$(?:[@*]|\{[@*]|\{[!#]?\w+\[[@*]\])/.test(text);
    this.#unknown(pos, end, isList ? "list" : words);
  }

  #unknown(pos: number, end: number, words: Argument["words"]): void {
    this.pieces.add(UNKNOWN, pos, end);
    this.#spread(words);
  }

  #spread(words: Argument["words"]): void {
    if (words === "list" || this.words === "one") this.words = words;
  }
}
