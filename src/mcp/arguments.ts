import { findNearest } from "../diagnostics/nearest.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import { UsageError } from "../run/io.ts";

export type ToolArguments = Readonly<Record<string, unknown>>;

/** A member of a tool's input, as JSON Schema that says all that is checked. */
export type ArgumentSchema = { description: string } & (
  | { type: "string"; maxLength: number }
  | { type: "array"; items: { type: "string"; maxLength: number }; minItems: number; maxItems: number }
);

export interface InputSchema {
  type: "object";
  properties: Readonly<Record<string, ArgumentSchema>>;
  required?: readonly string[];
  additionalProperties: false;
}

/** Names under which callers may try to bring a policy of their own. */
const POLICY =
  /^(?:config|context|rule|rules|rule_?packs?|schemas?|policy|policy_?from|root|waivers?|baseline|fail_?on|strict)$/i;

/** Throws a `UsageError` that says what is wrong with a tool's arguments. */
export function checkArguments(given: ToolArguments, { properties, required = [] }: InputSchema): void {
  const names = Object.keys(properties);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(properties, name)) throw createUnknownError(name, names);
    checkValue(name, value, properties[name]!);
  }
  const absent = required.find((name) => given[name] === undefined);
  if (absent !== undefined)
    throw new UsageError(`the argument ${quoted(absent)} is missing`, properties[absent]!.description);
}

function createUnknownError(name: string, names: readonly string[]): UsageError {
  if (POLICY.test(name))
    return new UsageError(
      `${quoted(name)} is no argument: the policy is that of the server`,
      "`--config` and `--policy-from` of `countersign mcp` name it",
    );
  const near = findNearest(name, names);
  return new UsageError(
    `${quoted(name)} is no argument of this tool`,
    near ? `did you mean ${quoted(near)}?` : `the arguments are ${formatList(names, "and")}`,
  );
}

function checkValue(name: string, value: unknown, schema: ArgumentSchema): void {
  if (schema.type === "string") {
    checkText(quoted(name), value, schema.maxLength);
    return;
  }
  const { items, minItems, maxItems } = schema;
  if (!Array.isArray(value)) throw new UsageError(`${quoted(name)} is not a list`, schema.description);
  if (value.length < minItems || value.length > maxItems)
    throw new UsageError(`${quoted(name)} has ${value.length} items`, `give ${minItems} to ${maxItems}`);
  for (const [index, item] of value.entries())
    checkText(`item ${index} of ${quoted(name)}`, item, items.maxLength);
}

function checkText(what: string, value: unknown, maxLength: number): void {
  if (typeof value !== "string") throw new UsageError(`${what} is not a string`, "write it as one");
  if (value.length > maxLength)
    throw new UsageError(`${what} has ${value.length} characters`, `at most ${maxLength} are read`);
}
