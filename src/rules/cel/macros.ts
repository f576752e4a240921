import { celType } from "@bufbuild/cel";
import { Unknown } from "../../documents/document.ts";
import { MAX_ITEMS } from "../limits.ts";
import type { MacroName } from "./ast.ts";
import {
  createUnknownFailure,
  Failure,
  failureFromOperand,
  failureFromPlaceholder,
  joinAllFailures,
  joinFailures,
} from "./failure.ts";
import { spendSteps } from "./run.ts";
import type { Evaluate } from "./scope.ts";
import { GrowingList, isCelList, isCelMap, missingRestOf, OpenDataList, toFailure } from "./values.ts";

/** The parts of a loop. The item is in its slot while `test` and `step` run. */
interface LoopParts {
  range: Evaluate;
  test: Evaluate | undefined;
  step: Evaluate | undefined;
  setItem(item: unknown): void;
}

/** Plans a loop over the items of a list or the keys of a map. */
export function planLoop(macro: MacroName, { range, test, step, setItem }: LoopParts): Evaluate {
  const loop: Loop = (visit) => {
    const value = range();
    const items = listItems(value);
    if (items instanceof Failure) return { failure: items };
    for (const item of items) {
      const failure = spendSteps(1);
      if (failure) return { failure };
      setItem(item);
      if (visit(item)) return {};
    }
    return { rest: missingRestOf(value) };
  };
  switch (macro) {
    case "all":
      return () => decideItems(loop, test!, false);
    case "exists":
      return () => decideItems(loop, test!, true);
    case "exists_one":
      return () => countItems(loop, test!);
    default:
      return () => collectItems(loop, test, step);
  }
}

/** Looks at one item. Returns true to end the loop. */
type Visit = (item: unknown) => boolean;

interface LoopEnd {
  /** Why the loop can't begin or go on. */
  failure?: Failure;
  /** What is missing to know whether there are further items. */
  rest?: Failure | undefined;
}

type Loop = (visit: Visit) => LoopEnd;

/** The items to go through, or why that can't be done. */
function listItems(value: unknown): Iterable<unknown> | Failure {
  if (value instanceof Failure) return value;
  if (value instanceof Unknown) return failureFromPlaceholder(value);
  const isMap = isCelMap(value);
  if (!isMap && !isCelList(value))
    return new Failure(`type mismatch: iterable vs ${celType(value as never)}`);
  if (value.size > MAX_ITEMS)
    return createUnknownFailure({
      kind: "overrun",
      what: `it goes through a list of over ${MAX_ITEMS} items`,
    });
  return spendSteps(1 + (value.size >> 3)) ?? (isMap ? value.keys() : value);
}

/** One item that gives `deciding` decides, whatever the others are. */
function decideItems(loop: Loop, test: Evaluate, deciding: boolean): unknown {
  let failure: Failure | undefined;
  let isDecided = false;
  const end = loop(() => {
    const value = test();
    if (value === deciding) isDecided = true;
    else if (typeof value !== "boolean") failure = joinFailures(failure, failureFromOperand(value));
    return isDecided;
  });
  return isDecided ? deciding : (joinAllFailures([failure, end.failure, end.rest]) ?? !deciding);
}

function countItems(loop: Loop, test: Evaluate): unknown {
  let failure: Failure | undefined;
  let count = 0;
  const end = loop(() => {
    const value = test();
    if (value === true) count++;
    else if (value !== false) failure = joinFailures(failure, failureFromOperand(value));
    return false;
  });
  // Nothing that is unknown takes away from two.
  if (count > 1) return false;
  return joinAllFailures([failure, end.failure, end.rest]) ?? count === 1;
}

/** `filter` without a step, `map` with or without a test. */
function collectItems(loop: Loop, test: Evaluate | undefined, step: Evaluate | undefined): unknown {
  let failure: Failure | undefined;
  const kept: unknown[] = [];
  const end = loop((item) => {
    const isKept = test ? test() : true;
    if (isKept === false) return false;
    const value = isKept === true ? (step ? step() : toFailure(item)) : failureFromOperand(isKept);
    if (value instanceof Failure) failure = joinFailures(failure, value);
    else kept.push(value);
    failure = joinFailures(failure, spendSteps(2));
    return false;
  });
  const known = joinFailures(failure, end.failure);
  return known ?? (end.rest ? new OpenDataList(kept, end.rest) : new GrowingList(kept));
}
