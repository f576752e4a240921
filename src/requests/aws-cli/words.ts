import type { HereDoc, Word, WordPart } from "unbash";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { composeEmbedded, embedDecoded, embedSlice } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import type { Argument } from "./argument.ts";
import { createArgument, createUnknownArgument, isUnknownText, STAND_IN, UNKNOWN_TEXT } from "./argument.ts";
import type { ShellEscape } from "./escapes.ts";
import {
  readAnsiEscape,
  readDoubleQuotedEscape,
  readHereDocumentEscape,
  readUnquotedEscape,
} from "./escapes.ts";

/** Looks up the value of a variable at an offset; undefined if it is not known. */
export type ConstantLookup = (name: string, at: number) => string | undefined;

/** What is needed to read a script's words. */
export interface WordContext {
  source: string;
  inside: EmbeddedText;
  constants: ConstantLookup;
  /** `$0` and the parameters of the script or function; undefined if they are not known. */
  changesFieldSeparator?: boolean;
  positional?: { name?: Argument | undefined; words: readonly Argument[] } | undefined;
}

const ALL_PARAMETERS = /^(?:"\$(?:@|\{@\})"|\$(?:[@*]|\{[@*]\}))$/;
const LATER_PARAMETERS = /^"?\$\{@:(\d+)\}"?$/;
const UNQUOTED_VARIABLE = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/;

/** Converts a word of the script to the arguments that the program receives. */
export function argumentsFromWord(word: Word, context: WordContext): readonly Argument[] {
  const { positional, inside } = context;
  const later = LATER_PARAMETERS.exec(word.text)?.[1];
  if (positional && (later !== undefined || ALL_PARAMETERS.test(word.text)))
    return listParameters(positional.words, Number(later ?? 1));
  const variable = UNQUOTED_VARIABLE.exec(word.text);
  const value = variable && context.constants(variable[1] ?? variable[2]!, word.pos);
  // The shell splits an unquoted value at blanks; quotes in it have no meaning.
  if (value && !context.changesFieldSeparator && /\s/.test(value) && !/[*?[\]~\\]/.test(value)) {
    const span = inside.span({ start: word.pos, end: word.end });
    return value.split(/\s+/).flatMap((text) => (text === "" ? [] : [createArgument(text, { span })]));
  }
  return [argumentFromWord(word, context)];
}

/** The parameters from a number on. Behind one that may be several, only the run knows which they are. */
function listParameters(words: readonly Argument[], from: number): readonly Argument[] {
  const isCertain = words.slice(0, from - 1).every((word) => word.words === "one");
  return isCertain
    ? words.slice(Math.max(0, from - 1))
    : words.slice(0, 1).map((word) => createUnknownArgument(word, "list"));
}

/** Converts a word of the script to the argument that the program receives, as far as that is known. */
export function argumentFromWord(word: Word, context: WordContext): Argument {
  const { source, inside, constants, positional } = context;
  const reader = new WordReader(word, source, constants, positional);
  reader.read();
  return {
    inside: composeEmbedded(inside, embedDecoded(reader.pieces)),
    span: inside.span({ start: word.pos, end: word.end }),
    words: reader.words,
    written: word.text,
  };
}

/** The text of a here-document, whose variables the shell replaces. */
export function readHereDocument(
  { body, delimiter }: HereDoc,
  { source, inside, constants, positional }: WordContext,
): EmbeddedText {
  const { pos, end, text, parts } = body;
  if (delimiter?.quoted === true || !/[$`\\]/.test(text))
    return composeEmbedded(inside, embedSlice(source, { start: pos, end }));
  const reader = new WordReader(body, source, constants, positional);
  reader.readQuoted(parts);
  return composeEmbedded(inside, embedDecoded(reader.pieces));
}

/** The text of a word that is fully known and not subject to word splitting; undefined for any other. */
export function readLiteralText(word: Word, source: string, constants: ConstantLookup): string | undefined {
  const reader = new WordReader(word, source, constants);
  reader.read();
  return reader.words === "one" && !isUnknownText(reader.pieces.text) ? reader.pieces.text : undefined;
}

class WordReader {
  readonly pieces: DecodedTextBuilder;
  words: Argument["words"] = "one";
  readonly #word: Pick<Word, "pos" | "end" | "text" | "parts">;
  readonly #source: string;
  readonly #constants: ConstantLookup;
  readonly #positional: WordContext["positional"];
  /** Offset of the first `=` or `://` in the word. */
  #mark: number | undefined;

  constructor(
    word: Pick<Word, "pos" | "end" | "text" | "parts">,
    source: string,
    constants: ConstantLookup,
    positional?: WordContext["positional"],
  ) {
    this.#positional = positional;
    this.pieces = new DecodedTextBuilder(word.pos);
    this.#word = word;
    this.#source = source;
    this.#constants = constants;
  }

  read(): void {
    const { parts, pos, end } = this.#word;
    if (!parts) this.#addLiteral(pos, end);
    for (const part of parts ?? []) this.#addPart(part);
  }

  /** Reads a text in which quotes have no meaning, as in a here-document. */
  readQuoted(parts: readonly WordPart[] | undefined): void {
    const { pos, end } = this.#word;
    if (!parts) this.#addEscaped(pos, end, readHereDocumentEscape);
    for (const part of parts ?? []) {
      if (part.type === "Literal") this.#addEscaped(part.pos, part.end, readHereDocumentEscape);
      else if (part.type === "SimpleExpansion" || part.type === "ParameterExpansion")
        this.#addVariable(part, "one");
      else this.#addUnknown(part.pos, part.end, "one");
    }
  }

  #addPart(part: WordPart): void {
    const { type, pos, end } = part;
    if (type === "Literal") this.#addLiteral(pos, end);
    else if (type === "SingleQuoted") this.#addSingleQuoted(pos, end);
    else if (type === "AnsiCQuoted") this.#addEscaped(pos + 2, end - 1, readAnsiEscape);
    else if (type === "DoubleQuoted" || type === "LocaleString")
      for (const child of part.parts) this.#addQuoted(child);
    else if (type === "Glob") this.#addGlob(part);
    else if (type === "SimpleExpansion" || type === "ParameterExpansion") this.#addVariable(part, "split");
    else
      this.#addUnknown(
        pos,
        end,
        type === "ArithmeticExpansion" || type === "ProcessSubstitution" ? "one" : "split",
      );
  }

  #addSingleQuoted(pos: number, end: number): void {
    this.pieces.copy(this.#source, pos + 1, this.#source[end - 1] === "'" ? end - 1 : end);
  }

  #addQuoted(part: WordPart): void {
    const { pos, end } = part;
    if (part.type === "Literal") this.#addEscaped(pos, end, readDoubleQuotedEscape);
    else if (part.type === "SimpleExpansion" || part.type === "ParameterExpansion")
      this.#addVariable(part, "one");
    else this.#addUnknown(pos, end, "one");
  }

  /** Copies unquoted text; a leading `~` stands for a home directory. */
  #addLiteral(pos: number, end: number): void {
    const isHome = pos === this.#word.pos && this.#source[pos] === "~";
    if (isHome) this.#addUnknown(pos, pos + 1, "one");
    this.#addEscaped(isHome ? pos + 1 : pos, end, readUnquotedEscape);
    // The value of an unquoted template expression is subject to word splitting.
    if (this.#source.slice(pos, end).includes(STAND_IN)) this.#widen("split");
  }

  #addEscaped(
    pos: number,
    end: number,
    escapeAt: (source: string, at: number) => ShellEscape | undefined,
  ): void {
    for (let at = pos; at < end; ) {
      const escaped = this.#source[at] === "\\" ? escapeAt(this.#source, at) : undefined;
      if (escaped) this.pieces.add(escaped.text, at, Math.min(end, at + escaped.length));
      else this.pieces.copy(this.#source, at, at + 1);
      at += escaped?.length ?? 1;
    }
  }

  /**
   * A pattern that matches no file is literal. A bracket pattern, or any pattern after `=` or `://`, is
   * assumed to match none; any other may match.
   */
  #addGlob({ kind, pos, end, parts }: Extract<WordPart, { type: "Glob" }>): void {
    const isPlain = (parts ?? []).every(({ type }) => type === "Literal");
    this.#mark ??= this.#word.text.search(/=|:\/\//);
    const isText = kind === "bracket" || (this.#mark >= 0 && this.#word.pos + this.#mark < pos);
    if (isText && isPlain) this.#addEscaped(pos, end, readUnquotedEscape);
    else this.#addUnknown(pos, end, "split");
  }

  #addVariable(
    part: Extract<WordPart, { type: "SimpleExpansion" | "ParameterExpansion" }>,
    words: "one" | "split",
  ): void {
    const { pos, end, text } = part;
    const name = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/.exec(text);
    const value = name ? this.#constants(name[1] ?? name[2]!, pos) : this.#readParameter(text);
    // Unquoted values are split at blanks, and their patterns are matched against files.
    if (value !== undefined && (words === "one" || /^[^\s*?[\]~\\]+$/.test(value))) {
      this.pieces.add(value, pos, end);
      if (isUnknownText(value) && words === "split") this.#widen("split");
      return;
    }
    const isList = /^\$(?:[@*]|\{[@*]|\{[!#]?\w+\[[@*]\])/.test(text);
    this.#addUnknown(pos, end, isList ? "list" : words);
  }

  /** The value of `$0`, `$1` or `${12}`. */
  #readParameter(text: string): string | undefined {
    const number = /^\$(?:(\d)|\{(\d{1,3})\})$/.exec(text);
    if (!number || !this.#positional) return undefined;
    const { name, words } = this.#positional;
    const index = Number(number[1] ?? number[2]);
    if (index === 0) return name && name.words === "one" ? name.inside.text : undefined;
    const isCertain = words.slice(0, index).every((word) => word.words === "one");
    return isCertain ? words[index - 1]?.inside.text : undefined;
  }

  #addUnknown(pos: number, end: number, words: Argument["words"]): void {
    this.pieces.add(UNKNOWN_TEXT, pos, end);
    this.#widen(words);
  }

  #widen(words: Argument["words"]): void {
    if (words === "list" || this.words === "one") this.words = words;
  }
}
