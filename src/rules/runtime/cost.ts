import { Unknown } from "../../documents/document.ts";
import {
  createUnknownFailure,
  type Failure,
  failureFromPlaceholder,
  joinFailures,
  UnknownItem,
} from "./failure.ts";
import { countStepsLeft, isBudgetSpent, spendSteps } from "./run.ts";
import { isTimeValue } from "./time.ts";
import {
  DataList,
  DataMap,
  GrowingList,
  isCelList,
  isCelMap,
  missingRestOf,
  OpenDataList,
} from "./values.ts";

/** The cost of a call's arguments in steps, and the first unknown part among them. */
class CallCost {
  steps = 1;
  /** Weighing ends where the budget does. */
  readonly #limit = countStepsLeft();
  /** The unknown parts. */
  unknown: Failure | undefined;

  add(value: unknown): void {
    if (typeof value === "string") this.steps += value.length >> 6;
    else if (typeof value === "object" && value !== null) this.#addObject(value);
  }

  #addObject(value: object): void {
    const prototype = Object.getPrototypeOf(value);
    // Most are plain data.
    if (prototype === Array.prototype) this.#addParts(value as unknown[]);
    else if (prototype === DataMap.prototype) this.#addMembers((value as DataMap).data);
    else if (prototype === Object.prototype && !("message" in value)) this.#addMembers(value);
    else if (!isTimeValue(value)) this.#addOther(value);
  }

  #addOther(value: object): void {
    const unknown = missingRestOf(value) ?? toUnknownPart(value);
    if (unknown) {
      const before = this.unknown;
      if (value instanceof OpenDataList) this.#addParts(value.data);
      // What is missing of the whole says it for its parts.
      this.unknown = joinFailures(before, unknown);
    } else if (value instanceof DataMap) this.#addMembers(value.data);
    else if (value instanceof DataList && !(value instanceof GrowingList)) this.#addParts(value.data);
    else if (isCelList(value) || isCelMap(value)) this.#addParts([...(value as DataList).values()]);
    else if (Array.isArray(value)) this.#addParts(value);
    else if (!ArrayBuffer.isView(value)) this.#addMembers(value);
  }

  #addMembers(members: object): void {
    for (const name in members) {
      this.steps++;
      if (this.steps > this.#limit) return;
      this.add((members as Record<string, unknown>)[name]);
    }
  }

  #addParts(parts: readonly unknown[]): void {
    this.steps += parts.length;
    for (const part of parts) {
      if (this.steps > this.#limit) return;
      this.add(part);
    }
  }
}

function toUnknownPart(value: object): Failure | undefined {
  if (value instanceof UnknownItem) return createUnknownFailure(value.missing);
  return value instanceof Unknown ? failureFromPlaceholder(value) : undefined;
}

/**
 * Charges a call to the budget. Returns a failure if the budget is spent or an argument holds an unknown
 * value.
 */
export function chargeCall(args: readonly unknown[], target?: unknown): Failure | undefined {
  // `in` would weigh each of its items.
  if (isBudgetSpent()) return spendSteps(1);
  const weight = new CallCost();
  weight.add(target);
  for (const arg of args) weight.add(arg);
  return spendSteps(weight.steps) ?? weight.unknown;
}
