import { sources } from "../compile-rules.mjs";

/** Values of the suite that rules can have: no messages of protocol buffers, no enumerations, no bytes that aren't text. */
const READERS = {
  nullValue: () => null,
  boolValue: (value) => value,
  stringValue: (value) => value,
  int64Value: (value) => BigInt(value),
  uint64Value: (value) => ({ uint: String(value) }),
  doubleValue: (value) => Number(value),
  bytesValue: (value) => ({ bytes: value }),
  listValue: ({ values = [] }) => values.map(readValue),
  mapValue: ({ entries = [] }) =>
    new Map(entries.map(({ key, value }) => [readValue(key), readValue(value)])),
};

/** Thrown for what the suite has and rules can't have. */
class Left extends Error {}

function readValue(value) {
  const [kind] = Object.keys(value);
  if (!Object.hasOwn(READERS, kind)) throw new Left(kind);
  return READERS[kind](value[kind]);
}

/** A value as a payload has it. */
function toData(value) {
  if (Array.isArray(value)) return value.map(toData);
  if (!(value instanceof Map)) return value;
  if ([...value.keys()].some((key) => typeof key !== "string")) throw new Left("a key that is no text");
  return Object.fromEntries([...value].map(([key, member]) => [key, toData(member)]));
}

/** A text that is the same for equal values, of whichever classes they are. */
function show(value) {
  if (value === null) return "null";
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (typeof value === "number") return `${Object.is(value, -0) ? 0 : value}.`;
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("base64")}`;
  if (Array.isArray(value)) return `[${value.map(show).join()}]`;
  if (value instanceof Map)
    return `{${[...value]
      .map(([key, member]) => `${String(key?.uint ?? key)}:${show(member)}`)
      .sort()
      .join()}}`;
  if ("uint" in value) return `uint ${value.uint}`;
  if ("bytes" in value) return `bytes ${value.bytes}`;
  if (value.value !== undefined && typeof value.value === "bigint") return `uint ${value.value}`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}:${show(member)}`)
    .sort()
    .join()}}`;
}

const NOT_OURS = /unbound function|unresolved attribute|can't be used in a rule|no such overload/;

/** Evaluates each case of the public conformance cases of CEL as a rule is evaluated, with its budget. */
export async function compareCel({ tests }) {
  const { parseExpression, createProgram, toCelValue, MAX_STEPS } = await sources(
    'export { parseExpression, createProgram, toCelValue } from "./rules/cel/index.ts"; export { MAX_STEPS } from "./rules/limits.ts";',
  );
  const found = { cases: 0, left: 0, differences: [] };
  for (const { id, test } of listCases(tests)) {
    let expected;
    let variables;
    try {
      expected = test.evalError ? undefined : show(readValue(test.value ?? { boolValue: true }));
      variables = Object.fromEntries(
        Object.entries(test.bindings ?? {}).map(([name, { value }]) => [
          name,
          toCelValue(toData(readValue(value))),
        ]),
      );
    } catch (error) {
      if (!(error instanceof Left)) throw error;
      found.left++;
      continue;
    }
    const result = evaluate(test.expr, variables);
    if (result.left) {
      found.left++;
      continue;
    }
    found.cases++;
    const isSame = expected === undefined ? result.failed !== undefined : result.value === expected;
    if (isSame) continue;
    const got = result.failed ?? result.value;
    found.differences.push({ id, what: `\`${test.expr}\` is ${expected ?? "an error"} there, here ${got}` });
  }
  return found;

  function evaluate(expression, variables) {
    let node;
    try {
      node = parseExpression(expression);
    } catch (error) {
      return { left: error.message };
    }
    const result = createProgram(node)(variables, { left: MAX_STEPS });
    if (result.kind === "value") {
      try {
        return { value: show(result.value) };
      } catch (error) {
        return { left: error.message };
      }
    }
    const failed = result.reason ?? JSON.stringify(result.missing);
    return NOT_OURS.test(failed) ? { left: failed } : { failed };
  }
}

function* listCases(suite, path = "") {
  for (const { original: test } of suite.tests ?? [])
    if (!test.container && !test.checkOnly && !test.typedResult)
      yield { id: `cel${path}/${test.name}`, test };
  for (const inner of suite.suites ?? []) yield* listCases(inner, `${path}/${inner.name}`);
}
