import type { Diagnostic, Finding, Place } from "./diagnostics/diagnostic.ts";
import { compareDiagnostics, outcomeOf, severityOf } from "./diagnostics/diagnostic.ts";
import type { Span } from "./diagnostics/lines.ts";
import { LineIndex } from "./diagnostics/lines.ts";
import { toPointer } from "./diagnostics/pointer.ts";
import type { Bar, Report, ReportedRequest } from "./diagnostics/report.ts";
import { outcomeAt, summarise } from "./diagnostics/report.ts";
import type { Fault } from "./documents/document.ts";
import { parseText } from "./documents/parse.ts";
import type { Source } from "./documents/source.ts";
import type { PlacedRequest } from "./requests/find.ts";
import { findRequests } from "./requests/find.ts";
import type { RequestFault } from "./requests/request.ts";
import type { Engine } from "./validate.ts";
import { checkRequest } from "./validate.ts";

/** A file to check, and whether somebody named it or a directory walk came by. */
export interface Candidate {
  source: Source;
  named: boolean;
}

export interface CheckOptions extends Bar {
  /** The operation of bare payloads. */
  operation?: string;
  /** A file without requests is no error. */
  allowEmpty?: boolean;
}

export interface Checked {
  report: Report;
  /** Lines by file, of the files that have diagnostics. */
  sources: Map<string, LineIndex>;
}

/** Checks every request of every file. */
export async function checkFiles(
  candidates: Iterable<Candidate>,
  engine: Engine,
  options: CheckOptions,
  extra: readonly Diagnostic[] = [],
): Promise<Checked> {
  const diagnostics = [...extra];
  const requests: ReportedRequest[] = [];
  const sources = new Map<string, LineIndex>();
  let documents = 0;
  for (const candidate of candidates) {
    const file = await new FileCheck(candidate, engine, options).run();
    if (!file) continue;
    documents++;
    requests.push(...file.requests);
    diagnostics.push(...file.diagnostics);
    if (file.diagnostics.length > 0) sources.set(candidate.source.file, file.lines);
  }
  diagnostics.sort(compareDiagnostics);
  const summary = summarise(documents, requests.length, diagnostics);
  const outcome = outcomeAt(summary, options);
  return { report: { version: 1, outcome, summary, requests, diagnostics }, sources };
}

/** A file that a walk came by is taken for a request document only where its text says so. */
const LOOKS_LIKE_REQUEST = /^[\s{[,-]*["']?operation["']?[ \t]*:|^#[ \t]*countersign:/m;

class FileCheck {
  readonly requests: ReportedRequest[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly lines: LineIndex;
  readonly #file: string;
  readonly #candidate: Candidate;
  readonly #engine: Engine;
  readonly #options: CheckOptions;

  constructor(candidate: Candidate, engine: Engine, options: CheckOptions) {
    this.#candidate = candidate;
    this.#engine = engine;
    this.#options = options;
    this.#file = candidate.source.file;
    this.lines = new LineIndex("text" in candidate.source ? candidate.source.text : "");
  }

  /** The file's requests and diagnostics; undefined for one that a walk passes over in silence. */
  async run(): Promise<this | undefined> {
    const { source, named } = this.#candidate;
    if ("problem" in source) {
      const { place, code, message, help } = source.problem;
      this.#add({ code, message, ...(help && { help }) }, place);
      return this;
    }
    const parsed = await parseText(source.file, source.text);
    const found = findRequests(parsed, this.#options.operation);
    const faults = [...parsed.faults, ...found.faults];
    const isMeant = named || found.requests.length > 0 || this.#looksMeant(source.text);
    if (!isMeant) return undefined;
    const placed = faults.map((fault) => this.#fault(fault));
    for (const request of found.requests) this.#request(request, faults);
    if (found.requests.length === 0 && placed.length === 0) this.#noRequest(source.text, named);
    return this;
  }

  #looksMeant(text: string): boolean {
    return this.#options.operation !== undefined || LOOKS_LIKE_REQUEST.test(text);
  }

  #request(request: PlacedRequest, faults: readonly (Fault | RequestFault)[]): void {
    const findings = checkRequest(request, this.#engine);
    const own = findings.map((finding) => this.#finding(finding, request));
    const span = request.document.span(request.path, "value");
    const around = faults.filter((fault) => fault.span.start >= span.start && fault.span.start < span.end);
    const outcome = outcomeOf([...own, ...around.map(() => ({ severity: "error", status: "failed" }) as const)]);
    const { line } = this.lines.place(span);
    const { operation, container } = request;
    this.requests.push({ file: this.#file, operation, container, line, outcome });
  }

  #finding(finding: Finding, request: PlacedRequest): Diagnostic {
    const { operation, payloadPath, document } = request;
    const { at = "value", path } = finding;
    if (at === "operation") return this.#add(finding, this.lines.place(request.operationSpan), { operation });
    const place = this.lines.place(visible(document.span([...payloadPath, ...path], at), this.#text));
    return this.#add(finding, place, { pointer: toPointer(path), operation });
  }

  #fault(fault: Fault | RequestFault): Diagnostic {
    return this.#add(fault, this.lines.place(visible(fault.span, this.#text)));
  }

  #noRequest(text: string, named: boolean): void {
    if (!named) return;
    const empty = text.trim() === "";
    const finding = {
      code: "document/no-request" as const,
      message: empty ? "the file is empty" : "the file holds no request",
      help: "a request has `operation:` and `request:`; for a bare payload, name its operation with `--operation`",
      ...(this.#options.allowEmpty && { severity: "info" as const }),
    };
    this.#add(finding, this.lines.place({ start: 0, end: 0 }));
  }

  get #text(): string {
    const { source } = this.#candidate;
    return "text" in source ? source.text : "";
  }

  #add(said: Omit<Finding, "path">, place: Place, more: Pick<Diagnostic, "pointer" | "operation"> = {}): Diagnostic {
    const { code, message, help, status = "failed" } = said;
    const severity = severityOf(said);
    const about = { code, severity, status, message, ...(help !== undefined && { help }) };
    const diagnostic: Diagnostic = { ...about, file: this.#file, ...place, ...more };
    this.diagnostics.push(diagnostic);
    return diagnostic;
  }
}

/** Without the white space that a block ends with: a marker belongs under text. */
function visible({ start, end }: Span, text: string): Span {
  let last = end;
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  return { start, end: last };
}
