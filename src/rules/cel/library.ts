import { type CelEnv, celEnv, isCelError } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import type { Callee } from "../runtime/calls.ts";
import { Failure } from "../runtime/failure.ts";
import { isTimeValue } from "../runtime/time.ts";
import { callInEvaluation, TIME_FUNCTIONS } from "./time.ts";

/** `format` needs a locale and a formatter, and message templates cover its uses. */
const OMITTED_FUNCTIONS = new Set(["format"]);

export const environment: CelEnv = celEnv({
  funcs: strings.filter(({ name }) => !OMITTED_FUNCTIONS.has(name)),
});

export function findLibraryFunction(name: string): Callee | undefined {
  const found = environment.funcs.find(name);
  if (!found) return undefined;
  const call: Callee = (target, args) => found.call(0, target as never, args as never);
  return (target, args) => {
    const isOfTime = TIME_FUNCTIONS.has(name) || isTimeValue(target) || args.some(isTimeValue);
    const result = isOfTime ? callInEvaluation(() => call(target, args)) : call(target, args);
    return isCelError(result) ? new Failure(result.message) : result;
  };
}
