import type { Document } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded, embedSlice, parseEmbedded, readEmbeddedText } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import type { Argument } from "../aws-cli/argument.ts";
import { toShellText } from "../aws-cli/shell-text.ts";
import { ImageStages } from "./image-stages.ts";
import type { Script, ScriptKind } from "./kind.ts";
import type { ScriptLine } from "./lines.ts";
import { splitLines } from "./lines.ts";
import { listItems } from "./yaml-texts.ts";

/** Commands in a Dockerfile, in shell form, exec form, or as a here-document. */
export const dockerfileScripts: ScriptKind = {
  matches: (path) => /(?:^|\/)(?:Dockerfile(?:\.[\w.-]+)?|Containerfile)$|\.dockerfile$/i.test(path),
  // With another escape character, a backslash at the end of a line may not continue it: the file is skipped.
  findScripts: (text) => (/^#\s*escape\s*=\s*`/im.test(text) ? [] : new DockerfileReader(text).read()),
};

/** Blanks and the parts of an option are disjoint, so that the expression is linear. */
const BLANKS = String.raw`(?:[ \t]|\\[ \t]*\r?\n)+`;
const OPTION = String.raw`--[\w-]+(?:=(?:[^\s\\]|\\(?![ \t]*\r?\n))*)?${BLANKS}`;
const RUN = new RegExp(
  String.raw`[ \t]*(?:ONBUILD[ \t]+)?(?:HEALTHCHECK[ \t]+(?:${OPTION})*)?(?:RUN|CMD|ENTRYPOINT)[ \t]+(?:${OPTION})*`,
  "iy",
);
const HEREDOC = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/g;
const COMMENT = /[ \t]*#/y;

class DockerfileReader {
  readonly #scripts: Script[] = [];
  readonly #text: string;
  readonly #lines: readonly ScriptLine[];
  readonly #stages = new ImageStages();
  #at = 0;
  /** The words of the latest `ENTRYPOINT` in exec form. */
  #entry: Argument[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#lines = splitLines(text);
  }

  read(): Script[] {
    while (this.#at < this.#lines.length) this.#readInstruction();
    return this.#scripts;
  }

  /** Reads one instruction with its continuation lines and here-documents. */
  #readInstruction(): void {
    const first = this.#lines[this.#at]!;
    if (this.#isComment(first)) {
      this.#at++;
      return;
    }
    const pieces = new DecodedTextBuilder(first.start);
    RUN.lastIndex = first.start;
    const start = RUN.test(this.#text) ? RUN.lastIndex : undefined;
    this.#copyBody(pieces, start ?? first.start);
    const heredocs = [...pieces.text.matchAll(HEREDOC)].map(([, , name]) => name!);
    const bodies = heredocs.map((name) => this.#readHeredoc(name));
    if (start === undefined) this.#stages.readInstruction(pieces.text);
    else this.#addScript(pieces, bodies, this.#text.slice(first.start, start));
  }

  /** Copies the lines of the instruction without the comments between them. */
  #copyBody(pieces: DecodedTextBuilder, from: number): void {
    for (let start = from; this.#at < this.#lines.length; ) {
      const { end, next, isContinued: goesOn, start: lineStart } = this.#lines[this.#at]!;
      this.#at++;
      // The part before the command may span lines, too.
      if (next > start) {
        pieces.copy(this.#text, Math.max(start, lineStart), goesOn ? next : end);
        if (!goesOn) return;
      }
      // Docker ignores comments and blank lines between continuation lines.
      while (this.#at < this.#lines.length && this.#isSkipped(this.#lines[this.#at]!)) this.#at++;
      start = this.#lines[this.#at]?.start ?? this.#text.length;
    }
  }

  #readHeredoc(name: string): { start: number; end: number; next: number } {
    const start = this.#lines[this.#at]?.start ?? this.#text.length;
    let end = start;
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at++]!;
      if (this.#text.slice(line.start, line.end).trim() === name) return { start, end, next: line.next };
      end = line.next;
    }
    return { start, end, next: end };
  }

  /** The words of `CMD` are arguments of the entry point. */
  #addWords(words: Argument[], instruction: string): void {
    if (/ENTRYPOINT/i.test(instruction)) this.#entry = words;
    const entry = /CMD/i.test(instruction) && !/HEALTHCHECK/i.test(instruction) ? this.#entry : [];
    this.#scripts.push({ words: [...entry, ...words], ...this.#stages.describeSite(instruction) });
  }

  #addScript(
    pieces: DecodedTextBuilder,
    bodies: readonly { start: number; end: number; next: number }[],
    instruction: string,
  ): void {
    const command = pieces.text.trim();
    const site = this.#stages.describeSite(instruction);
    // `RUN <<EOF`: the here-document itself is the script.
    if (bodies.length > 0 && /^<<-?\s*["']?\w+["']?$/.test(command)) {
      const { start, end } = bodies[0]!;
      this.#scripts.push({ shell: toShellText(embedSlice(this.#text, { start, end })), ...site });
      return;
    }
    const words = command.startsWith("[") ? parseExecForm(embedDecoded(pieces)) : undefined;
    if (words) {
      this.#addWords(words, instruction);
      return;
    }
    for (const { start, next } of bodies) {
      pieces.add("\n", start, start);
      pieces.copy(this.#text, start, next);
    }
    this.#scripts.push({ shell: toShellText(embedDecoded(pieces)), ...site });
  }

  #isSkipped(line: ScriptLine): boolean {
    return this.#isComment(line) || this.#text.slice(line.start, line.end).trim() === "";
  }

  #isComment(line: ScriptLine): boolean {
    COMMENT.lastIndex = line.start;
    return COMMENT.test(this.#text) && COMMENT.lastIndex <= line.end;
  }
}

/** The words of the exec form, `["aws", "fsx", …]`; undefined for any other text. */
function parseExecForm(inside: EmbeddedText): Argument[] | undefined {
  const { documents, faults } = parseEmbedded(inside);
  const [document] = documents;
  const items = listItems(document?.value);
  if (!document || faults.length > 0 || items.length === 0) return undefined;
  const words = items.map((_, index) => readWordAt(document, index));
  return words.every((word) => word !== undefined) ? words : undefined;
}

function readWordAt(document: Document, index: number): Argument | undefined {
  const inside = readEmbeddedText("", document, [index]);
  return inside && { inside, span: document.span([index], "value"), words: "one" };
}
