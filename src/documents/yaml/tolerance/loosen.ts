import type { Document as YamlDocument } from "yaml";
import { isCollection, isScalar, visit } from "yaml";
import type { Span } from "../../../diagnostics/lines.ts";
import { endOfLine } from "../../../diagnostics/lines.ts";
import type { Insertion } from "./insertions.ts";
import { PatchedText } from "./insertions.ts";
import { findFlowEnd, findLineStart, findQuoteEnd } from "./scan.ts";

/** Composes a stream; undefined if it nests too deep. */
export type ComposeStream = (text: string) => YamlDocument.Parsed[] | undefined;

/** What YAML 1.2 forbids, and other readers take. */
export interface Leniency {
  span: Span;
  message: string;
  help: string;
}

export interface LoosenedStream {
  text: PatchedText;
  documents: YamlDocument.Parsed[];
  /** With offsets in the original. */
  leniencies: Leniency[];
}

/** What it takes to compose a stream once, in characters: a fault takes the time of many. */
export const measureWork = (text: string, documents: readonly YamlDocument.Parsed[] = []): number =>
  documents.reduce((work, { errors }) => work + errors.length * 300, text.length);

/** Enough for any file that a person has written. Each costs a pass over the text. */
const MAX_REPAIRS = 60;
const MAX_WORK = 2_000_000;

/**
 * Reads what YAML 1.2 forbids but PyYAML, libyaml and those built on them accept: lines of a bracketed value or a quoted
 * text that are not indented, a comment right behind one, `%YAML` without a `...` before it. Only documents without any
 * other error are changed.
 */
export function loosenYaml(original: string, compose: ComposeStream): LoosenedStream | undefined {
  const stream = new Loosener(original, compose);
  return stream.run();
}

class Loosener {
  readonly #compose: ComposeStream;
  #text: PatchedText;
  #leniencies: Leniency[] = [];
  /** Before the document that is being repaired. */
  #kept: { text: PatchedText; leniencies: Leniency[] };
  /** The documents before this one are done. */
  #current = 0;
  #work = MAX_WORK;

  constructor(original: string, compose: ComposeStream) {
    this.#compose = compose;
    this.#text = new PatchedText(original);
    this.#kept = { text: this.#text, leniencies: [] };
  }

  run(): LoosenedStream | undefined {
    let documents = this.#composeText();
    for (let repairs = 0; documents; ) {
      const at = this.#findFaulty(documents);
      if (at > this.#current || at < 0) this.#keep(Math.max(at, this.#current));
      const isTired = repairs >= MAX_REPAIRS || this.#work <= 0;
      const repair = at < 0 || isTired ? undefined : findRepair(documents[at]!, this.#text.text);
      const before = this.#text;
      if (repair) this.#apply(repair);
      else if (at >= 0) this.#giveUp(at);
      if (this.#text !== before) documents = this.#composeText();
      if (at < 0 || isTired)
        return documents && { text: this.#text, documents, leniencies: this.#leniencies };
      if (repair) repairs++;
    }
    return undefined;
  }

  #composeText(): YamlDocument.Parsed[] | undefined {
    const { text } = this.#text;
    const documents = this.#compose(text);
    this.#work -= measureWork(text, documents);
    return documents;
  }

  /** The first document with an error that isn't done; -1 without one. */
  #findFaulty(documents: readonly YamlDocument.Parsed[]): number {
    for (let at = this.#current; at < documents.length; at++) if (documents[at]!.errors.length > 0) return at;
    return -1;
  }

  #keep(upTo: number): void {
    this.#kept = { text: this.#text, leniencies: this.#leniencies };
    this.#current = upTo;
  }

  #apply({ insertions, span, message, help }: Repair): void {
    const start = this.#text.toOriginal(span.start);
    const end = Math.max(start, this.#text.toOriginal(span.end));
    this.#leniencies = [...this.#leniencies, { span: { start, end }, message, help }];
    this.#text = this.#text.insert(insertions);
  }

  /** The document's error is a real one: it stays as it was. */
  #giveUp(at: number): void {
    this.#text = this.#kept.text;
    this.#leniencies = this.#kept.leniencies;
    this.#current = at + 1;
  }
}

interface Repair extends Leniency {
  insertions: Insertion[];
}

function findRepair(document: YamlDocument.Parsed, text: string): Repair | undefined {
  const error = document.errors[0]!;
  const at = error.pos[0];
  if (/^Flow .* must .*end with a [\]}]/.test(error.message)) return indentFlow(document, at, text);
  if (/^Comments must be separated /.test(error.message)) return separateComment(at, text);
  if (/^%(?:YAML|TAG) /.test(text.slice(at, at + 6)) && at === findLineStart(text, at))
    return endDocument(at, text);
  return indentQuoted(document, at, text);
}

function indentFlow(document: YamlDocument.Parsed, at: number, text: string): Repair | undefined {
  const start = findLast(document, (node) => isCollection(node) && node.flow === true, at);
  const end = start === undefined ? undefined : findFlowEnd(text, start);
  return start !== undefined && end !== undefined && end > at
    ? indent({ start, end }, at, "a value in brackets", text)
    : undefined;
}

function indentQuoted(document: YamlDocument.Parsed, at: number, text: string): Repair | undefined {
  const start = findLast(document, (node, from) => isScalar(node) && /["']/.test(text[from] ?? ""), at);
  const end = start === undefined ? undefined : findQuoteEnd(text, start);
  if (start === undefined || end === undefined || end <= Math.max(at, endOfLine(text, start)))
    return undefined;
  // Whatever the error is: what closes a quote within the indented lines may be an escaped quote.
  return indent({ start, end }, at, "a quoted text", text);
}

/** Indents all lines of a value but its first, below its first character. */
function indent({ start, end }: Span, at: number, what: string, text: string): Repair | undefined {
  const depth = " ".repeat(start - findLineStart(text, start) + 1);
  const insertions: Insertion[] = [];
  for (let line = endOfLine(text, start) + 1; line < end; line = endOfLine(text, line) + 1)
    if (!/[\r\n]/.test(text[line]!)) insertions.push({ at: line, text: depth });
  const shown = endOfLine(text, at) < end ? findFirstShallow(text, at, start) : at;
  return insertions.length === 0
    ? undefined
    : {
        insertions,
        span: { start: shown, end: shown + 1 },
        message: `YAML 1.2 wants the lines of ${what} deeper than its key`,
        help: "indent this line; PyYAML and CloudFormation take it as it is, other readers don't",
      };
}

/** The start of the text in the first line at or after an offset. */
function findFirstShallow(text: string, at: number, start: number): number {
  const line = at > endOfLine(text, start) ? findLineStart(text, at) : endOfLine(text, start) + 1;
  return line + (/^[ \t]*/.exec(text.slice(line, line + 200))?.[0].length ?? 0);
}

const separateComment = (at: number, text: string): Repair => ({
  insertions: [{ at, text: " " }],
  span: { start: at, end: endOfLine(text, at) },
  message: "YAML 1.2 wants a space before a comment",
  help: "put a space before `#`; PyYAML takes it as it is, other readers don't",
});

const endDocument = (at: number, text: string): Repair => ({
  insertions: [{ at, text: "...\n" }],
  span: { start: at, end: endOfLine(text, at) },
  message: "YAML 1.2 wants `...` between a document and a directive",
  help: "put a line `...` before it; PyYAML takes it as it is, other readers don't",
});

/** The start of the last outermost node of a kind that begins before an offset. */
function findLast(
  document: YamlDocument.Parsed,
  isWanted: (node: unknown, from: number) => boolean,
  before: number,
): number | undefined {
  let start: number | undefined;
  visit(document, {
    Node(_key, node) {
      const [from = 0] = node.range ?? [];
      if (from >= before || !isWanted(node, from)) return undefined;
      if (start === undefined || from > start) start = from;
      return visit.SKIP;
    },
  });
  return start;
}
