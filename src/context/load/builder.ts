import { LineIndex } from "../../diagnostics/lines.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { ParsedText } from "../../documents/document.ts";
import type { ContextFault, RecordMembers } from "../context.ts";
import { ContextError, readMember, readTextMember, sortContextFaults } from "../context.ts";
import type { RecordKindName } from "../kinds.ts";
import { RECORD_KINDS } from "../kinds.ts";
import { ContextRecords } from "../records.ts";
import { ContextStore } from "../store.ts";
import { type AgeLimit, describeStale, readAsOf } from "./age.ts";
import { detectForms } from "./detect.ts";
import type { ContextDocument, ContextOutput, UnassignedRecord } from "./entries.ts";
import { createContextFault, findContinuation, splitRecords, toContextRecord } from "./entries.ts";
import type { ContextForm } from "./forms.ts";
import { CONTINUATION_KEYS } from "./forms.ts";
import type { ContextSchemas } from "./schemas.ts";
import { RecordCheck } from "./validate.ts";

/** A context store, and the warnings about the files it was read from. */
export interface ContextReadResult {
  store: ContextStore;
  warnings: ContextFault[];
}

/** Builds a context store from the texts of context files. */
export class ContextBuilder {
  readonly #faults: ContextFault[] = [];
  readonly #warnings: ContextFault[] = [];
  readonly #outputs: ContextOutput[] = [];
  readonly #records = new ContextRecords();
  readonly #schemas: ContextSchemas;
  readonly #ageLimit: AgeLimit | undefined;

  constructor(schemas: ContextSchemas, ageLimit?: AgeLimit) {
    this.#schemas = schemas;
    this.#ageLimit = ageLimit;
  }

  addFault(fault: ContextFault): void {
    this.#faults.push(fault);
  }

  addWarning(warning: ContextFault): void {
    this.#warnings.push(warning);
  }

  addFile(file: string, text: string, parsed: ParsedText): void {
    const lines = new LineIndex(text);
    for (const { message, help, span, code } of parsed.faults) {
      const advice = code === "document/too-large" ? TOO_LARGE_HELP : help;
      this.addFault({
        file,
        message,
        ...(advice !== undefined && { help: advice }),
        place: lines.place(span),
      });
    }
    const documents = parsed.documents.filter(({ value }) => value !== null);
    if (documents.length === 0 && parsed.faults.length === 0)
      this.addFault({ file, ...EMPTY_FILE, place: lines.place({ start: 0, end: 0 }) });
    for (const document of documents) this.#document({ file, document, lines });
  }

  /** Builds the store. Throws `ContextError` with the faults of all files. */
  build(): ContextReadResult {
    const faults = [...this.#faults, ...this.#records.faults];
    if (faults.length > 0) throw new ContextError(faults);
    const store = new ContextStore(this.#outputs, this.#records);
    return {
      store,
      warnings: sortContextFaults([...this.#warnings, ...this.#records.warnings, ...store.collectWarnings()]),
    };
  }

  #document(source: ContextDocument): void {
    const { forms: found, faults, warnings } = detectForms(source);
    const forms = this.#dropStale(found, source);
    for (const fault of faults) this.addFault(fault);
    for (const warning of warnings) this.addWarning(warning);
    if (forms.length === 0) return;
    const value = source.document.value as RecordMembers;
    const more = findContinuation(value);
    if (more !== undefined && !isAskedById(value, forms)) {
      const message = `this output is not all there is: it ends with ${quoted(more)}`;
      this.addWarning(createContextFault({ source, path: [more] }, message, NOT_ALL_HELP, "key"));
    }
    for (const form of forms) this.#form(form, splitRecords(form, value, forms), source, more);
  }

  /** What people write by hand has no age; what `context pull` writes has. */
  #dropStale(forms: readonly ContextForm[], source: ContextDocument): readonly ContextForm[] {
    const { value } = source.document;
    const isPulled = readAsOf(value) !== undefined;
    const isPrinted = isPulled || forms.some(({ command }) => command !== undefined);
    const stale = this.#ageLimit && isPrinted && describeStale(value, this.#ageLimit);
    if (!stale) return forms;
    this.addWarning(createContextFault({ source, path: [] }, stale, STALE_HELP));
    return isPulled ? [] : forms.filter(({ command }) => command === undefined);
  }

  #form(
    form: ContextForm,
    parts: readonly UnassignedRecord[] | undefined,
    source: ContextDocument,
    more: string | undefined,
  ): void {
    if (!parts) {
      const [message, help] = describeWrongHolding(form);
      this.addFault(createContextFault({ source, path: [form.key] }, message, help));
      return;
    }
    const check = new RecordCheck(form, source, this.#schemas);
    check.checkRecords(parts);
    for (const fault of check.faults) this.addFault(fault);
    for (const warning of check.warnings) this.addWarning(warning);
    const entries = parts.flatMap((part) => toContextRecord(form, part, source) ?? []);
    for (const entry of entries) this.#records.add(form.kind, entry);
    if (check.faults.length === 0 && entries.length < parts.length) this.#nobodys(form, parts, source);
    this.#outputs.push({ form, entries, source, ...(more !== undefined && { continued: [more] }) });
  }

  /** A record without an id or owner would silently match no request. */
  #nobodys(form: ContextForm, parts: readonly UnassignedRecord[], source: ContextDocument): void {
    const { noun, id, owner = [] } = RECORD_KINDS[form.kind];
    const part = parts.find((one) => toContextRecord(form, one, source) === undefined)!;
    const lacks = readTextMember(part.value, id) === undefined ? id : owner;
    const message = `this ${noun} has no ${formatList(lacks)}: it can't be told whose it is`;
    this.addFault(createContextFault({ source, path: part.path }, message, UNCHANGED_HELP));
  }
}

/** Kinds whose commands print one record of a list, asked for by its ID. */
const ASKED_BY_ID: ReadonlySet<RecordKindName> = new Set(["association", "task", "snapshot"]);

const hasOneItem = (value: unknown): boolean => Array.isArray(value) && value.length === 1;

/** `context plan` marks such output as a part; AWS itself names the next page with a token. */
const isAskedById = (value: unknown, forms: readonly ContextForm[]): boolean =>
  readMember(value, "IsTruncated") === true &&
  forms.every(({ kind, key }) => ASKED_BY_ID.has(kind) && hasOneItem(readMember(value, key))) &&
  readTextMember(value, CONTINUATION_KEYS) === undefined;

const UNCHANGED_HELP = "give what the AWS CLI printed, unchanged";

export const TOO_LARGE_HELP =
  "a context file is what one AWS CLI command prints; give only the records that requests refer to, as JSON: `countersign iam fetch ARN --out iam.json` reads single roles and users";

const EMPTY_FILE = {
  message: "this context file is empty",
  help: "see whether the command that printed it failed",
};

const STALE_HELP = "gather them again with `countersign context pull`, which notes the time";

const NOT_ALL_HELP =
  "print it without `--max-items` and `--no-paginate`; what it doesn't hold stays unknown until then";

function describeWrongHolding({ key, holds, command }: ContextForm): [message: string, help: string] {
  const what = holds === "list" ? "a list" : "a mapping";
  return [`${quoted(key)} holds ${what}`, command ? UNCHANGED_HELP : `write \`${key}: {…}\``];
}
