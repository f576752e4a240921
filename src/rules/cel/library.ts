import { type CelEnv, celEnv, isCelError } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import type { Callee } from "../runtime/calls.ts";
import { Failure } from "../runtime/failure.ts";
import { areSameValues } from "../runtime/same-values.ts";
import { isTimeValue } from "../runtime/time.ts";
import { TypeValue } from "../runtime/types.ts";
import { callInEvaluation, TIME_FUNCTIONS } from "./time.ts";

/** `format` needs a locale and a formatter, and message templates cover its uses. */
const OMITTED_FUNCTIONS = new Set(["format"]);

export const environment: CelEnv = celEnv({
  funcs: strings.filter(({ name }) => !OMITTED_FUNCTIONS.has(name)),
});

const COMPARISONS: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  "_==_": areSameValues,
  "_!=_": (left, right) => !areSameValues(left, right),
};

export function findLibraryFunction(name: string): Callee | undefined {
  const found = environment.funcs.find(name);
  if (!found) return undefined;
  const call: Callee = (target, args) => found.call(0, target as never, args as never);
  return (target, args) => {
    // The library has types of its own, which nothing else of it takes.
    if (target instanceof TypeValue || args.some((arg) => arg instanceof TypeValue))
      return COMPARISONS[name]?.(args[0], args[1]);
    const isOfTime = TIME_FUNCTIONS.has(name) || isTimeValue(target) || args.some(isTimeValue);
    const result = isOfTime ? callInEvaluation(() => call(target, args)) : call(target, args);
    return isCelError(result) ? new Failure(result.message) : result;
  };
}
