import type { Diagnostic, Finding, Place } from "./diagnostics/diagnostic.ts";
import { compareDiagnostics, severityOf } from "./diagnostics/diagnostic.ts";
import type { Span } from "./diagnostics/lines.ts";
import { LineIndex } from "./diagnostics/lines.ts";
import { toPointer } from "./diagnostics/pointer.ts";
import type { Bar, Report, ReportedRequest } from "./diagnostics/report.ts";
import { outcomeAt, summarise } from "./diagnostics/report.ts";
import type { Fault } from "./documents/document.ts";
import { parseText } from "./documents/parse.ts";
import type { Source, SourceProblem } from "./documents/source.ts";
import { readSource } from "./documents/source.ts";
import type { Entry } from "./documents/walk.ts";
import type { PlacedRequest } from "./requests/find.ts";
import { findRequests } from "./requests/find.ts";
import type { RequestFault } from "./requests/request.ts";
import type { Engine } from "./validate.ts";
import { checkRequest } from "./validate.ts";

export interface CheckOptions extends Bar {
  /** The operation of every bare payload, or of a file's. */
  operation?: string;
  operationOf?: (file: string) => string | undefined;
  /** A file without requests is no error. */
  allowEmpty?: boolean;
}

export interface Checked {
  report: Report;
  /** Lines by file, of the files that have diagnostics. */
  sources: Map<string, LineIndex>;
  /** A file that was named does not exist. */
  missing: boolean;
}

/** Checks every request of every file, one file in memory at a time. */
export async function checkFiles(
  entries: Iterable<Entry>,
  engine: Engine,
  options: CheckOptions,
): Promise<Checked> {
  const diagnostics: Diagnostic[] = [];
  const requests: ReportedRequest[] = [];
  const sources = new Map<string, LineIndex>();
  let documents = 0;
  let missing = false;
  for (const { file, named } of entries) {
    const source = file === STDIN ? readSource("<stdin>", 0) : readSource(file);
    if (named && "problem" in source && source.problem.missing) missing = true;
    const checked = await new FileCheck(source, named, engine, options).run();
    if (!checked) continue;
    documents++;
    // One at a time: a call takes only so many arguments, and a hostile file has more findings.
    for (const request of checked.requests) requests.push(request);
    for (const diagnostic of checked.diagnostics) diagnostics.push(diagnostic);
    if (checked.diagnostics.length > 0) sources.set(source.file, checked.lines);
  }
  diagnostics.sort(compareDiagnostics);
  const summary = summarise(documents, requests.length, diagnostics);
  const outcome = outcomeAt(summary, options);
  return { report: { version: 1, outcome, summary, requests, diagnostics }, sources, missing };
}

/** The path that stands for standard input. */
export const STDIN = "-";

/** Fault-tolerant: how a request's operation stands in any of the ways to write one down. */
const NAMES_OPERATION = /["']?operation["']?[ \t]*[:=][ \t]*["']?(?:[a-z0-9-]+:)?([A-Z]\w*)/g;

/** A file that a walk came by is read only where its text may hold a request: most in a repository don't. */
const MAY_HOLD_REQUEST = /operation|request|countersign:/i;

/** … and one that is broken, or holds no request, is reported only where it was meant to hold one. */
const IS_OURS = /^[ \t]*#[ \t]*countersign:/im;

class FileCheck {
  readonly requests: ReportedRequest[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly lines: LineIndex;
  readonly #file: string;
  readonly #source: Source;
  readonly #named: boolean;
  readonly #operation: string | undefined;
  readonly #engine: Engine;
  readonly #options: CheckOptions;

  constructor(source: Source, named: boolean, engine: Engine, options: CheckOptions) {
    this.#source = source;
    this.#named = named;
    this.#engine = engine;
    this.#options = options;
    this.#file = source.file;
    this.#operation = options.operation ?? options.operationOf?.(source.file);
    this.lines = new LineIndex(this.#text);
  }

  /** The file's requests and diagnostics; undefined for one that a walk passes over in silence. */
  async run(): Promise<this | undefined> {
    const source = this.#source;
    if ("problem" in source) return this.#problem(source.problem);
    if (!this.#isWanted && !MAY_HOLD_REQUEST.test(source.text)) return undefined;
    const parsed = await parseText(source.file, source.text);
    const found = findRequests(parsed, this.#operation);
    const nothing = found.requests.length + found.faults.length === 0;
    if (nothing && !this.#isWanted && !this.#looksMeant(source.text)) return undefined;
    const faults = [...parsed.faults, ...found.faults];
    for (const fault of faults) this.#fault(fault);
    const starts = faults.map((fault) => fault.span.start).sort((a, b) => a - b);
    for (const request of found.requests) this.#request(request, starts);
    if (nothing && faults.length === 0) this.#noRequest(source.text);
    return this;
  }

  /** Whoever names a file, or the operation of bare payloads, expects a word about it. */
  get #isWanted(): boolean {
    return this.#named || this.#operation !== undefined;
  }

  /** By a comment of ours, or by an operation that there is a schema for. */
  #looksMeant(text: string): boolean {
    if (IS_OURS.test(text)) return true;
    const known = this.#engine.schemas.names();
    return [...text.matchAll(NAMES_OPERATION)].some(([, name]) => known.has(name!));
  }

  #problem({ place, code, message, help, head }: SourceProblem): this | undefined {
    if (!this.#isWanted && head !== undefined && !this.#looksMeant(head)) return undefined;
    this.#add({ code, message, ...(help && { help }) }, place);
    return this;
  }

  /** `faults`: where the file's own faults start, in order; one inside a request is the request's. */
  #request(request: PlacedRequest, faults: readonly number[]): void {
    const findings = checkRequest(request, this.#engine);
    const own = findings.map((finding) => this.#finding(finding, request));
    const span = request.document.span(request.path, "value");
    // A bare payload's request is the whole file, with the comment that names its operation.
    const around = request.container === "bare" ? { start: 0, end: span.end } : span;
    const outcome = hasBetween(faults, around) ? "fail" : outcomeAt(summarise(1, 1, own), this.#options);
    const line = this.lines.lineOf(span.start);
    const { operation, container } = request;
    this.requests.push({ file: this.#file, operation, container, line, outcome });
  }

  #finding(finding: Finding, request: PlacedRequest): Diagnostic {
    const { operation, payloadPath, document } = request;
    const { at = "value", path } = finding;
    if (at === "operation")
      return this.#add(finding, this.lines.place(request.operationSpan()), { operation });
    const place = this.lines.place(visible(document.span([...payloadPath, ...path], at), this.#text));
    return this.#add(finding, place, { pointer: toPointer(path), operation });
  }

  #fault(fault: Fault | RequestFault): Diagnostic {
    return this.#add(fault, this.lines.place(visible(fault.span, this.#text)));
  }

  #noRequest(text: string): void {
    const finding = {
      code: "document/no-request" as const,
      ...this.#whyNone(text),
      ...(this.#options.allowEmpty && { severity: "info" as const }),
    };
    this.#add(finding, this.lines.place({ start: 0, end: 0 }));
  }

  #whyNone(text: string): { message: string; help: string } {
    if (text.trim() === "")
      return { message: "the file is empty", help: "put a request into it, or remove it" };
    if (IS_OURS.test(text)) {
      return {
        message: "a `# countersign:` comment counts in the first line only, with the payload below it",
        help: "move it to the very first line of the file",
      };
    }
    if (this.#looksMeant(text)) {
      return {
        message: "the file names an operation, but holds no request",
        help: "put `operation:` and `request:` side by side at the top of the document",
      };
    }
    return {
      message: "the file holds no request",
      help: "a request has `operation:` and `request:`; for a bare payload, name its operation with `--operation`",
    };
  }

  get #text(): string {
    return "text" in this.#source ? this.#source.text : "";
  }

  #add(
    said: Omit<Finding, "path">,
    place: Place,
    more: Pick<Diagnostic, "pointer" | "operation"> = {},
  ): Diagnostic {
    const { code, message, help, status = "failed" } = said;
    const severity = severityOf(said);
    const about = { code, severity, status, message, ...(help !== undefined && { help }) };
    const diagnostic: Diagnostic = { ...about, file: this.#file, ...place, ...more };
    this.diagnostics.push(diagnostic);
    return diagnostic;
  }
}

/** Is one of the sorted offsets inside the span? */
function hasBetween(offsets: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < offsets.length && offsets[low]! < end;
}

/** Without the white space that a block ends with: a marker belongs under text. */
function visible({ start, end }: Span, text: string): Span {
  let last = end;
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  return { start, end: last };
}
