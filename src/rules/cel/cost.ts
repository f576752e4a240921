import { Unknown } from "../../documents/document.ts";
import { MAX_STEPS } from "../limits.ts";
import { spendSteps } from "./run.ts";
import {
  createUnknownFailure,
  DataList,
  DataMap,
  GrowingList,
  isCelList,
  isCelMap,
  isFailure,
  missingFactFromPlaceholder,
  toFailure,
  UnknownItem,
} from "./values.ts";

/** The cost of a call's arguments in steps, and the first unknown part among them. */
class CallCost {
  steps = 1;
  unknown: unknown;

  add(value: unknown): void {
    if (typeof value === "string") this.steps += value.length >> 6;
    else if (typeof value === "object" && value !== null) this.#addObject(value);
  }

  #addObject(value: object): void {
    if (value instanceof UnknownItem || isFailure(value)) this.unknown ??= toFailure(value);
    else if (value instanceof Unknown)
      this.unknown ??= createUnknownFailure(missingFactFromPlaceholder(value));
    else if (value instanceof DataMap) this.#addParts(Object.values(value.data));
    else if (value instanceof DataList && !(value instanceof GrowingList)) this.#addParts(value.data);
    else if (isCelList(value) || isCelMap(value)) this.#addParts([...(value as DataList).values()]);
    else if (Array.isArray(value)) this.#addParts(value);
    else if (!ArrayBuffer.isView(value)) this.#addParts(Object.values(value));
  }

  #addParts(parts: readonly unknown[]): void {
    this.steps += parts.length;
    for (const part of parts) {
      if (this.unknown !== undefined || this.steps > MAX_STEPS) return;
      this.add(part);
    }
  }
}

/**
 * Charges a call to the budget. Returns a failure if the budget is spent or an argument holds an unknown
 * value.
 */
export function chargeCall(args: readonly unknown[], target?: unknown): unknown {
  const weight = new CallCost();
  weight.add(target);
  for (const arg of args) weight.add(arg);
  return spendSteps(weight.steps) ?? weight.unknown;
}
