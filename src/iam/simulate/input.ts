import { nearest } from "../../diagnostics/nearest.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { SimulateInput } from "./types.ts";

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string";
const isObject: Test = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isDocument: Test = (value) => isText(value) || isObject(value);
const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
const isPrincipal: Test = (value) =>
  isText(value) || (isObject(value) && isText((value as { service?: unknown }).service));
const isKeyValue: Test = (value) => ["string", "number", "boolean"].includes(typeof value);
const isContext: Test = (value) =>
  isObject(value) &&
  Object.values(value as object).every(
    (each) => each === null || each === undefined || isKeyValue(each) || listOf(isKeyValue)(each),
  );

/** A single value, or a list of them. */
const oneOrMore =
  (test: Test): Test =>
  (value) =>
    test(value) || listOf(test)(value);
const isOneDocument: Test = (value) =>
  isDocument(value) || (listOf(isDocument)(value) && lengthOf(value) === 1);
/** A flat list of several documents is ambiguous: one level with all of them, or a level for each. */
const isLevels: Test = (value) => isOneDocument(value) || listOf(listOf(isDocument))(value);
const lengthOf = (value: unknown): number => (value as readonly unknown[]).length;

/** The members of the input, and what each of them has to be. */
const PARTS: Readonly<Record<keyof SimulateInput, readonly [test: Test, expected: string]>> = {
  principal: [isPrincipal, "an ARN, or `{ service: NAME }`"],
  action: [isText, "a text such as `s3:PutObject`"],
  resource: [isText, "an ARN, a pattern of ARNs, or `*`"],
  context: [isContext, "an object whose values are texts, numbers, booleans, or lists of those"],
  missingKeys: [(value) => value === "absent" || value === "unknown", "`absent` or `unknown`"],
  absentKeys: [listOf(isText), "a list of condition keys"],
  unknownKeys: [listOf(isText), "a list of condition keys"],
  identityPolicies: [oneOrMore(isDocument), "a list of policy documents"],
  permissionsBoundary: [isOneDocument, "one policy document"],
  sessionPolicies: [oneOrMore(isDocument), "a list of policy documents"],
  serviceControlPolicies: [isLevels, "a list of levels, each a list of policy documents"],
  resourceControlPolicies: [isLevels, "a list of levels, each a list of policy documents"],
  resourcePolicy: [isOneDocument, "one policy document"],
  resourceAccount: [isText, "an account id"],
};

const NAMES = Object.keys(PARTS) as (keyof SimulateInput)[];
const REQUIRED: readonly (keyof SimulateInput)[] = ["principal", "action", "resource"];

/**
 * Returns the input without members that are null. Throws a TypeError when it is malformed, which is a
 * mistake of the calling program.
 */
export function checkedInput(input: SimulateInput): SimulateInput {
  if (!isObject(input))
    throw new TypeError("simulate: give an object with `principal`, `action` and `resource`");
  for (const name of REQUIRED) {
    if (input[name] === undefined || input[name] === null)
      throw new TypeError(`simulate: \`${name}\` is missing`);
  }
  for (const name of Object.keys(input)) {
    const part = (PARTS as Partial<typeof PARTS>)[name as keyof SimulateInput];
    if (part && Object.hasOwn(PARTS, name)) checkPart(name, input[name as keyof SimulateInput], part);
    else checkName(name);
  }
  if (!Object.values(input).includes(null)) return input;
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== null),
  ) as unknown as SimulateInput;
}

function checkPart(name: string, value: unknown, [test, expected]: readonly [Test, string]): void {
  if (value !== undefined && value !== null && !test(value))
    throw new TypeError(`simulate: \`${name}\` has to be ${expected}`);
}

/** A policy under a misspelt name would be ignored silently. Other unknown names are left to the caller. */
function checkName(name: string): void {
  const suggestion = nearest(name, NAMES);
  if (suggestion !== undefined) {
    throw new TypeError(`simulate: there is no ${quoted(name)}; did you mean ${quoted(suggestion)}?`);
  }
  if (/polic|boundary/i.test(name)) throw new TypeError(`simulate: there is no ${quoted(name)}`);
}
