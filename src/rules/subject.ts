import type { RuleInput, RuleOptions } from "./input.ts";
import type { RuleSubject } from "./planned-rule.ts";
import { toFaultyPaths } from "./references.ts";
import type { CelVariables } from "./runtime/index.ts";
import { createTimestamp, createUnknownFailure, DataMap, OpenDataList, toCelValue } from "./runtime/index.ts";

const keepText = (text: string): string => text;

/** What a rule is evaluated on: the variables of its expressions. */
export function createSubject(input: RuleInput, { now }: RuleOptions = NO_OPTIONS): RuleSubject {
  const { faulty, wellTyped, renameInText = keepText, context = NO_CONTEXT, request } = input;
  const variables = new RequestVariables(input, input.now ?? now) as unknown as CelVariables;
  return { request, context, variables, faulty: toFaultyPaths(faulty, wellTyped), renameInText };
}

/** A class, since objects with a getter of their own are slow to make. */
class RequestVariables {
  readonly request: unknown;
  readonly context: DataMap;
  readonly operation: string;
  readonly justification: unknown;
  readonly caller: unknown;
  readonly container: string;
  readonly repeats: boolean;
  readonly shared: unknown[] = [];
  /** Of the rule, and of the item that it is evaluated for. */
  params: unknown;
  item: unknown;
  index: unknown;
  readonly #now: Date | undefined;

  constructor(input: RuleInput, now: Date | undefined) {
    const { justification = "", caller, context = NO_CONTEXT, partialLists } = input;
    this.request = toCelValue(input.request) ?? null;
    this.context = new DataMap(addListsInPart(context, partialLists), "");
    this.operation = input.operation;
    this.justification = toCelValue(justification);
    this.caller = caller === undefined ? UNKNOWN_CALLER : toCelValue(caller);
    this.container = input.container ?? "";
    this.repeats = input.repeats ?? false;
    this.#now = now;
  }

  /** Few rules ask for the time. */
  get now() {
    return createTimestamp(this.#now ?? new Date());
  }
}

/** Always the same, so that it can be joined with what else is missing once for all. */
const UNKNOWN_CALLER = createUnknownFailure({ kind: "caller" }).keep();

const NO_OPTIONS: RuleOptions = {};
const NO_CONTEXT: Readonly<Record<string, unknown>> = {};

function addListsInPart(
  context: Readonly<Record<string, unknown>>,
  partialLists: RuleInput["partialLists"],
): Record<string, unknown> {
  const added: Record<string, unknown> = { ...context };
  for (const name in partialLists) {
    const rest = createUnknownFailure({ kind: "context", name });
    added[name] = new OpenDataList(partialLists[name]!, rest, name);
  }
  return added;
}
