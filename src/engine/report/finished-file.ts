import type { CountedFacts } from "../../diagnostics/counted.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { LineIndex } from "../../diagnostics/lines.ts";
import type { ReportedRequest } from "../../diagnostics/report.ts";
import type { Policy } from "../../iam/policy.ts";
import type { Unchecked } from "../../requests/request.ts";
import type { RuleInput } from "../../rules/input.ts";
import type { CheckedFile, CheckedRequest } from "./checked-file.ts";

/** What remains of a file that was checked, in a run over many: neither its text nor what was read in it. */
export class FinishedFile implements CheckedFile {
  readonly file: string;
  readonly isExplicit: boolean;
  readonly requests: readonly CheckedRequest[];
  readonly diagnostics: readonly Diagnostic[];
  readonly facts?: CountedFacts;
  readonly consulted: ReadonlySet<Policy> | undefined;
  readonly callTexts: ReadonlyMap<Diagnostic, string> | undefined;
  readonly unchecked: readonly Unchecked[];
  readonly reads: readonly string[];
  readonly passedOver: number;
  readonly #reported: readonly ReportedRequest[];
  readonly #sourceFiles: readonly string[];

  /** `isCompared` says whether rules over all requests of the run look at a request. */
  constructor(checked: CheckedFile, isExplicit: boolean, isCompared: (request: CheckedRequest) => boolean) {
    this.file = checked.file;
    this.isExplicit = isExplicit;
    this.diagnostics = checked.diagnostics.length > 0 ? checked.diagnostics : NO_DIAGNOSTICS;
    if (checked.facts) this.facts = checked.facts;
    this.consulted = checked.consulted;
    this.callTexts = checked.callTexts;
    this.unchecked = checked.unchecked;
    this.reads = checked.reads;
    this.passedOver = checked.passedOver;
    this.#reported = checked.listReported();
    this.#sourceFiles = checked.diagnostics.length > 0 ? [...checked.sources.keys()] : NONE;
    this.requests = checked.requests.map((request) => finishRequest(request, isCompared));
  }

  get sources(): ReadonlyMap<string, LineIndex | undefined> {
    return new Map(this.#sourceFiles.map((file) => [file, undefined]));
  }

  listReported(): readonly ReportedRequest[] {
    return this.#reported;
  }
}

const NONE: readonly string[] = [];
const NO_DIAGNOSTICS: readonly Diagnostic[] = [];

/** Written out, since spreading objects is slow. */
function finishRequest(
  request: CheckedRequest,
  isCompared: (request: CheckedRequest) => boolean,
): CheckedRequest {
  const { diagnostics, counts, input } = request;
  const finished: CheckedRequest = { diagnostics: diagnostics.length > 0 ? diagnostics : NO_DIAGNOSTICS };
  if (counts) finished.counts = counts;
  if (input && isCompared(request)) finished.input = withoutAbsent(input);
  return finished;
}

/** Most members of most inputs are undefined. */
function withoutAbsent(input: RuleInput): RuleInput {
  if (!Object.values(input).includes(undefined)) return input;
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  ) as unknown as RuleInput;
}
