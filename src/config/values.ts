import { LineIndex } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { Document } from "../documents/document.ts";
import { Unknown } from "../documents/document.ts";
import type { GivenValue } from "../documents/given-values.ts";
import { parseText } from "../documents/parse.ts";
import { readSource } from "../files/source.ts";
import { ConfigError } from "./config.ts";

const FORM_HELP = "write `NAME: value`, with the name as in the placeholder without its marks";
/** Deeper mappings are values of one name, not parts of longer names. */
const MAX_DEPTH = 20;

/**
 * Reads the values of placeholders from a file of YAML or JSON: a mapping of names to values, in which nested names are
 * joined by dots, or a list of CloudFormation parameters as the AWS CLI takes it. Throws a `ConfigError`.
 */
export async function readValues(file: string): Promise<Map<string, GivenValue>> {
  const source = readSource(file);
  if ("problem" in source) throw new ConfigError(file, [source.problem]);
  const { documents, faults } = await parseText(file, source.text);
  const lines = new LineIndex(source.text);
  if (faults.length > 0)
    throw new ConfigError(
      file,
      faults.map(({ span, ...fault }) => ({ ...fault, place: lines.place(span) })),
    );
  const [document, second] = documents;
  const reader = new ValueReader(source.text);
  if (!document || document.value === null) return reader.values;
  const isRead = !second && reader.read(document);
  if (isRead) return reader.values;
  const span = (second ?? document).span([], "value");
  const message = second
    ? "the values are one document, and here begins another"
    : "these are no values: neither a mapping of names nor a list of parameters";
  throw new ConfigError(file, [
    { message, help: second ? "remove the `---` line" : FORM_HELP, place: lines.place(span) },
  ]);
}

class ValueReader {
  readonly values = new Map<string, GivenValue>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns false if the document has another form. */
  read(document: Document): boolean {
    const { value } = document;
    if (isMapping(value)) this.#addMembers(value, document, []);
    else if (Array.isArray(value) && value.every(isParameter))
      for (const [index, { ParameterKey, ParameterValue }] of value.entries())
        this.#add(ParameterKey, ParameterValue, document, [index, "ParameterValue"]);
    else return false;
    return true;
  }

  #addMembers(members: Record<string, unknown>, document: Document, path: readonly string[]): void {
    for (const [name, value] of Object.entries(members)) {
      const at = [...path, name];
      this.#add(at.join("."), value, document, at);
      if (isMapping(value) && at.length < MAX_DEPTH) this.#addMembers(value, document, at);
    }
  }

  #add(name: string, value: unknown, document: Document, path: Path): void {
    if (value === undefined || value === null || value instanceof Unknown) return;
    if (typeof value === "object") this.values.set(name, { value });
    else if (typeof value === "string") this.values.set(name, { value, text: value });
    else {
      const { start, end } = document.span(path, "value");
      this.values.set(name, { value, text: this.#text.slice(start, end).trim() });
    }
  }
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

const isParameter = (item: unknown): item is { ParameterKey: string; ParameterValue?: unknown } =>
  isMapping(item) && typeof item.ParameterKey === "string";
