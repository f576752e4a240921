import { isSpace } from "./scan.ts";

/** Finds a text in values that follow one another in a buffer: what was found once isn't searched again. */
export class Needle {
  readonly #text: Buffer;
  #bytes: Buffer | undefined;
  #from = 0;
  #hit = 0;

  constructor(text: string) {
    this.#text = Buffer.from(text);
  }

  /** The first place of the text from `from` on, if it begins before `end`; else -1. */
  find(bytes: Buffer, from: number, end: number): number {
    if (bytes !== this.#bytes || from < this.#from || (this.#hit >= 0 && this.#hit < from)) {
      this.#bytes = bytes;
      this.#from = from;
      this.#hit = bytes.indexOf(this.#text, from);
    }
    return this.#hit >= 0 && this.#hit < end ? this.#hit : -1;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** What is longer is no name of an operation or a service. */
const MAX_NAME_BYTES = 256;

/** The text of a member whose name ends at `at`, also of one that stands in a text itself, with its quotes escaped. */
export function readQuotedMember(bytes: Buffer, at: number): string | undefined {
  const colon = skip(bytes, at, (byte) => byte === QUOTE || byte === BACKSLASH || isSpace(byte));
  if (bytes[colon] !== COLON) return undefined;
  const open = skip(bytes, colon + 1, (byte) => byte === BACKSLASH || isSpace(byte));
  if (bytes[open] !== QUOTE) return undefined;
  const end = skip(bytes, open + 1, (byte) => byte !== QUOTE && byte !== BACKSLASH);
  return end - open > MAX_NAME_BYTES ? undefined : bytes.toString("latin1", open + 1, end);
}

/** Whether the member whose name ends at `at` is true, or a text that says so, as `lookup-events` prints it. */
export function isTrueMember(bytes: Buffer, at: number): boolean {
  const text = bytes.toString("latin1", at, at + 16);
  return /^\\*"\s*:\s*\\*"?true/.test(text);
}

function skip(bytes: Buffer, from: number, isSkipped: (byte: number) => boolean): number {
  let at = from;
  while (at < bytes.length && at - from <= MAX_NAME_BYTES && isSkipped(bytes[at]!)) at++;
  return at;
}

/** What a scan of the bytes of a record says of it, without parsing it. */
export interface SeenCall {
  source: string;
  name: string;
  isRead: boolean;
}

const NAME = "ventName";
const SOURCE = "ventSource";
const READ_ONLY = "eadOnly";

/** Escapes of letters, by which a name may be written. */
const ESCAPE = "\\u00";

/** Distinct names of operations are some twenty thousand; a file may hold any number. */
const MAX_NAMES = 50_000;

/** Tells which values may be records of wanted operations. */
export class RecordFilter {
  readonly #isWantedName: (name: string) => boolean;
  readonly #known = new Map<string, boolean>();
  readonly #name = new Needle(NAME);
  readonly #firstName = new Needle(NAME);
  readonly #source = new Needle(SOURCE);
  readonly #readOnly = new Needle(READ_ONLY);
  readonly #escape = new Needle(ESCAPE);

  constructor(isWantedName: (name: string) => boolean) {
    this.#isWantedName = isWantedName;
  }

  /** Whether a value names a wanted operation anywhere. */
  mayMatter(bytes: Buffer, start: number, end: number): boolean {
    for (let at = this.#name.find(bytes, start, end); at >= 0; at = this.#name.find(bytes, at + 1, end)) {
      const name = readQuotedMember(bytes, at + NAME.length);
      if (name !== undefined && this.#isWanted(name)) return true;
    }
    return this.#hidesLetters(bytes, start, end);
  }

  /** The call that a value is a record of, as far as a scan tells; undefined if it is none. */
  readCall(bytes: Buffer, start: number, end: number): SeenCall | undefined {
    const source = this.#readText(this.#source, SOURCE, { bytes, start, end });
    const name = source && this.#readText(this.#firstName, NAME, { bytes, start, end });
    if (!source || !name) return undefined;
    const at = this.#readOnly.find(bytes, start, end);
    return { source, name, isRead: at >= 0 && isTrueMember(bytes, at + READ_ONLY.length) };
  }

  #readText(
    needle: Needle,
    text: string,
    { bytes, start, end }: { bytes: Buffer; start: number; end: number },
  ): string | undefined {
    const at = needle.find(bytes, start, end);
    return at < 0 ? undefined : readQuotedMember(bytes, at + text.length);
  }

  #isWanted(name: string): boolean {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const isWanted = this.#isWantedName(name);
    if (this.#known.size < MAX_NAMES) this.#known.set(name, isWanted);
    return isWanted;
  }

  #hidesLetters(bytes: Buffer, start: number, end: number): boolean {
    for (let at = this.#escape.find(bytes, start, end); at >= 0; at = this.#escape.find(bytes, at + 1, end)) {
      const digit = bytes[at + ESCAPE.length]!;
      if (digit >= 0x34 && digit <= 0x37) return true;
    }
    return false;
  }
}
