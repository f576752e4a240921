import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ReportedRequest } from "../../diagnostics/report.ts";
import { decideOutcome, type FailurePolicy } from "../../diagnostics/report.ts";
import { parseJson } from "../../documents/json/json.ts";
import type { FileSource } from "../../files/source.ts";
import { findBuiltinCounter } from "../../rules/counting/builtin-counters.ts";
import { WaitingLister } from "../../rules/counting/waiting-lister.ts";
import type { RuleInput, RuleOptions } from "../../rules/input.ts";
import type { RequestSchema } from "../../schema/store.ts";
import { isCountableJson } from "../count-request-findings.ts";
import type { Engine } from "../engine.ts";
import { mayContainCommand } from "../relevance.ts";
import type { CheckedFile, CheckedRequest } from "../report/checked-file.ts";
import { mayDeleteData } from "../report/deletions.ts";
import { FinishedFile } from "../report/finished-file.ts";
import type { CheckCounter } from "./check-counter.ts";

/** What requests of an operation are checked with. */
interface Checks {
  schema: RequestSchema;
  waiting: WaitingLister;
  isCompared: boolean;
}

/** A document that is nothing but a request. */
interface PlainRequest {
  operation: string;
  request: object;
  justification?: string;
}

/**
 * Checks files as most of a large run are: JSON that holds one request, of which everything is known, and nothing of its
 * surroundings. What there is to say of them is counted, without findings, places, and all that other files may hold.
 */
export class PlainFiles {
  readonly #engine: Engine;
  readonly #counter: CheckCounter;
  readonly #bar: FailurePolicy;
  /** By operation. */
  readonly #checks = new Map<string, Checks | undefined>();
  readonly #isPlainRun: boolean;

  constructor(engine: Engine, counter: CheckCounter, bar: FailurePolicy) {
    this.#engine = engine;
    this.#counter = counter;
    this.#bar = bar;
    const { context, permissionEvaluator, caller, filling, past, parseEdited, openTexts } = engine;
    const more = [permissionEvaluator, caller, filling, past, parseEdited, openTexts];
    this.#isPlainRun = context.isEmpty && more.every((each) => each === undefined);
  }

  /** Undefined where only the usual check can tell what there is to say. */
  check(source: FileSource, isExplicit: boolean): FinishedFile | undefined {
    if (!this.#isPlainRun || "problem" in source || source.excerpt || !isPlainText(source)) return undefined;
    const { file, text } = source;
    const { documents, faults } = parseJson(text);
    const [document] = documents;
    if (!document || faults.length > 0 || !isPlainRequest(document.value)) return undefined;
    const { operation, request, justification } = document.value;
    const checks = this.#checksOf(operation);
    if (!checks || !isCountableJson(text, request, justification) || !checks.schema.validator(request))
      return undefined;
    const waiting = checks.waiting.list({ operation, request, justification });
    const counted = waiting && this.#counter.countWaiting(file, waiting, request);
    if (!waiting || (waiting.length > 0 && !counted)) return undefined;
    return new FinishedFile(
      this.#toCheckedFile(file, document.value, counted),
      isExplicit,
      () => checks.isCompared,
    );
  }

  #checksOf(operation: string): Checks | undefined {
    const { rules, schemas, ruleOptions = NO_OPTIONS } = this.#engine;
    if (!rules) return undefined;
    if (this.#checks.has(operation)) return this.#checks.get(operation);
    const schema = OPERATION.test(operation) ? schemas.find(operation) : undefined;
    const waiting =
      schema && WaitingLister.create(rules, findBuiltinCounter, { operation, options: ruleOptions });
    const isCompared = rules.compares(operation, ruleOptions);
    const checks = schema && waiting ? { schema, waiting, isCompared } : undefined;
    this.#checks.set(operation, checks);
    return checks;
  }

  #toCheckedFile(
    file: string,
    { operation, request, justification }: PlainRequest,
    counted: ReturnType<CheckCounter["countWaiting"]>,
  ): CheckedFile {
    const input: RuleInput = {
      operation,
      request,
      container: "envelope",
      context: NO_CONTEXT,
      partialLists: NO_CONTEXT,
      faulty: NOTHING_FAULTY,
    };
    if (justification !== undefined) input.justification = justification;
    const undecided = counted?.counts.checks ?? 0;
    const reported: ReportedRequest = {
      file,
      operation,
      container: "envelope",
      line: 1,
      outcome: decideOutcome({ errors: 0, warnings: 0, undecided }, this.#bar),
    };
    if (mayDeleteData(operation, request)) reported.deletes = true;
    const checked: CheckedRequest = { diagnostics: NO_DIAGNOSTICS, input };
    if (counted) checked.counts = counted.counts;
    return {
      file,
      requests: [checked],
      ...NOTHING_ELSE,
      ...(counted && { facts: counted.facts }),
      listReported: () => [reported],
    };
  }
}

const NO_OPTIONS: RuleOptions = {};
const NO_CONTEXT = {};
const NOTHING_FAULTY: ReadonlySet<string> = new Set();
const NO_DIAGNOSTICS: readonly Diagnostic[] = [];
const NOTHING_ELSE = {
  diagnostics: NO_DIAGNOSTICS,
  consulted: undefined,
  callTexts: undefined,
  unchecked: [],
  reads: [],
  passedOver: 0,
  sources: new Map(),
};

/** The form of operations of AWS, of which a document that nobody named is a request. */
const OPERATION = /^[a-z0-9-]+:[A-Z]\w*$/;

/** Whether a text can hold neither commands nor other calls beside a request. ARNs are no calls. */
const isPlainText = ({ file, text }: { file: string; text: string }): boolean =>
  file.endsWith(".json") && text.startsWith("{") && !/aws(?!:)/i.test(text) && !mayContainCommand(text);

/** Members whose values templates of the run may define. */
const MAY_BE_DEFINED = /role|^LocationARN$/i;

function isPlainRequest(value: unknown): value is PlainRequest {
  const { operation, request, justification, ...others } = Object(value) as Record<string, unknown>;
  for (const _ in others) return false;
  const hasTexts =
    typeof operation === "string" && (justification === undefined || typeof justification === "string");
  if (!hasTexts || typeof request !== "object" || request === null || Array.isArray(request)) return false;
  for (const name in request) if (MAY_BE_DEFINED.test(name)) return false;
  return true;
}
