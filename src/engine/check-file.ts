import type { CountedFacts } from "../diagnostics/counted.ts";
import type { Diagnostic, Finding, Fix } from "../diagnostics/diagnostic.ts";
import { severityOf } from "../diagnostics/diagnostic.ts";
import type { LineIndex, Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { toPointer } from "../diagnostics/pointer.ts";
import type { ReportedRequest } from "../diagnostics/report.ts";
import { countStatuses, decideOutcome } from "../diagnostics/report.ts";
import type { DocumentFault } from "../documents/document.ts";
import type { Excerpt, FileSource, SourceProblem } from "../files/source.ts";
import type { Policy } from "../iam/policy.ts";
import type { PolicyProblem } from "../permissions/findings/malformed-policy.ts";
import type { LocatedRequest } from "../requests/find.ts";
import type { RequestFault, Unchecked, Unread } from "../requests/request.ts";
import { findDefinedRecords } from "../requests/templates/defined-records.ts";
import type { PendingFinding } from "../rules/findings/pending-finding.ts";
import { extractCallText, listUnreadFindings } from "./call-text.ts";
import { applySeverities, decideRequest } from "./check-request.ts";
import type { Engine } from "./engine.ts";
import { extractRequests } from "./extract.ts";
import { isExpected } from "./first-look/expected.ts";
import { FixCreator } from "./fixes/fix-creator.ts";
import { loadDependencies } from "./load-dependencies.ts";
import { locateMissing } from "./locate-missing.ts";
import type { PlacedRequest, RestoredFile } from "./parts/placed-request.ts";
import type { LocatedPlace } from "./placement.ts";
import { findReference, hasOffsetWithin, listErrorOffsets, Placement, trimSpan } from "./placement.ts";
import { inProgramTerms } from "./program-terms.ts";
import { explainNoRequest } from "./relevance.ts";
import { listCallFacts } from "./report/call-facts.ts";
import type { FileCheckOptions, OpenFile } from "./report/checked-file.ts";
import { type PreparedRequest, prepareRequest } from "./templates/caller.ts";
import { readTextOf } from "./trail/excerpt.ts";
import { classifyProblem, createProblemFinding } from "./undecoded.ts";
import { createUnusedCallerFinding, createUnusedContextFinding } from "./unused-findings.ts";

/** Checks one file, from its text to its diagnostics. */
export class FileCheck implements OpenFile {
  readonly file: string;
  readonly lines: LineIndex;
  requests: PlacedRequest[] = [];
  diagnostics: Diagnostic[] = [];
  facts?: CountedFacts;
  consulted: Set<Policy> | undefined;
  policyProblems: readonly PolicyProblem[] = [];
  unchecked: readonly Unchecked[] = [];
  reads: readonly string[] = [];
  callTexts: Map<Diagnostic, string> | undefined;
  passedOver = 0;
  /** Start offsets of the faults in the text, ascending. A fault inside a request makes that request fail. */
  faults: readonly number[] = [];
  #fixes = new FixCreator([]);
  readonly #placement: Placement;
  readonly #source: FileSource;
  readonly #text: string;
  readonly #excerpt: Excerpt;
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
    const { text, lines, excerpt } = readTextOf(source);
    this.#text = text;
    this.#excerpt = excerpt;
    this.#placement = new Placement(this.file, text, lines);
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
    const { problems, unchecked } = this.#excerpt;
    for (const one of problems) this.#add(createProblemFinding(this.file, one, "problem"), one.place);
    this.unchecked = [...(found?.unchecked ?? []), ...unchecked];
    if (!found) return problems.length > 0;
    const { faults, unread } = found;
    this.reads = found.reads ?? [];
    this.passedOver = found.passedOver ?? 0;
    for (const fault of faults) this.#addFault(fault);
    for (const one of unread) this.#addUnread(one);
    await loadDependencies(this.#engine, found.requests);
    this.faults = listErrorOffsets(faults);
    this.#fixes = new FixCreator(found.requests);
    const isOnly = found.requests.length === 1;
    for (const one of found.requests)
      this.#checkRequest(await prepareRequest(one, this.file, this.#engine), isOnly);
    this.#options.counter?.countFile(this);
    if (found.requests.length + faults.length + unread.length + problems.length > 0) return true;
    if (!this.#isWanted && this.unchecked.length + this.passedOver > 0) return false;
    const severity = this.#options.allowEmpty ? "info" : "error";
    const why = explainNoRequest(text, this.#engine.schemas.names());
    this.#add({ code: "document/no-request", severity, ...why }, this.lines.place({ start: 0, end: 0 }));
    return true;
  }

  addFinding(finding: Finding, index: number): Diagnostic | undefined {
    return this.#addTo(this.requests[index]!, finding);
  }

  #addTo({ request, diagnostics }: PlacedRequest, finding: Finding): Diagnostic | undefined {
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
    const isFaulty = hasOffsetWithin(this.faults, findReference(span));
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
    if (!replacement || request.recorded) return undefined;
    const { file, text } = span.source ?? { file: this.file, text: this.#text };
    return this.#fixes.create(replacement, { file, text, span: trimSpan(span, text) }, { ...request, path });
  }

  /** Takes over what another process found in this file, in place of `run`. */
  restore({ texts, ...found }: RestoredFile): void {
    Object.assign(this, found);
    this.#fixes = new FixCreator(found.requests.map(({ request }) => request));
    this.#placement.addTexts(texts);
  }

  keepOnly(wanted: (diagnostic: Diagnostic) => boolean): void {
    this.diagnostics = this.diagnostics.filter(wanted);
    for (const request of this.requests) request.diagnostics = request.diagnostics.filter(wanted);
    this.requests = this.requests.filter(({ diagnostics }) => diagnostics.length > 0);
  }

  #addContextFinding(finding: Finding, checked: PlacedRequest): void {
    this.#addEnvelopeFinding({ ...finding, path: ["context", ...finding.path] }, checked);
  }

  /** The finding is about the envelope around the payload, so it gets no pointer into the payload. */
  #addEnvelopeFinding(finding: Finding, { request, diagnostics }: PlacedRequest): void {
    const at = finding.at === "key" ? "key" : "value";
    const span = request.document.span([...request.path, ...finding.path], at);
    const { operation } = request;
    diagnostics.push(this.#add(finding, this.lines.place(trimSpan(span, this.#text)), { operation }));
  }

  /** Reports that the file is not what it was when it was checked before. */
  addChanged(): void {
    const told = { message: "this file changed during the run", help: "check it again" };
    this.#add({ code: "document/unreadable", ...told }, this.lines.place({ start: 0, end: 0 }));
  }

  get sources(): ReadonlyMap<string, LineIndex> {
    return this.#placement.sources;
  }

  listReported(): ReportedRequest[] {
    return this.requests.map(({ request, line, diagnostics, faulty, counts }) => ({
      file: this.file,
      operation: request.operation,
      container: request.container,
      line,
      outcome: faulty ? "fail" : decideOutcome(countStatuses(diagnostics, counts?.checks), this.#options),
      ...listCallFacts(request),
    }));
  }

  /** Whether the user, who named the file or an operation, expects a result. */
  get #isWanted(): boolean {
    return isExpected({ file: this.file, isExplicit: this.#named }, this.#operation);
  }

  async #addProblem(problem: SourceProblem): Promise<boolean> {
    const kind = this.#isWanted ? "problem" : await classifyProblem(this.file, problem, this.#engine);
    if (kind !== "nothing") this.#add(createProblemFinding(this.file, problem, kind), problem.place);
    return kind !== "nothing";
  }

  #checkRequest(request: PreparedRequest, isOnly: boolean): void {
    const span = request.span?.() ?? request.document.span(request.path, "value");
    // A bare payload's request spans the whole file, including the comment that names its operation.
    const around = request.container === "bare" ? { start: 0, end: span.end } : span;
    const line = this.lines.lineOf(span.start);
    const faulty = hasOffsetWithin(this.faults, around);
    const checked: PlacedRequest = { request, line, diagnostics: [], faulty };
    this.requests.push(checked);
    const { callerIdentity, roles, bucket, findings: written = [], operation, document, payload } = request;
    const defined = { ...findDefinedRecords(document, this.#text, payload), ...request.defined };
    const { findings, pending, contextFindings, consulted, input } = decideRequest(
      { ...this.#stripUntrusted(checked), defined, callerIdentity, roles, bucket },
      this.#engine,
    );
    for (const policy of consulted ?? []) this.consulted = (this.consulted ?? new Set()).add(policy);
    for (const { path, span: at, ...finding } of applySeverities(written, this.#engine.ruleOptions)) {
      const fix = this.#createFix({ ...finding, path }, request, at);
      const more = { pointer: toPointer(path), operation, ...(fix && { fix }) };
      checked.diagnostics.push(this.#add(finding, this.#placement.place(at), more));
    }
    for (const finding of findings) this.#addTo(checked, finding);
    for (const one of isOnly ? this.#count(pending, checked) : pending) this.#addTo(checked, one.toFinding());
    for (const finding of contextFindings) this.#addContextFinding(finding, checked);
    if (input && !request.recorded) checked.input = input;
  }

  /** Counts the findings that no format shows, and returns the others. A waiver or a faulty text may concern each. */
  #count(pending: readonly PendingFinding[], checked: PlacedRequest): readonly PendingFinding[] {
    const { counter, waiverOf } = this.#options;
    if (!counter || waiverOf || this.faults.length > 0) return pending;
    const counted = counter.countPending(this.file, pending, checked.request.payload);
    if (!counted) return pending;
    checked.counts = counted.counts;
    this.facts = counted.facts;
    return counted.others;
  }

  /** If context comes from a commit: reports and strips what the request says of its context and caller. */
  #stripUntrusted(checked: PlacedRequest): LocatedRequest {
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

  #add(
    finding: Omit<Finding, "path">,
    place: LocatedPlace,
    more: Pick<Diagnostic, "pointer" | "operation" | "fix"> = {},
  ): Diagnostic {
    const { code, message, help, status = "failed", related, missing } = finding;
    const severity = severityOf(finding);
    const { file } = this;
    const diagnostic: Diagnostic =
      help === undefined
        ? { code, severity, status, message, file }
        : { code, severity, status, message, help, file };
    // Findings are many, and spreading so many parts into a literal takes V8 twenty times as long.
    Object.assign(diagnostic, place, more);
    if (related && related.length > 0) diagnostic.related = [...(place.related ?? []), ...related];
    if (status === "undecided") diagnostic.missing = missing ?? [];
    const waiver = this.#options.waiverOf?.(diagnostic);
    if (waiver) Object.assign(diagnostic, { status: "waived", waiver: waiver.reason });
    this.diagnostics.push(diagnostic);
    return diagnostic;
  }
}
