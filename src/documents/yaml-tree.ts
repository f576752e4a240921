import type { Alias, Node, Pair, Scalar, YAMLMap, Document as YamlDocument, YAMLSeq } from "yaml";
import { isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Fault } from "./document.ts";
import { Unknown } from "./document.ts";
import { MAX_DEPTH, MAX_VALUES } from "./limits.ts";

export interface YamlTree {
  value: unknown;
  faults: Fault[];
  /** The value is not to be used: an alias bomb, or an anchor inside itself. */
  broken: boolean;
}

/** The plain value of a composed document; aliases share the value of their anchor. */
export function readYamlTree(document: YamlDocument.Parsed, text: string): YamlTree {
  const reader = new YamlReader(text);
  const { value } = reader.read(document.contents);
  return { value, faults: reader.faults, broken: reader.broken };
}

/** The place of a part, or of the nearest part around it; a part behind an alias is where its anchor is. */
export function yamlSpan(document: YamlDocument.Parsed, path: Path, at: "key" | "value"): Span {
  let node: unknown = document.contents;
  let span = spanOf(node) ?? { start: 0, end: 0 };
  let key: Span | undefined;
  for (const part of path) {
    const next = child(resolved(document, node), part);
    if (!next) return span;
    node = next.value;
    key = spanOf(next.key);
    span = spanOf(node) ?? key ?? span;
  }
  return at === "key" && key ? key : span;
}

function child(node: unknown, part: string | number): { value: unknown; key?: unknown } | undefined {
  if (isSeq(node)) return Number(part) < node.items.length ? { value: node.items[Number(part)] } : undefined;
  if (!isMap(node)) return undefined;
  // The last one: of duplicate keys, its value is the one that counts.
  return node.items.findLast((pair) => keyText(pair) === String(part));
}

/** Slow for one alias (it walks the document), so only for places; the reader keeps the anchors itself. */
const resolved = (document: YamlDocument.Parsed, node: unknown): unknown =>
  isAlias(node) ? node.resolve(document) : node;

function spanOf(node: unknown): Span | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, valueEnd] = node.range;
  return { start, end: Math.max(start, valueEnd) };
}

const isPlain = (node: unknown): node is Scalar => isScalar(node) && node.value !== null && node.value !== undefined;

/** A key as JSON has it: text. Undefined for a key that is itself a mapping or a list. */
function keyText(pair: Pair): string | undefined {
  if (isPlain(pair.key)) return String(pair.key.source ?? pair.key.value);
  return isScalar(pair.key) || pair.key === null ? "null" : undefined;
}

interface Read {
  value: unknown;
  /** How many values it holds, and how deep they nest, once aliases are written out. */
  size: number;
  depth: number;
}

const leaf = (value: unknown): Read => ({ value, size: 1, depth: 0 });

class YamlReader {
  readonly faults: Fault[] = [];
  broken = false;
  readonly #text: string;
  /** The node that each anchor names where the reading stands. */
  readonly #anchors = new Map<string, unknown>();
  /** Collections read so far; undefined while one is being read. */
  readonly #read = new Map<unknown, Read | undefined>();

  constructor(text: string) {
    this.#text = text;
  }

  read(node: unknown): Read {
    if (this.broken || !isNode(node)) return leaf(null);
    if (isAlias(node)) return this.#alias(node);
    if (node.anchor) this.#anchors.set(node.anchor, node);
    if (isUnresolved(node.tag)) return leaf(new Unknown(this.#source(node)));
    if (isScalar(node)) return leaf(scalarValue(node));
    return this.#collection(node);
  }

  #alias(alias: Alias): Read {
    const target = this.#anchors.get(alias.source);
    if (!target) {
      const message = `the alias ${quoted(`*${alias.source}`)} has no anchor before it`;
      return this.#break(alias, "document/syntax", message, "quote text that starts with `*`");
    }
    if (isScalar(target)) return leaf(scalarValue(target));
    const read = this.#read.get(target);
    return read ?? this.#break(alias, "document/syntax", "this alias stands inside its own anchor: the value has no end");
  }

  #collection(node: Node): Read {
    this.#read.set(node, undefined);
    const read = isMap(node) ? this.#mapping(node) : isSeq(node) ? this.#sequence(node) : leaf(null);
    this.#read.set(node, read);
    if (read.size > MAX_VALUES) {
      return this.#break(node, "document/too-large", "its aliases multiply this document to over a million values");
    }
    return read.depth <= MAX_DEPTH ? read : this.#break(node, "document/too-large", "its aliases nest this too deep");
  }

  #sequence(node: YAMLSeq): Read {
    const total = leaf(undefined);
    total.value = node.items.map((item) => added(total, this.read(item)));
    return total;
  }

  #mapping(node: YAMLMap): Read {
    const value: Record<string, unknown> = {};
    const keys = new Map<string, Pair>();
    const total: Read = { ...leaf(value), depth: 1 };
    for (const pair of node.items) {
      const name = keyText(pair);
      if (name === undefined) {
        this.#break(pair.key, "document/syntax", "this key is a mapping or a list; a request's keys are text");
        break;
      }
      const first = keys.get(name);
      if (first) this.#duplicate(name, pair, first);
      keys.set(name, pair);
      const member = added(total, this.read(pair.value));
      Object.defineProperty(value, name, { value: member, enumerable: true, configurable: true, writable: true });
    }
    return total;
  }

  #duplicate(name: string, pair: Pair, first: Pair): void {
    const line = this.#text.slice(0, spanOf(first.key)?.start ?? 0).split("\n").length;
    this.faults.push({
      code: "document/duplicate-key",
      span: spanOf(pair.key) ?? { start: 0, end: 0 },
      message: `the key ${quoted(name)} stands twice in this mapping, first in line ${line}`,
      help: "most readers silently take the last one: keep one of them",
    });
  }

  #break(node: unknown, code: Fault["code"], message: string, help?: string): Read {
    const span = spanOf(node) ?? { start: 0, end: 1 };
    if (!this.broken) this.faults.push({ code, span, message, ...(help && { help }) });
    this.broken = true;
    return leaf(null);
  }

  #source(node: { range?: readonly number[] | null; tag?: string | undefined }): string {
    const [start = 0, end = 0] = node.range ?? [];
    return `${node.tag} ${this.#text.slice(start, end)}`.trim();
  }
}

/** The part's value, once its size and depth are added to the whole's. */
function added(total: Read, part: Read): unknown {
  total.size += part.size;
  total.depth = Math.max(total.depth, part.depth + 1);
  return part.value;
}

/** `!Ref` and its like: what they stand for, only the tool that knows the tag can say. */
const isUnresolved = (tag: string | undefined): boolean => tag !== undefined && tag.startsWith("!") && tag !== "!";

/** Integers come as bigints, so that none is rounded; those that a double holds become numbers. */
function scalarValue(node: Scalar): unknown {
  const { value } = node;
  if (typeof value !== "bigint") return value ?? null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
