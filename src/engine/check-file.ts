import type { Diagnostic, Finding, Fix } from "../diagnostics/diagnostic.ts";
import { severityOf } from "../diagnostics/diagnostic.ts";
import type { LineIndex, Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { toPointer } from "../diagnostics/pointer.ts";
import type { ReportedRequest } from "../diagnostics/report.ts";
import { decideOutcome, summarise } from "../diagnostics/report.ts";
import type { DocumentFault } from "../documents/document.ts";
import type { FileSource, SourceProblem } from "../files/source.ts";
import type { Policy } from "../iam/policy.ts";
import type { PolicyProblem } from "../permissions/findings/malformed-policy.ts";
import type { LocatedRequest } from "../requests/find.ts";
import type { RequestFault, Unchecked, Unread } from "../requests/request.ts";
import { findDefinedRecords } from "../requests/templates/defined-records.ts";
import { extractCallText, listUnreadFindings } from "./call-text.ts";
import { applySeverities, checkRequest } from "./check-request.ts";
import type { Engine, FileCheckOptions } from "./engine.ts";
import { isExpected } from "./expected.ts";
import { extractRequests } from "./extract.ts";
import { FixCreator } from "./fixes/fix-creator.ts";
import { loadDependencies } from "./load-dependencies.ts";
import { locateMissing } from "./locate-missing.ts";
import type { CheckedRequest, RestoredFile } from "./parts/checked-request.ts";
import type { LocatedPlace } from "./placement.ts";
import { findReference, hasOffsetWithin, listErrorOffsets, Placement, trimSpan } from "./placement.ts";
import { inProgramTerms } from "./program-terms.ts";
import { explainNoRequest } from "./relevance.ts";
import { mayDeleteData } from "./report/deletions.ts";
import { type PreparedRequest, prepareRequest } from "./templates/caller.ts";
import { classifyProblem, createProblemFinding } from "./undecoded.ts";
import { createUnusedCallerFinding, createUnusedContextFinding } from "./unused-findings.ts";

/** Checks one file, from its text to its diagnostics. */
export class FileCheck {
  readonly file: string;
  readonly lines: LineIndex;
  requests: CheckedRequest[] = [];
  diagnostics: Diagnostic[] = [];
  /** Policies that were evaluated for this file's requests. */
  consulted: Set<Policy> | undefined;
  /** In their place, of a file that another process checked: the problems in them. */
  policyProblems: readonly PolicyProblem[] = [];
  /** Calls of operations without a schema. */
  unchecked: readonly Unchecked[] = [];
  /** Other files that this file's requests take text from. */
  reads: readonly string[] = [];
  /** The text of each call that could not be read. */
  callTexts: Map<Diagnostic, string> | undefined;
  /** How many calls the file makes as a test of other code. */
  passedOver = 0;
  /** Start offsets of the faults in the text, ascending. A fault inside a request makes that request fail. */
  #faults: readonly number[] = [];
  #fixes = new FixCreator([]);
  readonly #placement: Placement;
  readonly #source: FileSource;
  readonly #named: boolean;
  readonly #operation: string | undefined;
  readonly #engine: Engine;
  readonly #options: FileCheckOptions;

  constructor(source: FileSource, named: boolean, engine: Engine, options: FileCheckOptions) {
    this.#source = source;
    this.#named = named;
    this.#engine = engine;
    this.#options = options;
    this.file = source.file;
    this.#operation = options.operation ?? options.operationOf?.(source.file);
    this.#placement = new Placement(this.file, this.#text);
    this.lines = this.#placement.lines;
  }

  /**
   * Finds and checks the file's requests. Returns false if there is nothing to report, but for `unchecked`.
   */
  async run(): Promise<boolean> {
    const source = this.#source;
    if ("problem" in source) return this.#addProblem(source.problem);
    const { text } = source;
    const isOwnFile = this.#options.isOwnFile?.(this.file) ?? false;
    const about = { file: this.file, text, operation: this.#operation, isWanted: this.#isWanted, isOwnFile };
    const found = await extractRequests(about, this.#engine);
    if (!found) return false;
    const { faults, unread } = found;
    this.reads = found.reads ?? [];
    this.passedOver = found.passedOver ?? 0;
    for (const fault of faults) this.#addFault(fault);
    for (const one of unread) this.#addUnread(one);
    this.unchecked = found.unchecked ?? [];
    await loadDependencies(this.#engine, found.requests);
    this.#faults = listErrorOffsets(faults);
    this.#fixes = new FixCreator(found.requests);
    for (const one of found.requests) this.#checkRequest(await prepareRequest(one, this.file, this.#engine));
    if (found.requests.length + faults.length + unread.length > 0) return true;
    if (!this.#isWanted && this.unchecked.length + this.passedOver > 0) return false;
    this.#addNoRequest(text);
    return true;
  }

  /** Adds a finding to a request of this file. Returns undefined if the finding was suppressed. */
  addFinding(finding: Finding, { request, diagnostics }: CheckedRequest): Diagnostic | undefined {
    const diagnostic = this.#toDiagnostic(finding, request);
    if (diagnostic) diagnostics.push(diagnostic);
    return diagnostic;
  }

  #toDiagnostic(finding: Finding, request: LocatedRequest): Diagnostic | undefined {
    const { operation, payloadPath, document } = request;
    const { at = "value", path, location } = finding;
    if (location)
      return this.#add(finding, this.#placement.placeIn(location), { pointer: toPointer(path), operation });
    if (at === "operation")
      return this.#add(finding, this.lines.place(request.operationSpan()), { operation });
    const within = request.payloadDocument ?? document;
    const span = within.span([...payloadPath, ...path], at);
    // The value is unknown only because its text is faulty, which is already reported.
    const isFaulty = hasOffsetWithin(this.#faults, findReference(span));
    if (finding.status === "undecided" && path.length > 0 && isFaulty) return undefined;
    const locate = (at: Path) => {
      const placed = this.#placement.place(within.span([...payloadPath, ...at], "value"));
      return { file: placed.file ?? this.file, line: placed.line };
    };
    const missing = locateMissing(finding.missing ?? [], request.payload, locate);
    const told = inProgramTerms(finding, request, { span, lines: this.lines });
    const fix = this.#createFix(told, request, span);
    return this.#add({ ...told, missing }, this.#placement.place(span), {
      pointer: toPointer(request.dialect?.toContainerPath(path) ?? path),
      operation,
      ...(fix && { fix }),
    });
  }

  #createFix(
    { replacement, path }: Pick<Finding, "replacement" | "path">,
    request: LocatedRequest,
    span: Span,
  ): Fix | undefined {
    if (!replacement) return undefined;
    const { file, text } = span.source ?? { file: this.file, text: this.#text };
    return this.#fixes.create(replacement, { file, text, span: trimSpan(span, text) }, { ...request, path });
  }

  /** Takes over what another process found in this file, in place of `run`. */
  restore({ faults, texts, ...found }: RestoredFile): void {
    Object.assign(this, found);
    this.#faults = faults;
    this.#fixes = new FixCreator(found.requests.map(({ request }) => request));
    this.#placement.addTexts(texts);
  }

  get faults(): readonly number[] {
    return this.#faults;
  }

  /** Drops all diagnostics that `wanted` rejects, and the requests that have none left. */
  keepOnly(wanted: (diagnostic: Diagnostic) => boolean): void {
    this.diagnostics = this.diagnostics.filter(wanted);
    for (const request of this.requests) request.diagnostics = request.diagnostics.filter(wanted);
    this.requests = this.requests.filter(({ diagnostics }) => diagnostics.length > 0);
  }

  #addContextFinding(finding: Finding, checked: CheckedRequest): void {
    this.#addEnvelopeFinding({ ...finding, path: ["context", ...finding.path] }, checked);
  }

  /** The finding is about the envelope around the payload, so it gets no pointer into the payload. */
  #addEnvelopeFinding(finding: Finding, { request, diagnostics }: CheckedRequest): void {
    const at = finding.at === "key" ? "key" : "value";
    const span = request.document.span([...request.path, ...finding.path], at);
    const { operation } = request;
    diagnostics.push(this.#add(finding, this.lines.place(trimSpan(span, this.#text)), { operation }));
  }

  /** The lines of the files that the diagnostics are in. */
  get sources(): ReadonlyMap<string, LineIndex> {
    return this.#placement.sources;
  }

  /** The requests in the form that the report lists them. */
  listReported(): ReportedRequest[] {
    return this.requests.map(({ request, line, diagnostics, faulty }) => ({
      file: this.file,
      operation: request.operation,
      container: request.container,
      line,
      outcome: faulty ? "fail" : decideOutcome(summarise(1, 1, diagnostics), this.#options),
      ...(mayDeleteData(request.operation, request.payload) && { deletes: true }),
    }));
  }

  /** A user who names a file, or the operation of bare payloads, expects a result for it. */
  get #isWanted(): boolean {
    return isExpected({ file: this.file, isExplicit: this.#named }, this.#operation);
  }

  get #text(): string {
    return "text" in this.#source ? this.#source.text : "";
  }

  async #addProblem(problem: SourceProblem): Promise<boolean> {
    const kind = this.#isWanted ? "problem" : await classifyProblem(this.file, problem, this.#engine);
    if (kind !== "nothing") this.#add(createProblemFinding(this.file, problem, kind), problem.place);
    return kind !== "nothing";
  }

  #checkRequest(request: PreparedRequest): void {
    const span = request.span?.() ?? request.document.span(request.path, "value");
    // A bare payload's request spans the whole file, including the comment that names its operation.
    const around = request.container === "bare" ? { start: 0, end: span.end } : span;
    const line = this.lines.lineOf(span.start);
    const checked: CheckedRequest = {
      request,
      line,
      diagnostics: [],
      faulty: hasOffsetWithin(this.#faults, around),
    };
    this.requests.push(checked);
    const { callerIdentity, roles, bucket, findings: written = [], operation, document, payload } = request;
    const defined = { ...findDefinedRecords(document, this.#text, payload), ...request.defined };
    const { findings, contextFindings, consulted, input } = checkRequest(
      { ...this.#stripUntrusted(checked), defined, callerIdentity, roles, bucket },
      this.#engine,
    );
    for (const policy of consulted ?? []) this.consulted = (this.consulted ?? new Set()).add(policy);
    for (const { path, span: at, ...finding } of applySeverities(written, this.#engine.ruleOptions)) {
      const fix = this.#createFix({ ...finding, path }, request, at);
      const more = { pointer: toPointer(path), operation, ...(fix && { fix }) };
      checked.diagnostics.push(this.#add(finding, this.#placement.place(at), more));
    }
    for (const finding of findings) this.addFinding(finding, checked);
    for (const finding of contextFindings) this.#addContextFinding(finding, checked);
    if (input) checked.input = input;
  }

  /** If context comes from a commit: reports and strips what the request says of its context and caller. */
  #stripUntrusted(checked: CheckedRequest): LocatedRequest {
    const { contextFrom } = this.#options;
    if (contextFrom === undefined) return checked.request;
    const { context, caller, ...request } = checked.request;
    if (context !== undefined) this.#addEnvelopeFinding(createUnusedContextFinding(contextFrom), checked);
    if (caller === undefined || caller === this.#engine.caller) return request;
    if (this.#engine.caller === undefined) return { ...request, caller };
    this.#addEnvelopeFinding(createUnusedCallerFinding(this.#engine.caller), checked);
    return request;
  }

  #addFault(fault: DocumentFault | RequestFault): void {
    this.#add(fault, this.#placement.place(fault.span));
  }

  #addUnread(unread: Unread): void {
    const place = this.lines.place(trimSpan(unread.span, this.#text));
    for (const finding of listUnreadFindings(unread, this.file, place.line, this.#engine)) {
      const added = this.#add(finding, place, unread.operation ? { operation: unread.operation } : {});
      this.callTexts = (this.callTexts ?? new Map()).set(added, extractCallText(this.#text, unread.span));
    }
  }

  #addNoRequest(text: string): void {
    const severity = this.#options.allowEmpty ? "info" : "error";
    const why = explainNoRequest(text, this.#engine.schemas.names());
    this.#add({ code: "document/no-request", severity, ...why }, this.lines.place({ start: 0, end: 0 }));
  }

  #add(
    finding: Omit<Finding, "path">,
    place: LocatedPlace,
    more: Pick<Diagnostic, "pointer" | "operation" | "fix"> = {},
  ): Diagnostic {
    const { code, message, help, status = "failed", related, missing } = finding;
    const about = {
      code,
      severity: severityOf(finding),
      status,
      message,
      ...(help !== undefined && { help }),
    };
    const diagnostic: Diagnostic = {
      ...about,
      file: this.file,
      ...place,
      ...more,
      ...(related && related.length > 0 && { related: [...(place.related ?? []), ...related] }),
      ...(status === "undecided" && { missing: missing ?? [] }),
    };
    const waiver = this.#options.waiverOf?.(diagnostic);
    if (waiver) Object.assign(diagnostic, { status: "waived", waiver: waiver.reason });
    this.diagnostics.push(diagnostic);
    return diagnostic;
  }
}
