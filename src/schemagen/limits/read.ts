// Reads `<Operation>.limits.yaml`: constraints that pages omit (lengths, patterns, ranges), with their
// source, and our own descriptions.

import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument } from "yaml";
import type { Place } from "../page/lines.ts";
import { PageError, quote } from "../source-error.ts";

export type LimitValues = {
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  description?: string;
  /** The form of the value in plain words. */
  form?: string;
  examples?: unknown[];
  /** The pattern is documented without anchors, but applies to the whole string. */
  wholeMatch?: boolean;
  /** The rule that checks the range, with a clearer message than the schema's. */
  checkedBy?: string;
};

export type Part = "request" | "response";

export type LimitEntry = { values: LimitValues; at: Place; places: Map<string, Place> };

export type Limits = {
  file: string;
  operation: string;
  operationAt: Place;
  source: string;
  /** The parts for which schemas are written. */
  parts: Part[];
  request: Map<string, LimitEntry>;
  response: Map<string, LimitEntry>;
};

type Check = (value: unknown) => string | undefined;

const count: Check = (v) =>
  Number.isSafeInteger(v) && (v as number) >= 0 ? undefined : "a whole number from 0";
const number: Check = (v) => (typeof v === "number" && Number.isFinite(v) ? undefined : "a number");
const words: Check = (v) => (typeof v === "string" && v.trim() !== "" ? undefined : "some words");
const yes: Check = (v) => (v === true ? undefined : "`true`");
const list: Check = (v) => (Array.isArray(v) && v.length > 0 ? undefined : "a list of values");
const parts: Check = (v) =>
  Array.isArray(v) && v.length > 0 && v.every((part) => part === "request" || part === "response")
    ? undefined
    : "a list of `request` and `response`";
const operation: Check = (v) =>
  typeof v === "string" && /^[a-z0-9-]+:\w+$/.test(v) ? undefined : "`service:Operation`";
const url: Check = (v) => (typeof v === "string" && /^https:\/\/\S+$/.test(v) ? undefined : "an https URL");
const pattern: Check = (v) => {
  try {
    return typeof v === "string" && new RegExp(v, "u") ? undefined : "a regular expression";
  } catch {
    return "a regular expression that JavaScript reads with its `u` flag";
  }
};

const LIMIT_KEYS: Record<keyof LimitValues, Check> = {
  minLength: count,
  maxLength: count,
  pattern,
  minItems: count,
  maxItems: count,
  minimum: number,
  maximum: number,
  description: words,
  form: words,
  examples: list,
  wholeMatch: yes,
  checkedBy: words,
};
const map: Check = (v) => (typeof v === "object" && v !== null && !Array.isArray(v) ? undefined : "a map");
const FILE_KEYS: Record<string, Check> = { operation, source: url, parts, request: map, response: map };

/** Parses the text of a limits file. `file` is the name shown in messages. Throws a `PageError`. */
export function parseLimits(text: string, file: string): Limits {
  return new LimitsReader(text, file).read();
}

class LimitsReader {
  readonly file: string;
  readonly lines = new LineCounter();
  readonly document: Document.Parsed;

  constructor(text: string, file: string) {
    this.file = file;
    this.document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: true });
  }

  read(): Limits {
    const [error] = this.document.errors;
    if (error) throw this.error(this.place(error.pos[0]), firstLine(error.message), "repair the YAML");
    const start = { line: 1, column: 1 };
    const top = this.pairs(this.document.contents, start, FILE_KEYS);
    for (const key of ["operation", "source"]) {
      if (!top.has(key))
        throw this.error(start, `\`${key}\` is missing`, `a limits file says \`${key}\` at its top`);
    }
    const value = <T>(key: string) => top.get(key)?.value as T | undefined;
    return {
      file: this.file,
      operation: value<string>("operation")!,
      operationAt: top.get("operation")!.at,
      source: value<string>("source")!,
      parts: value<Part[]>("parts") ?? ["request", "response"],
      request: this.entries(top.get("request")?.node, start),
      response: this.entries(top.get("response")?.node, start),
    };
  }

  entries(node: unknown, at: Place): Map<string, LimitEntry> {
    const entries = new Map<string, LimitEntry>();
    if (node === undefined) return entries;
    for (const [pointer, pair] of this.pairs(node, at, undefined)) {
      const keys = this.pairs(pair.node, pair.at, LIMIT_KEYS);
      const values = Object.fromEntries([...keys].map(([key, { value }]) => [key, value]));
      const places = new Map([...keys].map(([key, { at: place }]) => [key, place]));
      entries.set(pointer, { values, at: pair.keyAt, places });
    }
    return entries;
  }

  /**
   * Reads the pairs of a map. `known` has the check for each allowed key's value; undefined allows any key.
   */
  pairs(node: unknown, at: Place, known: Record<string, Check> | undefined) {
    if (!isMap(node)) throw this.error(at, "expected a map here", "write `key: value` lines");
    const found = new Map<string, { value: unknown; node: unknown; at: Place; keyAt: Place }>();
    for (const pair of node.items as Pair[]) {
      const keyAt = this.placeOf(pair.key, at);
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      const valueAt = this.placeOf(pair.value, keyAt);
      const value = this.document.createNode(pair.value).toJS(this.document) as unknown;
      if (known && !Object.hasOwn(known, key)) {
        throw this.error(
          keyAt,
          `unknown key ${quote(key)}`,
          `the keys here are ${Object.keys(known).join(", ")}`,
        );
      }
      const expected = known?.[key]?.(value);
      if (expected) throw this.error(valueAt, `\`${key}\` is not ${expected}`, `give ${expected}`);
      found.set(key, { value, node: pair.value, at: valueAt, keyAt });
    }
    return found;
  }

  placeOf(node: unknown, otherwise: Place): Place {
    const range = (node as { range?: [number, number, number] | null } | null)?.range;
    return range ? this.place(range[0]) : otherwise;
  }

  place(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }

  error(at: Place, message: string, help: string): PageError {
    return new PageError(this.file, at, message, help);
  }
}

const firstLine = (text: string) => (text.split("\n", 1)[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
