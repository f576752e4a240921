import type { Place } from "../../diagnostics/diagnostic.ts";
import { LineIndex } from "../../diagnostics/lines.ts";
import { findNearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { Document } from "../../documents/document.ts";
import { readEmbeddedScalar } from "../../documents/embedded.ts";
import { isOfFormat } from "../../schema/formats.ts";
import { RuleDefinitions } from "./definitions.ts";
import type { RuleFault } from "./error.ts";

/** The kinds of value that a key can hold, as phrases for messages. */
export const VALUE_KINDS = {
  text: "a text",
  texts: "a text or a list of texts",
  list: "a list",
  mapping: "a mapping",
  flag: "`true` or `false`",
  any: "a value",
} as const;

export interface KeySpec {
  kind: keyof typeof VALUE_KINDS;
  isRequired?: boolean;
  /** The allowed values, if restricted. */
  values?: readonly string[];
  /** What a text is, beyond being one. */
  format?: "uri";
}

/** Where a fact is from. */
export const SOURCE: KeySpec = { kind: "text", format: "uri" };

export type KeySpecs = Readonly<Record<string, KeySpec>>;
export type Mapping = Record<string, unknown>;

/** A rule file being read: maps paths to positions, and collects faults. */
export class RuleSourceFile {
  readonly file: string;
  readonly faults: RuleFault[] = [];
  readonly definitions = new RuleDefinitions();
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #document: Document;

  constructor(file: string, text: string, document: Document, lines = new LineIndex(text)) {
    this.file = file;
    this.#text = text;
    this.#document = document;
    this.#lines = lines;
  }

  place(path: Path, at: "key" | "value" = "value"): Place {
    return this.#lines.place(this.#document.span(path, at));
  }

  addFault(path: Path, message: string, help?: string, at: "key" | "value" = "value"): void {
    this.#add(this.place(path, at), message, help);
  }

  /**
   * Adds a fault inside a string. `value` is the scalar's value, `offset` an offset into it (UTF-16 code
   * units).
   */
  addFaultWithin(path: Path, value: string, offset: number, message: string, help?: string): void {
    const span = this.#document.span(path, "value");
    const inside = readEmbeddedScalar(this.#text, span, value);
    const start = inside.at(offset);
    const [word = " "] = /^(?:[\w.]+|'[^'\n]*'|"[^"\n]*"|[^\w\s]+)/.exec(value.slice(offset)) ?? [];
    const { end: behind } = inside.span({ start: offset, end: offset + word.length });
    const end = Math.max(start + 1, offset + word.length <= value.length ? behind : 0);
    this.#add(this.#lines.place({ start, end: Math.min(end, Math.max(span.end, start)) }), message, help);
  }

  #add(place: Place, message: string, help?: string): void {
    this.faults.push({ file: this.file, message, ...(help !== undefined && { help }), place });
  }

  /**
   * Checks a mapping's keys against a table. Adds a fault and returns undefined if the value is not a
   * mapping.
   */
  checkMapping(value: unknown, path: Path, keys: KeySpecs, what: string): Mapping | undefined {
    if (!isMapping(value)) {
      this.addFault(path, `${what} is a mapping`, `its keys are ${formatList(Object.keys(keys), "and")}`);
      return undefined;
    }
    // A key that was misspelt must not be reported as missing too.
    const misspelt = new Set<string | undefined>();
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(keys, key)) misspelt.add(this.#unknownKey(key, value, path, keys, what));
    }
    for (const [key, row] of Object.entries(keys)) {
      if (!misspelt.has(key)) this.#checkKey(value, key, row, path, what);
    }
    return value;
  }

  /** Reports an unknown key. Returns the key that it is probably a misspelling of, if any. */
  #unknownKey(key: string, value: Mapping, path: Path, keys: KeySpecs, what: string): string | undefined {
    const near = findNearest(
      key,
      Object.keys(keys).filter((each) => !Object.hasOwn(value, each)),
    );
    const help = near
      ? `did you mean ${quoted(near)}?`
      : `its keys are ${formatList(Object.keys(keys), "and", 20)}`;
    this.addFault([...path, key], `${quoted(key)} is not a key of ${what}`, help, "key");
    return near;
  }

  #checkKey(
    value: Mapping,
    key: string,
    { kind, isRequired, values, format }: KeySpec,
    path: Path,
    what: string,
  ): void {
    if (!Object.hasOwn(value, key)) {
      if (isRequired) this.addFault(path, `${what} has no ${quoted(key)}`, undefined);
      return;
    }
    const given = value[key];
    if (!isOfKind(given, kind)) {
      this.addFault([...path, key], `${quoted(key)} is not ${VALUE_KINDS[kind]}`, suggestKind(given, kind));
      delete value[key];
    } else if (values && !values.includes(String(given))) {
      const near = findNearest(String(given), values);
      const help = near ? `did you mean ${quoted(near)}?` : undefined;
      this.addFault([...path, key], `${quoted(String(given))} is not ${formatList(values)}`, help);
      delete value[key];
    } else if (format && !isOfFormat(String(given), format)) {
      const help = "write the address of the page that says it, such as `https://docs.example.com/api`";
      this.addFault([...path, key], `${quoted(String(given))} is not a URI, which ${quoted(key)} is`, help);
      delete value[key];
    }
  }
}

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const isText = (value: unknown): boolean => typeof value === "string";

function isOfKind(value: unknown, kind: KeySpec["kind"]): boolean {
  switch (kind) {
    case "text":
      return isText(value);
    case "texts":
      return isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText));
    case "list":
      return Array.isArray(value);
    case "mapping":
      return isMapping(value);
    case "flag":
      return typeof value === "boolean";
    default:
      return true;
  }
}

const suggestKind = (given: unknown, kind: KeySpec["kind"]): string | undefined =>
  kind.startsWith("text") && typeof given !== "object" ? "put it in quotes" : undefined;
