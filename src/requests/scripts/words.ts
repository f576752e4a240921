import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { composeEmbedded, embedDecoded, readEmbeddedText } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import type { Argument } from "../aws-cli/argument.ts";
import { createArgument, isUnknownText, UNKNOWN_TEXT } from "../aws-cli/argument.ts";
import { toShellText } from "../aws-cli/shell-text.ts";

/** The words of a command that runs without a shell: a list of them, or a text that is split as a shell would. */
export function readWords(text: string, document: Document, path: Path): Argument[] {
  const value = valueAt(document.value, path);
  if (Array.isArray(value)) return value.map((_, index) => readWord(text, document, [...path, index]));
  const inside = typeof value === "string" ? readEmbeddedText(text, document, path) : undefined;
  return inside ? splitWords(replaceVariables(toShellText(inside))) : [];
}

/** An item of a list of words, whatever type of scalar it is. */
function readWord(text: string, document: Document, path: Path): Argument {
  const value = valueAt(document.value, path);
  const span = document.span(path, "value");
  const inside = typeof value === "string" ? readEmbeddedText(text, document, path) : undefined;
  if (inside) return { inside: replaceVariables(toShellText(inside)), span, words: "one" };
  const isScalar = value === null || (typeof value !== "object" && !(value instanceof Unknown));
  return createArgument(isScalar ? String(value) : UNKNOWN_TEXT, { span });
}

const VARIABLE = /\$\$|\$\{[^{}\s]*\}|\$\([\w.-]+\)|\$\w+/g;

/** `$(NAME)`, `${NAME}` and `$NAME` are filled in by what reads the file, which is no shell. */
export function replaceVariables(inside: EmbeddedText): EmbeddedText {
  // In the script of a shell that the words start, the shell's own rules apply.
  if (/\s/.test(inside.text.trim()) && /(?:^|[\s;&|(])aws\s/.test(inside.text)) return inside;
  const { text } = inside;
  const pieces = new DecodedTextBuilder(0);
  let from = 0;
  for (const { 0: variable, index } of text.matchAll(VARIABLE)) {
    pieces.copy(text, from, index);
    from = index + variable.length;
    pieces.add(variable === "$$" ? "$" : UNKNOWN_TEXT, index, from);
  }
  if (from === 0) return inside;
  pieces.copy(text, from, text.length);
  return composeEmbedded(inside, embedDecoded(pieces));
}

/** Splits a text at blanks as a shell does, with its quotes and backslashes, but without any expansion. */
export function splitWords(inside: EmbeddedText): Argument[] {
  const splitter = new WordSplitter(inside);
  return splitter.read();
}

class WordSplitter {
  readonly #inside: EmbeddedText;
  readonly #words: Argument[] = [];
  #pieces: DecodedTextBuilder | undefined;
  #isSplit = false;
  #start = 0;

  constructor(inside: EmbeddedText) {
    this.#inside = inside;
  }

  read(): Argument[] {
    const { text } = this.#inside;
    let quote = "";
    for (let at = 0; at < text.length; at++) {
      const character = text[at]!;
      if (quote === "" && /\s/.test(character)) {
        this.#endWord(at);
        continue;
      }
      this.#beginWord(at);
      const isEscape = character === "\\" && quote !== "'" && at + 1 < text.length;
      if (isEscape && (quote === "" || /["\\$`\n]/.test(text[at + 1]!))) {
        if (text[at + 1] !== "\n") this.#pieces!.add(text[at + 1]!, at, at + 2);
        at++;
      } else if (quote === "" && (character === "'" || character === '"')) quote = character;
      else if (character === quote) quote = "";
      else this.#addCharacter(character, at, quote);
    }
    this.#endWord(text.length);
    return this.#words;
  }

  #addCharacter(character: string, at: number, quote: string): void {
    this.#pieces!.add(character, at, at + 1);
    // What stands for it may hold blanks.
    this.#isSplit ||= quote === "" && isUnknownText(character);
  }

  #beginWord(at: number): void {
    if (this.#pieces) return;
    this.#pieces = new DecodedTextBuilder(at);
    this.#isSplit = false;
    this.#start = at;
  }

  #endWord(end: number): void {
    if (!this.#pieces) return;
    this.#words.push({
      inside: composeEmbedded(this.#inside, embedDecoded(this.#pieces)),
      span: this.#inside.span({ start: this.#start, end }),
      words: this.#isSplit ? "split" : "one",
    });
    this.#pieces = undefined;
  }
}
