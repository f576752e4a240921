import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq, Document as YamlDocument } from "yaml";
import { isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import type { LineIndex, Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { DocumentFault } from "../document.ts";
import { Unknown } from "../document.ts";
import { MAX_DOCUMENT_DEPTH, MAX_VALUES } from "../limits.ts";
import { findTemplateHelp } from "./errors.ts";

export interface YamlTree {
  value: unknown;
  faults: DocumentFault[];
  /**
   * The value must not be used: the document is an alias bomb, or an alias refers to an anchor that contains
   * it.
   */
  broken: boolean;
  isAnchored: boolean;
  /**
   * The span of a part, or of its nearest existing ancestor; a part behind an alias has the position of its
   * anchor.
   */
  span(path: Path, at: "key" | "value"): Span;
}

/** Converts a composed document to plain values; aliases share the value of their anchor. */
export function createYamlTree(document: YamlDocument.Parsed, lines: LineIndex, text: string): YamlTree {
  const reader = new YamlReader(lines, text);
  const { value } = reader.read(document.contents);
  const { faults, broken, isAnchored } = reader;
  return { value, faults, broken, isAnchored, span: (path, at) => reader.span(document.contents, path, at) };
}

function getNodeSpan(node: unknown): Span | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, valueEnd] = node.range;
  return { start, end: Math.max(start, valueEnd) };
}

/** A key as the text that JSON would have; undefined for a key that is itself a mapping or a list. */
function toKeyText(key: unknown): string | undefined {
  if (key === null) return "null";
  if (!isScalar(key)) return undefined;
  if (key.value !== null && key.value !== undefined) return String(key.source ?? key.value);
  // `NULL` as a key keeps its spelling: it is a member name in DynamoDB.
  return key.source?.toUpperCase() === "NULL" ? key.source : "null";
}

interface ReadValue {
  value: unknown;
  /** Number of values and nesting depth, counted with all aliases expanded. */
  size: number;
  depth: number;
}

const createLeaf = (value: unknown): ReadValue => ({ value, size: 1, depth: 0 });

/** Long text counts as several values, so that aliases can't multiply it beyond the limit. */
const createScalarLeaf = (node: Scalar): ReadValue => ({
  ...createLeaf(toScalarValue(node)),
  size: 1 + ((node.source?.length ?? 0) >> 7),
});

class YamlReader {
  readonly faults: DocumentFault[] = [];
  broken = false;
  readonly #lines: LineIndex;
  readonly #text: string;
  /** The node that each anchor refers to at the current position. */
  readonly #anchors = new Map<string, Node>();
  /** The node that each alias refers to; an anchor may be redefined later in the document. */
  readonly #targets = new Map<unknown, Node>();
  /** Results of collections; undefined while a collection is still being read. */
  readonly #read = new Map<unknown, ReadValue | undefined>();
  /** The pairs of each mapping by name; of duplicate keys the last, whose value is the one that counts. */
  readonly #members = new Map<unknown, Map<string, Pair>>();

  constructor(lines: LineIndex, text: string) {
    this.#lines = lines;
    this.#text = text;
  }

  get isAnchored(): boolean {
    return this.#anchors.size > 0;
  }

  span(root: unknown, path: Path, at: "key" | "value"): Span {
    let node = root;
    let span = getNodeSpan(node) ?? { start: 0, end: 0 };
    let key: Span | undefined;
    for (const part of path) {
      const next = this.#findChild(this.#targets.get(node) ?? node, part);
      if (!next) return span;
      node = next.value;
      key = getNodeSpan(next.key);
      span = getNodeSpan(node) ?? key ?? span;
    }
    return at === "key" && key ? key : span;
  }

  #findChild(node: unknown, part: string | number): { value: unknown; key?: unknown } | undefined {
    if (!isSeq(node)) return this.#members.get(node)?.get(String(part));
    return Number(part) < node.items.length ? { value: node.items[Number(part)] } : undefined;
  }

  read(node: unknown): ReadValue {
    if (this.broken || !isNode(node)) return createLeaf(null);
    if (isAlias(node)) return this.#readAlias(node);
    this.#registerAnchor(node);
    const { tag } = node;
    if (isCustomTag(tag)) return this.#readTagged(node, tag);
    if (isScalar(node)) return createScalarLeaf(node);
    return this.#readCollection(node);
  }

  /** Unknown to all readers but the one that understands the tag; its content is read as usual. */
  #readTagged(node: Node, tag: string): ReadValue {
    const read = isScalar(node) ? createScalarLeaf(node) : this.#readCollection(node);
    return { ...read, value: new Unknown(this.#getSource(node), { tag, value: read.value }) };
  }

  #registerAnchor(node: Node): void {
    if ("anchor" in node && node.anchor) this.#anchors.set(node.anchor, node);
  }

  #resolveAlias(alias: Alias): Node | undefined {
    const target = this.#anchors.get(alias.source);
    if (target) this.#targets.set(alias, target);
    return target;
  }

  #readAlias(alias: Alias): ReadValue {
    const target = this.#resolveAlias(alias);
    if (!target) {
      const message = `the alias ${quoted(`*${alias.source}`)} has no anchor before it`;
      return this.#fail(alias, "document/syntax", message, "quote text that starts with `*`");
    }
    if (isScalar(target))
      return isCustomTag(target.tag) ? this.#readTagged(target, target.tag) : createScalarLeaf(target);
    const read = this.#read.get(target);
    if (read && isCustomTag(target.tag)) {
      return { ...read, value: new Unknown(this.#getSource(target), { tag: target.tag, value: read.value }) };
    }
    return (
      read ??
      this.#fail(alias, "document/syntax", "this alias stands inside its own anchor: the value has no end")
    );
  }

  #readCollection(node: Node): ReadValue {
    this.#read.set(node, undefined);
    const read = isMap(node)
      ? this.#readMapping(node)
      : isSeq(node)
        ? this.#readSequence(node)
        : createLeaf(null);
    this.#read.set(node, read);
    // Without aliases, the limit on the file's size is sufficient.
    if (read.size > MAX_VALUES && this.#targets.size > 0) {
      return this.#fail(
        node,
        "document/too-large",
        "its aliases multiply this document to over a million values",
      );
    }
    return read.depth <= MAX_DOCUMENT_DEPTH
      ? read
      : this.#fail(node, "document/too-large", "its aliases nest this too deep");
  }

  #readSequence(node: YAMLSeq): ReadValue {
    const total = createLeaf(undefined);
    total.value = node.items.map((item) => addPart(total, this.read(item)));
    return total;
  }

  #readMapping(node: YAMLMap): ReadValue {
    const value: Record<string, unknown> = {};
    const members = new Map<string, Pair>();
    const firsts = new Map<string, Pair>();
    const total: ReadValue = { ...createLeaf(value), depth: 1 };
    this.#members.set(node, members);
    for (const pair of node.items) {
      const name = this.#readKey(pair.key);
      if (name === undefined) break;
      const first = firsts.get(name) ?? members.get(name);
      if (first) {
        firsts.set(name, first);
        this.#addDuplicateFault(name, pair, first);
      }
      members.set(name, pair);
      const member = addPart(total, this.read(pair.value));
      Object.defineProperty(value, name, {
        value: member,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return total;
  }

  /** The key's text; marks the document as broken if it has none. */
  #readKey(key: unknown): string | undefined {
    if (isNode(key)) this.#registerAnchor(key);
    const name = toKeyText(isAlias(key) ? this.#resolveAlias(key) : key);
    if (name === undefined) {
      const help =
        findTemplateHelp(this.#text, getNodeSpan(key)?.start ?? 0) ?? "quote it if it is meant as text";
      this.#fail(key, "document/syntax", "this key is a mapping or a list; a request's keys are text", help);
    }
    return name;
  }

  #addDuplicateFault(name: string, pair: Pair, first: Pair): void {
    const { line } = this.#lines.place(getNodeSpan(first.key) ?? { start: 0, end: 0 });
    this.faults.push({
      code: "document/duplicate-key",
      span: getNodeSpan(pair.key) ?? { start: 0, end: 0 },
      message: `the key ${quoted(name)} stands twice in this mapping, first in line ${line}`,
      help: "most readers silently take the last one: keep one of them",
    });
  }

  #fail(node: unknown, code: DocumentFault["code"], message: string, help?: string): ReadValue {
    const span = getNodeSpan(node) ?? { start: 0, end: 1 };
    if (!this.broken) this.faults.push({ code, span, message, ...(help && { help }) });
    this.broken = true;
    return createLeaf(null);
  }

  #getSource(node: { range?: readonly number[] | null; tag?: string | undefined }): string {
    const [start = 0, end = 0] = node.range ?? [];
    return `${node.tag} ${this.#text.slice(start, end)}`.trim();
  }
}

/** Adds the part's size and depth to the total. Returns the part's value. */
function addPart(total: ReadValue, part: ReadValue): unknown {
  total.size += part.size;
  total.depth = Math.max(total.depth, part.depth + 1);
  return part.value;
}

/** The standard YAML tags; `!!binary` and `!!timestamp` values remain text. */
const STANDARD_TAGS = /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq|binary|timestamp))$/;

/** Whether a tag such as `!Ref` is one that only another tool can resolve. */
const isCustomTag = (tag: string | undefined): tag is string => tag !== undefined && !STANDARD_TAGS.test(tag);

/** Integers are parsed as bigints to avoid rounding; those that a double holds exactly become numbers. */
function toScalarValue(node: Scalar): unknown {
  const { value } = node;
  if (typeof value !== "bigint") return value ?? null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
