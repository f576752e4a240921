import type { Span } from "../../diagnostics/lines.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { sliceText } from "../../documents/embedded.ts";
import type { LocatedValue } from "./located-value.ts";
import { createList, createStructure, createTextValue } from "./located-value.ts";

/** An error in a shorthand text. */
export interface ShorthandFault {
  span: Span;
  message: string;
  help?: string;
}

/** Reads the file named after `@=`. */
export type ReadReferencedFile = (name: string, span: Span) => LocatedValue | undefined;

/** Called for text that the CLI drops without a word, by backtracking past it. */
export type OnDropped = (dropped: string, span: Span) => void;

/**
 * Parses the AWS CLI's shorthand (`Enabled=true,Path=s3://…`; AWS CLI user guide, "Using shorthand syntax").
 * All scalars are texts; the caller converts them to the members' types.
 */
export function parseShorthand(
  inside: EmbeddedText,
  file: string,
  readFile: ReadReferencedFile,
  onDropped: OnDropped = () => {},
): LocatedValue | ShorthandFault {
  try {
    return new ShorthandReader(inside, file, readFile, onDropped).readParameter();
  } catch (error) {
    if (!(error instanceof ShorthandError)) throw error;
    const { at, message, help } = error;
    const end = Math.min(at + 1, inside.text.length);
    return { span: inside.span({ start: at, end }), message, ...(help !== undefined && { help }) };
  }
}

export const isShorthandFault = (read: LocatedValue | ShorthandFault): read is ShorthandFault =>
  "message" in read;

class ShorthandError extends Error {
  readonly at: number;
  readonly help: string | undefined;

  constructor(at: number, message: string, help?: string) {
    super(message);
    this.at = at;
    this.help = help;
  }
}

const KEY = /[\w\-.#/:]*/y;
const BLANKS = /[ \t\n\r\v\f]*/y;

/** The first text of a value, which may contain `=` and `[` but not begin with them. */
const FIRST_TEXT = /(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--\\^-|~-\uffff])*/uy;
/** A text after a comma; if `=` follows, it is the next key. */
const NEXT_TEXT = /(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--<>-\uffff])*/uy;
const SINGLE_QUOTED = /'(?:\\'|[^'])*'/y;
const DOUBLE_QUOTED = /"(?:\\"|[^"])*"/y;

/** Nesting limit of lists and structures, far beyond any request. */
const MAX_SHORTHAND_DEPTH = 64;

class ShorthandReader {
  readonly #inside: EmbeddedText;
  readonly #text: string;
  readonly #file: string;
  readonly #readFile: ReadReferencedFile;
  readonly #onDropped: OnDropped;
  #at = 0;
  #depth = 0;
  /** The value follows `@=` and may name a file. */
  #namesFile = false;

  constructor(inside: EmbeddedText, file: string, readFile: ReadReferencedFile, onDropped: OnDropped) {
    this.#inside = inside;
    this.#text = inside.text;
    this.#file = file;
    this.#readFile = readFile;
    this.#onDropped = onDropped;
  }

  /** Parses keys and values separated by commas. */
  readParameter(): LocatedValue {
    const members = new Map<string, LocatedValue>();
    for (;;) {
      const start = this.#at;
      const [key, value] = this.#readKeyAndValue(() => this.#readValues());
      if (members.has(key)) {
        throw new ShorthandError(
          start,
          `the key ${quoted(key)} stands twice`,
          "a space, not a comma, stands between two structures",
        );
      }
      members.set(key, value);
      if (this.#at >= this.#text.length) break;
      this.#expect(",");
    }
    return createStructure(members, this.#toSpan(0, this.#text.length));
  }

  #readKeyAndValue(readValue: () => LocatedValue): [string, LocatedValue] {
    const start = this.#at;
    const key = this.#match(KEY) ?? "";
    const span = this.#toSpan(start, this.#at);
    this.#skipBlanks();
    this.#namesFile = this.#text[this.#at] === "@";
    if (this.#namesFile) this.#at++;
    this.#expect(
      "=",
      key === "" ? undefined : `shorthand is written \`Name=value,Name=value\`; ${quoted(key)} has no \`=\``,
    );
    return [key, { ...readValue(), key: span }];
  }

  #readValues(): LocatedValue {
    if (this.#at >= this.#text.length) return { value: "", span: this.#toSpan(this.#at, this.#at) };
    const first = this.#text[this.#at];
    return first === "[" || first === "{" ? this.#readNested() : this.#readCommaSeparated();
  }

  /**
   * Parses `a`, or the list `a,b`. If a key follows the comma, the comma belongs to the enclosing structure.
   */
  #readCommaSeparated(): LocatedValue {
    const start = this.#at;
    const items = [this.#readFirst()];
    this.#skipBlanks();
    while (this.#text[this.#at] === ",") {
      const comma = this.#at;
      this.#at++;
      this.#skipBlanks();
      const next = this.#readNext(comma);
      if (!next) break;
      items.push(next);
    }
    return items.length === 1 ? items[0]! : createList(items, this.#toSpan(start, this.#at));
  }

  /** The next item of a list; undefined, after backtracking to the comma, if a key follows. */
  #readNext(comma: number): LocatedValue | undefined {
    const item = this.#readQuoted() ?? this.#readPlain(NEXT_TEXT);
    this.#skipBlanks();
    const isEnd = this.#at >= this.#text.length;
    if (item && (isEnd || this.#text[this.#at] === ",")) return item;
    if (isEnd)
      throw new ShorthandError(
        comma,
        "nothing follows this comma",
        "remove it, or write what is missing behind it",
      );
    this.#backtrack(comma);
    return undefined;
  }

  /** The CLI goes back to the nearest comma, which may be a later one than that before the item. */
  #backtrack(comma: number): void {
    this.#at = this.#text.lastIndexOf(",", this.#at);
    if (this.#at > comma)
      this.#onDropped(this.#text.slice(comma + 1, this.#at), this.#toSpan(comma, this.#at + 1));
  }

  #readNested(): LocatedValue {
    const first = this.#text[this.#at];
    if (first !== "[" && first !== "{") return this.#readFirst();
    if (++this.#depth > MAX_SHORTHAND_DEPTH)
      throw new ShorthandError(this.#at, "too many lists or structures inside each other");
    const nested = first === "[" ? this.#readList() : this.#readStructure();
    this.#depth--;
    return nested;
  }

  #readList(): LocatedValue {
    const start = this.#at;
    const items: LocatedValue[] = [];
    this.#readItems("[", "]", () => items.push(this.#readNested()));
    return createList(items, this.#toSpan(start, this.#at));
  }

  #readStructure(): LocatedValue {
    const start = this.#at;
    const members = new Map<string, LocatedValue>();
    this.#readItems("{", "}", () => members.set(...this.#readKeyAndValue(() => this.#readNested())));
    return createStructure(members, this.#toSpan(start, this.#at));
  }

  #readItems(open: string, close: string, read: () => unknown): void {
    this.#expect(open);
    while (this.#text[this.#at] !== close) {
      read();
      this.#skipBlanks();
      if (this.#text[this.#at] !== close) this.#expect(",");
    }
    this.#at++;
  }

  /** Parses a possibly empty text. */
  #readFirst(): LocatedValue {
    const start = this.#at;
    return (
      this.#readQuoted() ?? this.#readPlain(FIRST_TEXT) ?? { value: "", span: this.#toSpan(start, start) }
    );
  }

  #readQuoted(): LocatedValue | undefined {
    const start = this.#at;
    const quote = this.#text[start];
    if (quote !== "'" && quote !== '"') return undefined;
    const found = this.#match(quote === "'" ? SINGLE_QUOTED : DOUBLE_QUOTED);
    if (found === undefined)
      throw new ShorthandError(start, `this ${quote === "'" ? "single" : "double"} quote is never closed`);
    const text = found.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll("\\\\", "\\");
    return this.#createText(text, start);
  }

  #readPlain(form: RegExp): LocatedValue | undefined {
    const start = this.#at;
    const found = this.#match(form);
    if (found === undefined) return undefined;
    return this.#createText(found.replaceAll("\\,", ",").trimEnd(), start, start + found.trimEnd().length);
  }

  #createText(text: string, start: number, end = this.#at): LocatedValue {
    const span = this.#toSpan(start, end);
    const read = this.#namesFile ? this.#readFile(text, span) : undefined;
    return read ?? createTextValue(text, sliceText(this.#inside, start, end), span, this.#file);
  }

  #match(form: RegExp): string | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #expect(character: string, help?: string): void {
    this.#skipBlanks();
    const found = this.#text[this.#at];
    if (found !== character) {
      const what = found === undefined ? "the shorthand ends" : `${quoted(found)} stands`;
      throw new ShorthandError(this.#at, `${what} where \`${character}\` is expected`, help);
    }
    this.#at++;
    this.#skipBlanks();
  }

  #skipBlanks(): void {
    this.#match(BLANKS);
  }

  #toSpan(start: number, end: number): Span {
    return this.#inside.span({ start, end });
  }
}
