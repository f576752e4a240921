import { Unknown } from "../../documents/document.ts";
import { MAX_ITEMS } from "../limits.ts";
import {
  createUnknownFailure,
  Failure,
  failureFromOperand,
  failureFromPlaceholder,
  joinAllFailures,
  joinFailures,
} from "./failure.ts";
import { spendSteps } from "./run.ts";
import { typeOf } from "./types.ts";
import {
  DataList,
  GrowingList,
  isCelList,
  isCelMap,
  missingRestOf,
  OpenDataList,
  toFailure,
} from "./values.ts";

/** Evaluates the test or the step of a loop for an item, which is a failure if it isn't known. */
export type EvaluateItem = (item: unknown) => unknown;

/** Looks at one item. Returns true to end the loop. */
type Visit = (item: unknown) => boolean;

interface LoopEnd {
  /** Why the loop can't begin or go on. */
  failure?: Failure;
  /** What is missing to know whether there are further items. */
  rest?: Failure | undefined;
}

const ENDED: LoopEnd = {};

/** Goes over the items of a list or the keys of a map. */
function visitItems(value: unknown, visit: Visit): LoopEnd {
  const items = listItems(value);
  if (items instanceof Failure) return { failure: items };
  for (let index = 0; index < items.length; index++) {
    const failure = spendSteps(1);
    if (failure) return { failure };
    if (visit(toFailure(items[index]))) return ENDED;
  }
  const rest = missingRestOf(value);
  return rest ? { rest } : ENDED;
}

/** The items to go through, or why that can't be done. */
function listItems(value: unknown): readonly unknown[] | Failure {
  if (value instanceof Failure) return value;
  if (value instanceof Unknown) return failureFromPlaceholder(value);
  const isMap = isCelMap(value);
  if (!isMap && !isCelList(value)) return new Failure(`type mismatch: iterable vs ${typeOf(value)}`);
  if (value.size > MAX_ITEMS)
    return createUnknownFailure({
      kind: "overrun",
      what: `it goes through a list of over ${MAX_ITEMS} items`,
    });
  return (
    spendSteps(1 + (value.size >> 3)) ??
    (isMap ? [...value.keys()] : value instanceof DataList ? value.items() : [...value])
  );
}

/** `all` and `exists`: one item that gives `deciding` decides, whatever the others are. */
export function decideItems(range: unknown, test: EvaluateItem, deciding: boolean): unknown {
  if (range instanceof Failure) return range;
  let failure: Failure | undefined;
  let isDecided = false;
  const end = visitItems(range, (item) => {
    const value = test(item);
    if (value === deciding) isDecided = true;
    else if (typeof value !== "boolean") failure = joinFailures(failure, failureFromOperand(value));
    return isDecided;
  });
  if (isDecided) return deciding;
  if (end === ENDED) return failure ?? !deciding;
  return joinAllFailures([failure, end.failure, end.rest]) ?? !deciding;
}

/** `exists_one` */
export function countItems(range: unknown, test: EvaluateItem): unknown {
  if (range instanceof Failure) return range;
  let failure: Failure | undefined;
  let count = 0;
  const end = visitItems(range, (item) => {
    const value = test(item);
    if (value === true) count++;
    else if (value !== false) failure = joinFailures(failure, failureFromOperand(value));
    return false;
  });
  // Nothing that is unknown takes away from two.
  if (count > 1) return false;
  return joinAllFailures([failure, end.failure, end.rest]) ?? count === 1;
}

/** `filter` without a step, `map` with or without a test. */
export function collectItems(range: unknown, test?: EvaluateItem, step?: EvaluateItem): unknown {
  if (range instanceof Failure) return range;
  let failure: Failure | undefined;
  const kept: unknown[] = [];
  const end = visitItems(range, (item) => {
    const isKept = test ? test(item) : true;
    if (isKept === false) return false;
    const value = isKept === true ? (step ? step(item) : item) : failureFromOperand(isKept);
    if (value instanceof Failure) failure = joinFailures(failure, value);
    else kept.push(value);
    failure = joinFailures(failure, spendSteps(2));
    return false;
  });
  const known = joinFailures(failure, end.failure);
  return known ?? (end.rest ? new OpenDataList(kept, end.rest) : new GrowingList(kept));
}
