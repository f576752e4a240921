import { CelScalar, celEnv, celFunc, parse, plan } from "@bufbuild/cel";
import { dateFromTimestamp, isTimeValue } from "../runtime/time.ts";

/** Functions of the library that make a timestamp or a duration of other values. */
export const TIME_FUNCTIONS: ReadonlySet<string> = new Set(["timestamp", "duration"]);

let action: () => unknown = () => undefined;
let result: unknown;

/** An expression that runs `action`. Planned when first needed, since few rules use times. */
let runner: ReturnType<typeof plan> | undefined;

const planRunner = (): ReturnType<typeof plan> =>
  plan(
    celEnv({
      funcs: [
        celFunc("act", [], CelScalar.BOOL, () => {
          result = action();
          return true;
        }),
      ],
    }),
    parse("act()"),
  );

/** Calls a function of the library that handles times: those work only while the library evaluates an expression. */
export function callInEvaluation(call: () => unknown): unknown {
  const [outer, before] = [action, result];
  let thrown: { error: unknown } | undefined;
  action = () => {
    try {
      return call();
    } catch (error) {
      thrown = { error };
      return undefined;
    }
  };
  try {
    runner ??= planRunner();
    runner({});
    if (thrown) throw (thrown as { error: unknown }).error;
    return result;
  } finally {
    [action, result] = [outer, before];
  }
}

/** A time of ours as one that the library's functions take; other values as they are. */
export function toLibraryTime(value: unknown): unknown {
  if (!isTimeValue(value)) return value;
  makeTimestamp ??= plan(celEnv(), parse("timestamp(text)"));
  return makeTimestamp({ text: dateFromTimestamp(value).toISOString() });
}

let makeTimestamp: ReturnType<typeof plan> | undefined;
