import type { Span } from "../../diagnostics/lines.ts";
import { LineIndex } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { DocumentFault } from "../document.ts";
import { MAX_DOCUMENT_DEPTH } from "../limits.ts";
import { createJsonFault } from "./errors.ts";

/** A JSON value with its position; members also have the position of their key. */
export interface JsonNode extends Span {
  value: unknown;
  members?: Map<string, Member>;
  items?: JsonNode[];
}

/** For a duplicate key this is the last occurrence, and `first` the position of the first key. */
interface Member {
  key: Span;
  node: JsonNode;
  first: Span;
}

export interface JsonTree {
  root?: JsonNode;
  /** At most one syntax fault (the first), and every duplicate key before it. */
  faults: DocumentFault[];
}

/**
 * Parses JSON (RFC 8259) with the position of every value. This is the slow path, taken when a position is
 * needed.
 */
export function parseJsonTree(text: string): JsonTree {
  const reader = new JsonReader(text);
  try {
    return { root: reader.readDocument(), faults: reader.faults };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { faults: [...reader.faults, error.fault] };
  }
}

/** The span of a part, or of its nearest existing ancestor. */
export function findJsonSpan(root: JsonNode, path: Path, at: "key" | "value"): Span {
  let node = root;
  let key: Span | undefined;
  for (const part of path) {
    const member = node.members?.get(String(part));
    const next = member?.node ?? node.items?.[Number(part)];
    if (!next) return node;
    [node, key] = [next, member?.key];
  }
  return at === "key" && key ? key : node;
}

/** Aborts parsing: nothing after a syntax error in JSON can be relied on. */
class JsonSyntaxError extends Error {
  readonly fault: DocumentFault;

  constructor(fault: DocumentFault) {
    super(fault.message);
    this.fault = fault;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS: readonly (readonly [string, unknown])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/** A complete escape, or a single character that is not allowed in a string. */
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|[\u0000-\u001f\\]/g;

class JsonReader {
  readonly faults: DocumentFault[] = [];
  readonly #text: string;
  readonly #lines: LineIndex;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineIndex(text);
  }

  readDocument(): JsonNode {
    this.#skipSpace();
    const node = this.#readValue(1);
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("afterEnd");
    return node;
  }

  #readValue(depth: number): JsonNode {
    if (depth > MAX_DOCUMENT_DEPTH) this.#fail("tooDeep");
    const start = this.#at;
    const first = this.#text[start];
    if (first === "{") return this.#readObject(start, depth);
    if (first === "[") return this.#readArray(start, depth);
    if (first === '"') return { value: this.#readString(), start, end: this.#at };
    return this.#readLiteral(start) ?? this.#readNumber(start);
  }

  #readObject(start: number, depth: number): JsonNode {
    const members: JsonNode["members"] = new Map();
    const value: Record<string, unknown> = {};
    this.#skipOpening();
    while (!this.#consumeClosing("}", members.size > 0, "member", start)) {
      const key = { start: this.#at, end: 0 };
      if (this.#text[this.#at] !== '"') this.#fail("key");
      const name = this.#readString();
      key.end = this.#at;
      this.#skipSpace();
      if (this.#text[this.#at] !== ":") this.#fail("colon");
      this.#skipOpening();
      const node = this.#readValue(depth + 1);
      const first = members.get(name)?.first;
      if (first) this.faults.push(this.#createDuplicateFault(name, key, first));
      members.set(name, { key, node, first: first ?? key });
      // `__proto__` must become an own member, which assignment would not do.
      Object.defineProperty(value, name, {
        value: node.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return { value, members, start, end: this.#at };
  }

  #readArray(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.#skipOpening();
    while (!this.#consumeClosing("]", items.length > 0, "item", start))
      items.push(this.#readValue(depth + 1));
    return { value: items.map((item) => item.value), items, start, end: this.#at };
  }

  /** Skips an opening bracket or a colon and the white space after it. */
  #skipOpening(): void {
    this.#at++;
    this.#skipSpace();
  }

  /** Returns true after consuming the closing bracket; otherwise stops at the next member or item. */
  #consumeClosing(bracket: string, comma: boolean, part: "member" | "item", opened: number): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] === bracket) {
      this.#at++;
      return true;
    }
    if (this.#at >= this.#text.length) this.#fail("cutOff", opened);
    if (!comma) return false;
    if (this.#text[this.#at] !== ",") this.#fail(part === "member" ? "afterMember" : "afterItem");
    const at = this.#at;
    this.#skipOpening();
    if (this.#text[this.#at] === bracket) {
      this.#at = at;
      this.#fail("trailingComma");
    }
    if (this.#at >= this.#text.length) this.#fail("cutOff", opened);
    return false;
  }

  #readString(): string {
    const start = this.#at;
    let end = start;
    do end = this.#text.indexOf('"', end + 1);
    while (end > 0 && this.#isEscaped(end, start));
    const raw = end < 0 ? "\n" : this.#text.slice(start, end + 1);
    if (raw.includes("\n")) this.#fail("openString");
    try {
      const value = JSON.parse(raw) as string;
      this.#at = end + 1;
      return value;
    } catch {
      const bad = [...raw.matchAll(ESCAPE)].find(([found]) => found.length === 1);
      this.#at = start + (bad?.index ?? 0);
      return this.#fail(bad?.[0] === "\\" ? "escape" : "control");
    }
  }

  #isEscaped(quote: number, start: number): boolean {
    let backslashes = 0;
    while (quote - backslashes - 1 > start && this.#text[quote - backslashes - 1] === "\\") backslashes++;
    return backslashes % 2 === 1;
  }

  #readLiteral(start: number): JsonNode | undefined {
    for (const [word, value] of LITERALS) {
      if (this.#text.startsWith(word, start) && !/[\w$]/.test(this.#text[start + word.length] ?? "")) {
        this.#at = start + word.length;
        return { value, start, end: this.#at };
      }
    }
    return undefined;
  }

  #readNumber(start: number): JsonNode {
    NUMBER.lastIndex = start;
    const digits = NUMBER.exec(this.#text)?.[0];
    const after = this.#text[start + (digits?.length ?? 0)] ?? "";
    if (!digits || /[\w.$+]/.test(after)) return this.#fail("value");
    this.#at = start + digits.length;
    return { value: parseExactNumber(digits), start, end: this.#at };
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }

  #createDuplicateFault(name: string, key: Span, first: Span): DocumentFault {
    return {
      ...createJsonFault("duplicate", this.#text, key.start, this.#getLine(first.start), name),
      span: key,
    };
  }

  #fail(kind: Parameters<typeof createJsonFault>[0], opened = 0): never {
    throw new JsonSyntaxError(createJsonFault(kind, this.#text, this.#at, this.#getLine(opened)));
  }

  #getLine(offset: number): number {
    return this.#lines.place({ start: offset, end: offset }).line;
  }
}

/** Integers beyond 2^53 become bigints, all other numbers doubles. */
function parseExactNumber(digits: string): number | bigint {
  const value = Number(digits);
  return !Number.isSafeInteger(value) && /^-?\d+$/.test(digits) ? BigInt(digits) : value;
}
