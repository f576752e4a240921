import { type CelEnv, celEnv } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { callInEvaluation, isTimeValue, TIME_FUNCTIONS } from "./time.ts";

/** Applies a function to values that are all known. Undefined if it doesn't take values of these types. */
export type Callee = (target: unknown, args: unknown[]) => unknown;

/** `format` needs a locale and a formatter, and message templates cover its uses. */
const OMITTED_FUNCTIONS = new Set(["format"]);

export const environment: CelEnv = celEnv({
  funcs: strings.filter(({ name }) => !OMITTED_FUNCTIONS.has(name)),
});

export function findLibraryFunction(name: string): Callee | undefined {
  const found = environment.funcs.find(name);
  if (!found) return undefined;
  const call: Callee = (target, args) => found.call(0, target as never, args as never);
  return (target, args) =>
    TIME_FUNCTIONS.has(name) || isTimeValue(target) || args.some(isTimeValue)
      ? callInEvaluation(() => call(target, args))
      : call(target, args);
}
