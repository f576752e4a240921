import type { Diagnostic, Finding, Place } from "../diagnostics/diagnostic.ts";
import { severityOf } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";
import { LineIndex } from "../diagnostics/lines.ts";
import { toPointer } from "../diagnostics/pointer.ts";
import type { Bar, ReportedRequest } from "../diagnostics/report.ts";
import { outcomeAt, summarise } from "../diagnostics/report.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Fault } from "../documents/document.ts";
import type { Source, SourceProblem } from "../files/source.ts";
import type { Policy } from "../iam/policy.ts";
import type { PlacedRequest } from "../requests/find.ts";
import type { RequestFault, Unread } from "../requests/request.ts";
import type { RuleInput } from "../rules/rule-set.ts";
import { checkRequest } from "./check-request.ts";
import type { Engine } from "./engine.ts";
import { readRequests } from "./extract.ts";
import { isExpected } from "./first-look.ts";
import { maySay, whyNone } from "./relevance.ts";

export interface FileOptions extends Bar {
  /** The operation of every bare payload, or of a file's. */
  operation?: string;
  operationOf?: (file: string) => string | undefined;
  /** A file without requests is no error. */
  allowEmpty?: boolean;
  /** The commit that context comes from: then what requests say of it themselves does not count. */
  contextFrom?: string;
  /** Why a finding is accepted; undefined where it isn't. */
  waiverOf?: (diagnostic: Diagnostic) => { reason: string } | undefined;
}

/** A request of the file, with what was found in it. */
export interface CheckedRequest {
  request: PlacedRequest;
  line: number;
  diagnostics: Diagnostic[];
  /** The file's text is faulty inside this request. */
  faulty: boolean;
  /** What rules about the whole run are asked with. */
  input?: RuleInput;
}

/** One file on its way through the pipeline. */
export class FileCheck {
  readonly file: string;
  readonly lines: LineIndex;
  requests: CheckedRequest[] = [];
  diagnostics: Diagnostic[] = [];
  /** Policies that were looked at for its requests. */
  readonly consulted = new Set<Policy>();
  /** Other files that its requests take text from. */
  reads: readonly string[] = [];
  /** How many calls it makes as a test of others. */
  passedOver = 0;
  /** Where the file's own faults start, in order; one inside a request is the request's. */
  #faults: readonly number[] = [];
  readonly #source: Source;
  readonly #named: boolean;
  readonly #operation: string | undefined;
  readonly #engine: Engine;
  readonly #options: FileOptions;

  constructor(source: Source, named: boolean, engine: Engine, options: FileOptions) {
    this.#source = source;
    this.#named = named;
    this.#engine = engine;
    this.#options = options;
    this.file = source.file;
    this.#operation = options.operation ?? options.operationOf?.(source.file);
    this.lines = new LineIndex(this.#text);
  }

  /** Finds and checks the file's requests. False for a file that a walk passes over in silence. */
  async run(): Promise<boolean> {
    const source = this.#source;
    if ("problem" in source) return this.#problem(source.problem);
    const { text } = source;
    const about = { file: this.file, text, operation: this.#operation, isWanted: this.#isWanted };
    const found = await readRequests(about, this.#engine);
    if (!found) return false;
    const { faults, unread } = found;
    this.reads = found.reads ?? [];
    this.passedOver = found.passedOver ?? 0;
    for (const fault of faults) this.#fault(fault);
    const open = unread.filter(({ isOpen }) => isOpen);
    for (const { span, why } of open) this.#open(span, why);
    await this.#load(found.requests);
    this.#faults = faults.map((fault) => fault.span.start).sort((a, b) => a - b);
    for (const request of found.requests) this.#request(request);
    for (const one of unread) if (!one.isOpen) this.#unread(one);
    if (found.requests.length + faults.length + unread.length + this.passedOver > 0) return true;
    this.#noRequest(text);
    return true;
  }

  /** Adds a finding to a request of this file; undefined where nothing is to be said of it. */
  addFinding(finding: Finding, { request, diagnostics }: CheckedRequest): Diagnostic | undefined {
    const diagnostic = this.#diagnosticOf(finding, request);
    if (diagnostic) diagnostics.push(diagnostic);
    return diagnostic;
  }

  #diagnosticOf(finding: Finding, request: PlacedRequest): Diagnostic | undefined {
    const { operation, payloadPath, document } = request;
    const { at = "value", path } = finding;
    if (at === "operation")
      return this.#add(finding, this.lines.place(request.operationSpan()), { operation });
    const within = request.payloadDocument ?? document;
    const span = within.span([...payloadPath, ...path], at);
    // A value is open because its text is faulty, and that is said already.
    if (finding.status === "undecided" && path.length > 0 && hasBetween(this.#faults, span)) return undefined;
    const place = this.lines.place(visible(span, this.#text));
    return this.#add(finding, place, { pointer: toPointer(path), operation });
  }

  /** Forgets the other findings, and the requests that have none left. */
  keep(wanted: (diagnostic: Diagnostic) => boolean): void {
    this.diagnostics = this.diagnostics.filter(wanted);
    for (const request of this.requests) request.diagnostics = request.diagnostics.filter(wanted);
    this.requests = this.requests.filter(({ diagnostics }) => diagnostics.length > 0);
  }

  #addContextFinding(finding: Finding, checked: CheckedRequest): void {
    this.#addEnvelopeFinding({ ...finding, path: ["context", ...finding.path] }, checked);
  }

  /** This stands beside the payload, so no pointer into the payload leads there. */
  #addEnvelopeFinding(finding: Finding, { request, diagnostics }: CheckedRequest): void {
    const at = finding.at === "key" ? "key" : "value";
    const span = request.document.span([...request.path, ...finding.path], at);
    const { operation } = request;
    diagnostics.push(this.#add(finding, this.lines.place(visible(span, this.#text)), { operation }));
  }

  /** The requests as the report lists them. */
  reported(): ReportedRequest[] {
    return this.requests.map(({ request, line, diagnostics, faulty }) => ({
      file: this.file,
      operation: request.operation,
      container: request.container,
      line,
      outcome: faulty ? "fail" : outcomeAt(summarise(1, 1, diagnostics), this.#options),
    }));
  }

  /** Whoever names a file, or the operation of bare payloads, expects a word about it. */
  get #isWanted(): boolean {
    return isExpected({ file: this.file, named: this.#named }, this.#operation);
  }

  get #names(): ReadonlySet<string> {
    return this.#engine.schemas.names();
  }

  get #text(): string {
    return "text" in this.#source ? this.#source.text : "";
  }

  /** What only some runs need: rules for requests, policies for those of a context that has them, ajv for requests that bring a context of their own. */
  async #load(requests: readonly PlacedRequest[]): Promise<void> {
    const engine = this.#engine;
    if (requests.length > 0 && !engine.rules && engine.loadRules) engine.rules = await engine.loadRules();
    if (requests.length > 0 && !engine.judge && engine.context.iam.length > 0) {
      const { Judge } = await import("../permissions/evaluator.ts");
      engine.judge = new Judge(engine.context);
    }
    if (engine.contextSchemas || !requests.some(({ context }) => context)) return;
    const { contextSchemas } = await import("../context/load/schemas.ts");
    engine.contextSchemas = await contextSchemas();
  }

  #problem({ place, code, message, help, head }: SourceProblem): boolean {
    if (!this.#isWanted && head !== undefined && !maySay(head, this.#names)) return false;
    this.#add({ code, message, ...(help && { help }) }, place);
    return true;
  }

  #request(request: PlacedRequest): void {
    const span = request.span?.() ?? request.document.span(request.path, "value");
    // A bare payload's request is the whole file, with the comment that names its operation.
    const around = request.container === "bare" ? { start: 0, end: span.end } : span;
    const line = this.lines.lineOf(span.start);
    const checked: CheckedRequest = {
      request,
      line,
      diagnostics: [],
      faulty: hasBetween(this.#faults, around),
    };
    this.requests.push(checked);
    const { findings, contextFindings, consulted, input } = checkRequest(
      this.#trusted(checked),
      this.#engine,
    );
    for (const policy of consulted ?? []) this.consulted.add(policy);
    for (const finding of findings) this.addFinding(finding, checked);
    for (const finding of contextFindings) this.#addContextFinding(finding, checked);
    if (input) checked.input = input;
  }

  /** Where context comes from a commit: the request without what it says itself of the world, and of who calls. */
  #trusted(checked: CheckedRequest): PlacedRequest {
    const { contextFrom } = this.#options;
    if (contextFrom === undefined) return checked.request;
    const { context, caller, ...request } = checked.request;
    if (context !== undefined) this.#addEnvelopeFinding(unusedContext(contextFrom), checked);
    if (caller === undefined || caller === this.#engine.caller) return request;
    if (this.#engine.caller === undefined) return { ...request, caller };
    this.#addEnvelopeFinding(unusedCaller(this.#engine.caller), checked);
    return request;
  }

  #fault(fault: Fault | RequestFault): void {
    this.#add(fault, this.lines.place(visible(fault.span, this.#text)));
  }

  /** A placeholder hides what is called, or whether anything is. */
  #open(span: Span, message: string): void {
    const help = "check it again with the value filled in";
    const said = { code: "document/unknown-operation", status: "undecided", message, help } as const;
    this.#add(said, this.lines.place(visible(span, this.#text)));
  }

  #unread({ span, why, help, operation }: Unread): void {
    const said = {
      code: "document/unread",
      status: "undecided",
      message: why,
      ...(help && { help }),
    } as const;
    this.#add(
      said,
      this.lines.place(visible(span, this.#text)),
      operation === undefined ? {} : { operation },
    );
  }

  #noRequest(text: string): void {
    const severity = this.#options.allowEmpty ? "info" : "error";
    const said = { code: "document/no-request", severity, ...whyNone(text, this.#names) } as const;
    this.#add(said, this.lines.place({ start: 0, end: 0 }));
  }

  #add(
    said: Omit<Finding, "path">,
    place: Place,
    more: Pick<Diagnostic, "pointer" | "operation"> = {},
  ): Diagnostic {
    const { code, message, help, status = "failed", related } = said;
    const about = { code, severity: severityOf(said), status, message, ...(help !== undefined && { help }) };
    const diagnostic: Diagnostic = {
      ...about,
      file: this.file,
      ...place,
      ...more,
      ...(related && related.length > 0 && { related }),
    };
    const waiver = this.#options.waiverOf?.(diagnostic);
    if (waiver) Object.assign(diagnostic, { status: "waived", waiver: waiver.reason });
    this.diagnostics.push(diagnostic);
    return diagnostic;
  }
}

const unusedContext = (from: string): Finding => ({
  code: "document/envelope",
  severity: "info",
  path: ["context"],
  at: "key",
  message: `this \`context\` does not count: context is taken from ${quoted(from)}`,
  help: "a context that requests may rely on is in a file of that commit, which the configuration names",
});

const unusedCaller = (caller: string): Finding => ({
  code: "document/envelope",
  severity: "info",
  path: ["caller"],
  at: "key",
  message: `this \`caller\` does not count: the policy says that ${quoted(caller)} makes the calls`,
  help: "remove it",
});

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
