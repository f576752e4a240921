import { findNearest } from "../../diagnostics/nearest.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { SimulateInput } from "./types.ts";

type InputTest = (value: unknown) => boolean;

const isText: InputTest = (value) => typeof value === "string";
const isObject: InputTest = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isDocument: InputTest = (value) => isText(value) || isObject(value);
const isListOf =
  (test: InputTest): InputTest =>
  (value) =>
    Array.isArray(value) && value.every(test);
const isPrincipal: InputTest = (value) =>
  isText(value) || (isObject(value) && isText((value as { service?: unknown }).service));
const isKeyValue: InputTest = (value) => ["string", "number", "boolean"].includes(typeof value);
const isContext: InputTest = (value) =>
  isObject(value) &&
  Object.values(value as object).every(
    (each) => each === null || each === undefined || isKeyValue(each) || isListOf(isKeyValue)(each),
  );

/** A single value, or a list of them. */
const isOneOrMore =
  (test: InputTest): InputTest =>
  (value) =>
    test(value) || isListOf(test)(value);
const isOneDocument: InputTest = (value) =>
  isDocument(value) || (isListOf(isDocument)(value) && lengthOf(value) === 1);
/** A flat list of several documents is ambiguous: one level with all of them, or a level for each. */
const isLevels: InputTest = (value) => isOneDocument(value) || isListOf(isListOf(isDocument))(value);
const lengthOf = (value: unknown): number => (value as readonly unknown[]).length;

/** The members of the input, and what each of them has to be. */
const INPUT_MEMBERS: Readonly<Record<keyof SimulateInput, readonly [test: InputTest, expected: string]>> = {
  principal: [isPrincipal, "an ARN, or `{ service: NAME }`"],
  action: [isText, "a text such as `s3:PutObject`"],
  resource: [isText, "an ARN, a pattern of ARNs, or `*`"],
  context: [isContext, "an object whose values are texts, numbers, booleans, or lists of those"],
  missingKeys: [(value) => value === "absent" || value === "unknown", "`absent` or `unknown`"],
  absentKeys: [isListOf(isText), "a list of condition keys"],
  unknownKeys: [isListOf(isText), "a list of condition keys"],
  identityPolicies: [isOneOrMore(isDocument), "a list of policy documents"],
  permissionsBoundary: [isOneDocument, "one policy document"],
  sessionPolicies: [isOneOrMore(isDocument), "a list of policy documents"],
  serviceControlPolicies: [isLevels, "a list of levels, each a list of policy documents"],
  resourceControlPolicies: [isLevels, "a list of levels, each a list of policy documents"],
  resourcePolicy: [isOneDocument, "one policy document"],
  resourceAccount: [isText, "an account id"],
};

const INPUT_NAMES = Object.keys(INPUT_MEMBERS) as (keyof SimulateInput)[];
const REQUIRED_INPUT: readonly (keyof SimulateInput)[] = ["principal", "action", "resource"];

/**
 * Returns the input without members that are null. Throws a TypeError when it is malformed, which is a
 * mistake of the calling program.
 */
export function validateInput(input: SimulateInput): SimulateInput {
  if (!isObject(input))
    throw new TypeError("simulate: give an object with `principal`, `action` and `resource`");
  for (const name of REQUIRED_INPUT) {
    if (input[name] === undefined || input[name] === null)
      throw new TypeError(`simulate: \`${name}\` is missing`);
  }
  let hasNull = false;
  for (const name of Object.keys(input)) {
    const part = (INPUT_MEMBERS as Partial<typeof INPUT_MEMBERS>)[name as keyof SimulateInput];
    const value: unknown = input[name as keyof SimulateInput];
    hasNull ||= value === null;
    if (part && Object.hasOwn(INPUT_MEMBERS, name)) checkInputMember(name, value, part);
    else checkInputName(name);
  }
  if (!hasNull) return input;
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== null),
  ) as unknown as SimulateInput;
}

function checkInputMember(
  name: string,
  value: unknown,
  [test, expected]: readonly [InputTest, string],
): void {
  if (value !== undefined && value !== null && !test(value))
    throw new TypeError(`simulate: \`${name}\` has to be ${expected}`);
}

/** A policy under a misspelt name would be ignored silently. Other unknown names are left to the caller. */
function checkInputName(name: string): void {
  const suggestion = findNearest(name, INPUT_NAMES);
  if (suggestion !== undefined) {
    throw new TypeError(`simulate: there is no ${quoted(name)}; did you mean ${quoted(suggestion)}?`);
  }
  if (/polic|boundary/i.test(name)) throw new TypeError(`simulate: there is no ${quoted(name)}`);
}
