import { type CelEnv, CelScalar, celEnv, celFunc, parse, plan } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { isTime } from "./times.ts";

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
  if (TIME_CONSTRUCTORS.has(name)) return (target, args) => evaluateInLibrary(() => call(target, args));
  return (target, args) =>
    isTime(target) || args.some(isTime) ? evaluateInLibrary(() => call(target, args)) : call(target, args);
}

const TIME_CONSTRUCTORS = new Set(["timestamp", "duration"]);

let pending: () => unknown = () => undefined;
let evaluatePending: (() => unknown) | undefined;

/**
 * Runs `call` inside an evaluation of the library: it looks up the types of times only there, and offers no
 * other way to set that up.
 */
function evaluateInLibrary(call: () => unknown): unknown {
  let result: unknown;
  pending = () => {
    result = call();
    return true;
  };
  evaluatePending ??= plan(
    celEnv({ funcs: [celFunc("pending", [], CelScalar.BOOL, () => pending() === true)] }),
    parse("pending()"),
  );
  const outcome = evaluatePending();
  return outcome === true ? result : outcome;
}
