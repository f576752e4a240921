import type { ValidateResult } from "../api/result.ts";
import type { Validator } from "../api/validator.ts";
import { type Diagnostic, lacksJustification } from "../diagnostics/diagnostic.ts";
import { canLoseData } from "../engine/report/deletions.ts";
import { GuardError } from "./error.ts";
import type { FactStore } from "./facts.ts";
import type { GuardOptions } from "./options.ts";

/** What becomes of a request. */
export interface GuardVerdict {
  result: ValidateResult;
  problems: readonly string[];
  /** Why it isn't sent. */
  error: GuardError | undefined;
}

export interface CheckerOptions extends GuardOptions {
  store?: FactStore | undefined;
  /** Whether undecided requests that can lose data are stopped. */
  isCareful?: boolean;
}

/** Decides about requests of a client. */
export class RequestChecker {
  readonly #validator: Validator;
  readonly #options: CheckerOptions;

  constructor(validator: Validator, options: CheckerOptions) {
    this.#validator = validator;
    this.#options = options;
  }

  /** A promise only where facts are to be found: without, a call costs no more than its check. */
  check(operation: string, request: unknown): GuardVerdict | Promise<GuardVerdict> {
    const result = this.#validate(operation, request, {});
    const { store } = this.#options;
    if (!store || result.outcome !== "undecided") return this.#decide(operation, request, result, []);
    return this.#checkWithFacts(store, { operation, request }, result);
  }

  async #checkWithFacts(
    store: FactStore,
    { operation, request }: { operation: string; request: unknown },
    before: ValidateResult,
  ): Promise<GuardVerdict> {
    const undecided = before.diagnostics.filter(({ status }) => status === "undecided");
    const { records, problems = [] } = await store.findRecords({ operation, request, undecided });
    const result = Object.keys(records).length > 0 ? this.#validate(operation, request, records) : before;
    return this.#decide(operation, request, result, problems);
  }

  #validate(operation: string, request: unknown, records: Readonly<Record<string, unknown>>): ValidateResult {
    const { justification, caller, context } = this.#options;
    return this.#validator.validate({
      operation,
      request,
      justification,
      caller,
      context: { ...records, ...context },
    });
  }

  #decide(
    operation: string,
    request: unknown,
    result: ValidateResult,
    problems: readonly string[],
  ): GuardVerdict {
    const { strict = false, isCareful = false } = this.#options;
    const blocksUndecided =
      result.outcome === "undecided" && (strict || (isCareful && canLoseData(operation, request)));
    if (result.outcome !== "fail" && !blocksUndecided) return { result, problems, error: undefined };
    const failed = result.diagnostics.filter(({ status }) => status === "failed" || strict);
    const found = result.outcome === "fail" && failed.length > 0 ? failed : result.diagnostics;
    return { result, problems, error: new GuardError(operation, found.map(adviseOption), problems) };
  }
}

/** A request document has a key where a guard has an option. */
function adviseOption(diagnostic: Diagnostic): Diagnostic {
  if (!lacksJustification(diagnostic)) return diagnostic;
  const help =
    "give the option `justification` of `guard`, with what happened, what else was tried, and where the lost data still is";
  return { ...diagnostic, help };
}
