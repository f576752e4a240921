import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { parseDirectives } from "../directives.ts";
import type { Document, ParsedText } from "../document.ts";
import { MAX_YAML_LENGTH } from "../limits.ts";
import { parseYaml } from "./yaml.ts";

/** A text that was parsed whole and has no fault, and its parts that can be parsed alone. */
interface Base {
  text: string;
  document: Document;
  parts: readonly BasePart[];
}

/** A member of a member of the document: a resource of a template. It takes whole lines. */
interface BasePart {
  name: string;
  key: string;
  start: number;
  /** Behind its first line: an edit in that line may change how the lines before it are read. */
  bodyStart: number;
  /** Where the next part begins. The last one of a member has no end that is sure. */
  end: number;
}

/**
 * Parses the texts of one document while it is edited. A text that differs from an earlier one only inside of one part is
 * read by parsing that part alone, in between what surrounds it: the key that it is in, and another key behind it. Any
 * doubt, and the text is parsed whole: the result is always that of `parseYaml`.
 */
export class IncrementalYaml {
  #base: Base | undefined;
  #last: { text: string; parsed: ParsedText } | undefined;

  parse(text: string): ParsedText {
    // A check reads the text for its requests, and again for what they refer to.
    if (this.#last?.text !== text) this.#last = { text, parsed: this.#parse(text) };
    return this.#last.parsed;
  }

  #parse(text: string): ParsedText {
    const patched = this.#base && patch(this.#base, text);
    if (patched) return { documents: [patched], faults: [], directives: parseDirectives(text) };
    const parsed = parseYaml(text);
    const base = createBase(text, parsed);
    // While a text is faulty, the one before it is what the mended one is compared with.
    if (base) this.#base = base;
    return parsed;
  }
}

/** Lines that begin or end a document, or say how it is read. */
const STREAM_MARKER = /^(?:---|\.\.\.|%)/m;

function createBase(text: string, { documents, faults, isAnchored }: ParsedText): Base | undefined {
  const [document] = documents;
  if (!document || documents.length > 1 || faults.length > 0 || isAnchored) return undefined;
  if (text.includes("\r") || STREAM_MARKER.test(text)) return undefined;
  const parts = Object.entries(toMembers(document.value)).flatMap(([name, member]) =>
    listParts(text, document, name, Object.keys(toMembers(member))),
  );
  return { text, document, parts };
}

/** A mapping without a tag. */
const toMembers = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? (value as Record<string, unknown>)
    : {};

const SIMPLE_KEY = /^[A-Za-z][\w-]*$/;

function listParts(text: string, document: Document, name: string, keys: readonly string[]): BasePart[] {
  if (!SIMPLE_KEY.test(name) || !isLineStart(text, document.span([name], "key").start)) return [];
  const starts = keys.map((key) => findKeyLine(text, document, [name, key]));
  return keys.flatMap((key, index) => {
    const start = starts[index];
    const end = starts[index + 1];
    if (start === undefined || end === undefined || !SIMPLE_KEY.test(key)) return [];
    const bodyStart = text.indexOf("\n", start) + 1;
    return bodyStart > 0 && bodyStart <= end ? [{ name, key, start, bodyStart, end }] : [];
  });
}

const isLineStart = (text: string, offset: number): boolean => offset === 0 || text[offset - 1] === "\n";

/** The start of the line that begins with a key, indented with spaces; undefined for a key that stands elsewhere. */
function findKeyLine(text: string, document: Document, path: readonly string[]): number | undefined {
  const { start } = document.span(path, "key");
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const before = text.slice(lineStart, start);
  return before !== "" && /^ +$/.test(before) && text.startsWith(`${path.at(-1)}:`, start)
    ? lineStart
    : undefined;
}

/** A key that nothing else has stands behind the part: what the part leaves open would take it in. */
const NEXT_KEY = "CountersignNextKey";

function patch(base: Base, text: string): Document | undefined {
  if (text.length > MAX_YAML_LENGTH) return undefined;
  const part = findChangedPart(base, text);
  if (!part) return undefined;
  const { name, key, start, end } = part;
  const shift = text.length - base.text.length;
  const content = text.slice(start, end + shift);
  if (!content.endsWith("\n") || content.includes("\r") || STREAM_MARKER.test(content)) return undefined;
  const indent = /^ */.exec(content)![0];
  const head = `${name}:\n`;
  const parsed = parseYaml(`${head}${content}${indent}${NEXT_KEY}: 0\n`);
  const [document] = parsed.documents;
  if (!document || parsed.documents.length > 1 || parsed.faults.length > 0 || parsed.isAnchored)
    return undefined;
  const top = toMembers(document.value);
  const members = toMembers(top[name]);
  if (Object.keys(top).length !== 1 || Object.keys(members).join() !== `${key},${NEXT_KEY}`) return undefined;
  return join(base, part, { document, member: members[key], offset: start - head.length, shift });
}

/** The part that holds all that differs between the texts. */
function findChangedPart({ text: before, parts }: Base, text: string): BasePart | undefined {
  const most = Math.min(before.length, text.length);
  let same = 0;
  while (same < most && before.charCodeAt(same) === text.charCodeAt(same)) same++;
  let sameEnd = 0;
  while (
    sameEnd < most - same &&
    before.charCodeAt(before.length - 1 - sameEnd) === text.charCodeAt(text.length - 1 - sameEnd)
  )
    sameEnd++;
  return parts.find(({ bodyStart, end }) => bodyStart <= same && before.length - sameEnd <= end);
}

/** What was parsed of a part alone. */
interface ParsedPart {
  document: Document;
  member: unknown;
  /** From the offsets of its own text to those of the whole one. */
  offset: number;
  /** From offsets behind the part in the base's text to those in the text now. */
  shift: number;
}

/** The document of the base with one part replaced. */
function join(
  base: Base,
  { name, key, end: partEnd }: BasePart,
  { document, member, offset, shift }: ParsedPart,
): Document {
  const whole = toMembers(base.document.value);
  const isInside = (path: Path): boolean => path[0] === name && path[1] === key;
  const move = (at: number): number => (at >= partEnd ? at + shift : at);
  return {
    value: { ...whole, [name]: { ...toMembers(whole[name]), [key]: member } },
    span(path, at): Span {
      const { start, end } = (isInside(path) ? document : base.document).span(path, at);
      return isInside(path)
        ? { start: start + offset, end: end + offset }
        : { start: move(start), end: move(end) };
    },
  };
}
