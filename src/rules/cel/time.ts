import { CelScalar, celEnv, celFunc, parse, plan } from "@bufbuild/cel";

/** What timestamps and durations are to the library: messages of these types. */
const TIME_TYPES: ReadonlySet<string> = new Set(["google.protobuf.Timestamp", "google.protobuf.Duration"]);

/** Functions of the library that make a timestamp or a duration of other values. */
export const TIME_FUNCTIONS: ReadonlySet<string> = new Set(["timestamp", "duration"]);

interface TimeValue {
  message: { $typeName: string; seconds: bigint; nanos: number };
}

export const isTimeValue = (value: unknown): value is TimeValue =>
  typeof value === "object" &&
  value !== null &&
  "message" in value &&
  TIME_TYPES.has(String((value as TimeValue).message?.$typeName));

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

/** `2026-01-05T10:00:00Z`, or `3600s`. */
export function formatTimeValue({ message: { $typeName, seconds, nanos } }: TimeValue): string {
  if ($typeName.endsWith("Duration")) return `${Number(seconds) + nanos / 1e9}s`;
  return new Date(Number(seconds) * 1000 + nanos / 1e6).toISOString().replace(".000Z", "Z");
}

/** A time as a value of expressions. */
export function toTimestamp(time: Date): unknown {
  makeTimestamp ??= plan(celEnv(), parse("timestamp(text)"));
  return makeTimestamp({ text: time.toISOString() });
}

let makeTimestamp: ReturnType<typeof plan> | undefined;
