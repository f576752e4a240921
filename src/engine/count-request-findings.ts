import { mayContainPlaceholders } from "../requests/placeholder-syntax.ts";
import { isPlaceholder } from "../requests/placeholders.ts";
import { findBuiltinCounter } from "../rules/counting/builtin-counters.ts";
import { FindingCounter, type FindingCounts } from "../rules/counting/finding-counter.ts";
import type { RuleOptions } from "../rules/input.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import type { Engine } from "./engine.ts";

/** What a program hands over. */
interface PlainRequest {
  operation: string;
  request: unknown;
  justification?: unknown;
  caller?: unknown;
  context?: Record<string, unknown> | undefined;
}

/**
 * Counts what `decideRequest` would find for a program's request, for which it need not find it. Undefined for whatever
 * is not as most requests are: small, in order for the schema, known in all parts, without context and policies.
 */
export function countRequestFindings(
  { operation, request, justification, caller: ownCaller, context }: PlainRequest,
  engine: Engine,
): FindingCounts | undefined {
  const { rules, ruleOptions = NO_OPTIONS, context: store, permissionEvaluator } = engine;
  if (!isEmpty(context) || !store.isEmpty || permissionEvaluator || !rules) return undefined;
  const caller = ownCaller ?? engine.caller;
  if (!isTextOrAbsent(caller) || !isTextOrAbsent(justification)) return undefined;
  const schema = engine.schemas.find(operation);
  if (!schema || !isCountable(request, caller, justification) || !schema.validator(request)) return undefined;
  const counts = findCounter(engine, rules, operation)?.count({
    operation,
    request,
    justification,
    caller,
  });
  if (counts?.needsPermission && ruleOptions.severities?.["iam/undecided"] !== "off") counts.undecided++;
  return counts;
}

const NO_OPTIONS: RuleOptions = {};

function isEmpty(context: Record<string, unknown> | undefined): boolean {
  for (const _ in context) return false;
  return true;
}

const isTextOrAbsent = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === "string";

/** By operation. There is an entry only for those that have a schema. */
const countersOf = new WeakMap<Engine, Map<string, FindingCounter | undefined>>();

function findCounter(engine: Engine, rules: RuleSet, operation: string): FindingCounter | undefined {
  let counters = countersOf.get(engine);
  if (!counters) {
    counters = new Map();
    countersOf.set(engine, counters);
  }
  const known = counters.get(operation);
  if (known || counters.has(operation)) return known;
  const options = engine.ruleOptions ?? NO_OPTIONS;
  const counter = FindingCounter.create(rules, findBuiltinCounter, { operation, options });
  counters.set(operation, counter);
  return counter;
}

/** What is larger may take more steps than rules have: counting code doesn't watch its steps. */
const MAX_PARTS = 100;
const MAX_CHARACTERS = 10_000;

/** Whether a payload is small, plain data in an object, and without placeholders; so must the texts be. */
export const isCountable = (payload: unknown, ...texts: readonly (string | undefined)[]): boolean =>
  isSmallAndPlain(payload, texts, { parts: 0, characters: 0, mayBeFilled: true });

/** The same for what was read from JSON, which is looked at as a whole. */
export const isCountableJson = (
  json: string,
  payload: unknown,
  ...texts: readonly (string | undefined)[]
): boolean =>
  isSmallAndPlain(payload, texts, { parts: 0, characters: 0, mayBeFilled: mayContainPlaceholders(json) });

function isSmallAndPlain(payload: unknown, texts: readonly (string | undefined)[], size: Size): boolean {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return false;
  for (const text of texts) if (text !== undefined && !isPlainText(text, size)) return false;
  return isPlainValue(payload, size);
}

interface Size {
  parts: number;
  characters: number;
  /** Whether texts may contain placeholders. */
  mayBeFilled: boolean;
}

function isPlainValue(value: unknown, size: Size): boolean {
  if (++size.parts > MAX_PARTS) return false;
  switch (typeof value) {
    case "string":
      return isPlainText(value, size);
    case "object":
      return value === null || (Array.isArray(value) ? isPlainList(value, size) : isPlainObject(value, size));
    default:
      return typeof value === "boolean" || typeof value === "number";
  }
}

function isPlainText(text: string, size: Size): boolean {
  size.characters += text.length;
  return size.characters <= MAX_CHARACTERS && !(size.mayBeFilled && isPlaceholder(text));
}

/** An item that is null is a value, where a member that is null is none. */
function isPlainList(items: readonly unknown[], size: Size): boolean {
  for (let index = 0; index < items.length; index++)
    if (items[index] == null || !isPlainValue(items[index], size)) return false;
  return true;
}

function isPlainObject(value: object, size: Size): boolean {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key in value)
    if (!isPlainText(key, size) || !isPlainValue((value as Record<string, unknown>)[key], size)) return false;
  return true;
}
