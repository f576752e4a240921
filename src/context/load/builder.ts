import { LineIndex } from "../../diagnostics/lines.ts";
import { listed, quoted } from "../../diagnostics/text.ts";
import type { ParsedText } from "../../documents/document.ts";
import type { ContextFault, Members } from "../context.ts";
import { ContextError, inOrder, textOf } from "../context.ts";
import { KINDS } from "../kinds.ts";
import { Records } from "../records.ts";
import { ContextStore } from "../store.ts";
import { recognise } from "./detect.ts";
import type { Output, Part, Source } from "./entries.ts";
import { continuedAt, entryOf, faultAt, partsOf } from "./entries.ts";
import type { Form } from "./formats.ts";
import type { ContextSchemas } from "./schemas.ts";
import { ValueCheck } from "./validate.ts";

/** A context store, and the warnings about the files it was read from. */
export interface ContextRead {
  store: ContextStore;
  warnings: ContextFault[];
}

/** Builds a context store from the texts of context files. */
export class ContextBuilder {
  readonly #faults: ContextFault[] = [];
  readonly #warnings: ContextFault[] = [];
  readonly #outputs: Output[] = [];
  readonly #records = new Records();
  readonly #schemas: ContextSchemas;

  constructor(schemas: ContextSchemas) {
    this.#schemas = schemas;
  }

  fault(fault: ContextFault): void {
    this.#faults.push(fault);
  }

  warn(warning: ContextFault): void {
    this.#warnings.push(warning);
  }

  add(file: string, text: string, parsed: ParsedText): void {
    const lines = new LineIndex(text);
    for (const { message, help, span, code } of parsed.faults) {
      const advice = code === "document/too-large" ? TOO_LARGE : help;
      this.fault({ file, message, ...(advice !== undefined && { help: advice }), place: lines.place(span) });
    }
    const documents = parsed.documents.filter(({ value }) => value !== null);
    if (documents.length === 0 && parsed.faults.length === 0)
      this.fault({ file, ...EMPTY, place: lines.place({ start: 0, end: 0 }) });
    for (const document of documents) this.#document({ file, document, lines });
  }

  /** Builds the store. Throws `ContextError` with the faults of all files. */
  finish(): ContextRead {
    const faults = [...this.#faults, ...this.#records.faults];
    if (faults.length > 0) throw new ContextError(faults);
    const store = new ContextStore(this.#outputs, this.#records);
    return { store, warnings: inOrder([...this.#warnings, ...this.#records.warnings, ...store.warnings()]) };
  }

  #document(source: Source): void {
    const { forms, faults, warnings } = recognise(source);
    for (const fault of faults) this.fault(fault);
    for (const warning of warnings) this.warn(warning);
    if (forms.length === 0) return;
    const value = source.document.value as Members;
    const more = continuedAt(value);
    if (more !== undefined) {
      const message = `this output is not all there is: it ends with ${quoted(more)}`;
      this.warn(faultAt({ source, path: [more] }, message, NOT_ALL_HELP, "key"));
    }
    for (const form of forms) this.#form(form, partsOf(form, value, forms), source, more);
  }

  #form(form: Form, parts: readonly Part[] | undefined, source: Source, more: string | undefined): void {
    if (!parts) {
      const [message, help] = wrongHolding(form);
      this.fault(faultAt({ source, path: [form.key] }, message, help));
      return;
    }
    const check = new ValueCheck(form, source, this.#schemas);
    check.parts(parts);
    for (const fault of check.faults) this.fault(fault);
    for (const warning of check.warnings) this.warn(warning);
    const entries = parts.flatMap((part) => entryOf(form, part, source) ?? []);
    for (const entry of entries) this.#records.add(form.kind, entry);
    if (check.faults.length === 0 && entries.length < parts.length) this.#nobodys(form, parts, source);
    this.#outputs.push({ form, entries, source, ...(more !== undefined && { continued: [more] }) });
  }

  /** A record without an id or owner would silently match no request. */
  #nobodys(form: Form, parts: readonly Part[], source: Source): void {
    const { noun, id, owner = [] } = KINDS[form.kind];
    const part = parts.find((one) => entryOf(form, one, source) === undefined)!;
    const lacks = textOf(part.value, id) === undefined ? id : owner;
    const message = `this ${noun} has no ${listed(lacks)}: it can't be told whose it is`;
    this.fault(faultAt({ source, path: part.path }, message, UNCHANGED));
  }
}

const UNCHANGED = "give what the AWS CLI printed, unchanged";

export const TOO_LARGE =
  "a context file is what one AWS CLI command prints; give only the records that requests refer to, as JSON";

const EMPTY = {
  message: "this context file is empty",
  help: "see whether the command that printed it failed",
};

const NOT_ALL_HELP =
  "print it without `--max-items` and `--no-paginate`; what it doesn't hold stays unknown until then";

function wrongHolding({ key, holds, command }: Form): [message: string, help: string] {
  const what = holds === "list" ? "a list" : "a mapping";
  return [`${quoted(key)} holds ${what}`, command ? UNCHANGED : `write \`${key}: {…}\``];
}
