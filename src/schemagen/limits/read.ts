// Reads `<Operation>.limits.yaml`: constraints that pages omit (lengths, patterns, ranges), with their
// source, and our own descriptions.

import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument } from "yaml";
import type { Position } from "../page/lines.ts";
import { PageError, quoteShort } from "../source-error.ts";

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

export type OperationPart = "request" | "response";

export type LimitEntry = { values: LimitValues; at: Position; places: Map<string, Position> };

export type LimitsFile = {
  file: string;
  operation: string;
  operationAt: Position;
  source: string;
  /** The parts for which schemas are written. */
  parts: OperationPart[];
  request: Map<string, LimitEntry>;
  response: Map<string, LimitEntry>;
};

type ValueCheck = (value: unknown) => string | undefined;

const checkCount: ValueCheck = (v) =>
  Number.isSafeInteger(v) && (v as number) >= 0 ? undefined : "a whole number from 0";
const checkNumber: ValueCheck = (v) => (typeof v === "number" && Number.isFinite(v) ? undefined : "a number");
const checkWords: ValueCheck = (v) => (typeof v === "string" && v.trim() !== "" ? undefined : "some words");
const checkTrue: ValueCheck = (v) => (v === true ? undefined : "`true`");
const checkList: ValueCheck = (v) => (Array.isArray(v) && v.length > 0 ? undefined : "a list of values");
const checkParts: ValueCheck = (v) =>
  Array.isArray(v) && v.length > 0 && v.every((part) => part === "request" || part === "response")
    ? undefined
    : "a list of `request` and `response`";
const checkOperation: ValueCheck = (v) =>
  typeof v === "string" && /^[a-z0-9-]+:\w+$/.test(v) ? undefined : "`service:Operation`";
const checkUrl: ValueCheck = (v) =>
  typeof v === "string" && /^https:\/\/\S+$/.test(v) ? undefined : "an https URL";
const checkPattern: ValueCheck = (v) => {
  try {
    return typeof v === "string" && new RegExp(v, "u") ? undefined : "a regular expression";
  } catch {
    return "a regular expression that JavaScript reads with its `u` flag";
  }
};

const LIMIT_KEYS: Record<keyof LimitValues, ValueCheck> = {
  minLength: checkCount,
  maxLength: checkCount,
  pattern: checkPattern,
  minItems: checkCount,
  maxItems: checkCount,
  minimum: checkNumber,
  maximum: checkNumber,
  description: checkWords,
  form: checkWords,
  examples: checkList,
  wholeMatch: checkTrue,
  checkedBy: checkWords,
};
const checkMap: ValueCheck = (v) =>
  typeof v === "object" && v !== null && !Array.isArray(v) ? undefined : "a map";
const FILE_KEYS: Record<string, ValueCheck> = {
  operation: checkOperation,
  source: checkUrl,
  parts: checkParts,
  request: checkMap,
  response: checkMap,
};

/** Parses the text of a limits file. `file` is the name shown in messages. Throws a `PageError`. */
export function parseLimits(text: string, file: string): LimitsFile {
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

  read(): LimitsFile {
    const [error] = this.document.errors;
    if (error)
      throw this.createError(this.toPosition(error.pos[0]), toFirstLine(error.message), "repair the YAML");
    const start = { line: 1, column: 1 };
    const top = this.readPairs(this.document.contents, start, FILE_KEYS);
    for (const key of ["operation", "source"]) {
      if (!top.has(key))
        throw this.createError(start, `\`${key}\` is missing`, `a limits file says \`${key}\` at its top`);
    }
    const value = <T>(key: string) => top.get(key)?.value as T | undefined;
    return {
      file: this.file,
      operation: value<string>("operation")!,
      operationAt: top.get("operation")!.at,
      source: value<string>("source")!,
      parts: value<OperationPart[]>("parts") ?? ["request", "response"],
      request: this.readEntries(top.get("request")?.node, start),
      response: this.readEntries(top.get("response")?.node, start),
    };
  }

  readEntries(node: unknown, at: Position): Map<string, LimitEntry> {
    const entries = new Map<string, LimitEntry>();
    if (node === undefined) return entries;
    for (const [pointer, pair] of this.readPairs(node, at, undefined)) {
      const keys = this.readPairs(pair.node, pair.at, LIMIT_KEYS);
      const values = Object.fromEntries([...keys].map(([key, { value }]) => [key, value]));
      const places = new Map([...keys].map(([key, { at: place }]) => [key, place]));
      entries.set(pointer, { values, at: pair.keyAt, places });
    }
    return entries;
  }

  /**
   * Reads the pairs of a map. `known` has the check for each allowed key's value; undefined allows any key.
   */
  readPairs(node: unknown, at: Position, known: Record<string, ValueCheck> | undefined) {
    if (!isMap(node)) throw this.createError(at, "expected a map here", "write `key: value` lines");
    const found = new Map<string, { value: unknown; node: unknown; at: Position; keyAt: Position }>();
    for (const pair of node.items as Pair[]) {
      const keyAt = this.positionOf(pair.key, at);
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      const valueAt = this.positionOf(pair.value, keyAt);
      const value = this.document.createNode(pair.value).toJS(this.document) as unknown;
      if (known && !Object.hasOwn(known, key)) {
        throw this.createError(
          keyAt,
          `unknown key ${quoteShort(key)}`,
          `the keys here are ${Object.keys(known).join(", ")}`,
        );
      }
      const expected = known?.[key]?.(value);
      if (expected) throw this.createError(valueAt, `\`${key}\` is not ${expected}`, `give ${expected}`);
      found.set(key, { value, node: pair.value, at: valueAt, keyAt });
    }
    return found;
  }

  positionOf(node: unknown, otherwise: Position): Position {
    const range = (node as { range?: [number, number, number] | null } | null)?.range;
    return range ? this.toPosition(range[0]) : otherwise;
  }

  toPosition(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }

  createError(at: Position, message: string, help: string): PageError {
    return new PageError(this.file, at, message, help);
  }
}

const toFirstLine = (text: string) =>
  (text.split("\n", 1)[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
