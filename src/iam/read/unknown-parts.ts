import type { MissingInput } from "../../diagnostics/diagnostic.ts";
import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import type { Hole } from "../../documents/partial.ts";
import { knownPartOf, OpenList, OpenObject, PartialText } from "../../documents/partial.ts";
import type { Condition } from "../policy.ts";

/** A missing fact, and how to provide it. */
export interface UnknownPart {
  message: string;
  help: string;
  missing?: readonly MissingInput[];
}

/** The line break keeps it from colliding with real condition keys. */
const UNKNOWN_KEY_PREFIX = "countersign:unknown\n";

/** A condition on a key whose value is always unknown: what has it may apply, and may not. */
export const createUnknownCondition = (part: UnknownPart): Condition => ({
  operator: "StringEquals",
  base: "StringEquals",
  ifExists: false,
  key: UNKNOWN_KEY_PREFIX + JSON.stringify(part),
  values: ["known"],
  path: [],
});

/** Converts a missing condition key back to the fact, if it came from such a condition. */
export function unknownPartFromKey(key: string): UnknownPart | undefined {
  if (!key.startsWith(UNKNOWN_KEY_PREFIX)) return undefined;
  return JSON.parse(key.slice(UNKNOWN_KEY_PREFIX.length)) as UnknownPart;
}

/** A statement without unknown parts, as far as it may reach. */
export interface StatementReading {
  value: unknown;
  /** What the statement depends on; absent where it applies for certain. */
  open?: string;
  /** It isn't written anywhere: it stands for whatever there may be. */
  isAnything?: boolean;
}

/** Whether there is anything unknown in a value. */
export function holdsUnknown(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/**
 * The readings of a statement with unknown parts: one of what is certain, and one of what it may say besides. A value
 * that is unknown in part reaches as far as a pattern of its known parts.
 */
export function readUnknownParts(statement: unknown): StatementReading[] {
  if (!holdsUnknown(statement)) return [{ value: statement }];
  const members = knownPartOf(statement);
  const isOpen =
    statement instanceof OpenObject && (statement.mayHaveMore || !isOptionalCondition(statement));
  if (isOpen || members instanceof Unknown || typeof members !== "object" || members === null)
    return createAnything(sourceOf(statement));
  return readMembers(members as Record<string, unknown>, statement);
}

/** A statement, or a whole document, that may say anything. */
export const createAnything = (open: string): StatementReading[] =>
  ["Allow", "Deny"].map((Effect) => ({ value: { Effect, Action: "*" }, open, isAnything: true }));

/** The statements of a document, of which a list that may hold others may hold anything. */
export function listReadings(given: unknown): (StatementReading & { index: number })[] {
  const others = given instanceof Unknown ? createAnything(sourceOf(given)) : [];
  const items = given instanceof OpenList ? given.items : given instanceof Unknown ? [] : [given].flat();
  return [
    ...items.flatMap((item, index) => readUnknownParts(item).map((reading) => ({ ...reading, index }))),
    ...others.map((reading) => ({ ...reading, index: items.length })),
  ];
}

/** What a document says of which not even the members are known. */
export const isOpenDocument = (document: unknown): document is Unknown =>
  document instanceof OpenObject
    ? document.mayHaveMore || document.optional.has("Statement")
    : document instanceof Unknown;

const isOptionalCondition = ({ optional }: OpenObject): boolean =>
  [...optional].every((name) => name === "Condition" || name === "Sid");

function readMembers(members: Record<string, unknown>, statement: unknown): StatementReading[] {
  const optional = statement instanceof OpenObject ? statement.optional : new Set<string>();
  const whole = describeWhole(members, optional);
  const { Sid, Condition, ...rest } = members;
  const fixed = {
    ...rest,
    ...(typeof Sid === "string" && { Sid }),
    ...(Condition !== undefined && !optional.has("Condition") && { Condition: withoutUnknown(Condition) }),
  };
  const effects = members.Effect instanceof Unknown ? ["Allow", "Deny"] : [members.Effect];
  return effects.flatMap((Effect) => {
    const { certain, wide, open } = splitLists({ ...fixed, Effect });
    const isCertain = whole === undefined && certain !== undefined;
    const widest = { ...wide, Sid: undefined };
    return [
      ...(isCertain ? [{ value: certain }] : []),
      ...(whole !== undefined || open !== undefined
        ? [{ value: isCertain ? omitUndefined(widest) : wide, open: whole ?? open! }]
        : []),
    ];
  });
}

const omitUndefined = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** What all that the statement says depends on: whether it allows or denies, for whom, and when. */
function describeWhole(members: Record<string, unknown>, optional: ReadonlySet<string>): string | undefined {
  const parts = [members.Effect, members.Condition, members.NotPrincipal];
  const unknown = parts.find(holdsUnknown);
  if (unknown !== undefined) return sourceOf(unknown);
  return optional.has("Condition") ? "Condition" : undefined;
}

/** The conditions without those that aren't known: with fewer, a statement reaches further. */
function withoutUnknown(condition: unknown): unknown {
  if (!holdsUnknown(condition)) return condition;
  const operators = condition instanceof Unknown ? {} : (condition as Record<string, unknown>);
  return Object.fromEntries(
    Object.entries(operators).flatMap(([operator, keys]) => {
      const known = Object.entries(Object(keys)).filter(([, value]) => !holdsUnknown(value));
      return keys instanceof Unknown || known.length === 0 ? [] : [[operator, Object.fromEntries(known)]];
    }),
  );
}

const LISTS = ["Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal"];

/** Splits the lists of a statement into what they hold for certain, and all that they may hold. */
function splitLists(members: Record<string, unknown>) {
  const certain: Record<string, unknown> = { ...members };
  const wide: Record<string, unknown> = { ...members };
  let open: string | undefined;
  let isEmpty = false;
  for (const name of LISTS.filter((each) => holdsUnknown(members[each]))) {
    const given = members[name];
    open ??= sourceOf(given);
    const { known, patterns } = splitList(given, name);
    if (name.startsWith("Not")) {
      // What is excluded for certain is excluded in both; what may be excluded is not certain.
      certain[name] = [...known, ...patterns];
      if (known.length > 0) wide[name] = known;
      else {
        delete wide[name];
        wide[name.slice(3)] = "*";
      }
      isEmpty ||= name === "NotPrincipal";
      continue;
    }
    certain[name] = known;
    wide[name] = name === "Principal" ? "*" : [...known, ...patterns];
    isEmpty ||= known.length === 0;
    if (name === "Principal") certain[name] = knownPrincipals(given);
  }
  const isCertain = !isEmpty && certain.Principal !== NOBODY;
  return { certain: isCertain ? certain : undefined, wide, open };
}

function splitList(given: unknown, name: string): { known: unknown[]; patterns: string[] } {
  const isList = given instanceof OpenList || Array.isArray(given);
  const items = isList ? (knownPartOf(given) as readonly unknown[]) : [given];
  const patterns = items.filter((item) => item instanceof Unknown).map((item) => toPattern(item, name));
  return {
    known: items.filter((item) => !(item instanceof Unknown)),
    patterns: given instanceof OpenList ? [...patterns, "*"] : patterns,
  };
}

const NOBODY = Symbol("no principal is known");

function knownPrincipals(given: unknown): unknown {
  if (given instanceof Unknown || typeof given !== "object" || given === null) return NOBODY;
  const types = Object.entries(given).flatMap(([type, value]) => {
    const known = [knownPartOf(value)].flat().filter((item) => !(item instanceof Unknown));
    return known.length > 0 ? [[type, known]] : [];
  });
  return types.length > 0 ? Object.fromEntries(types) : NOBODY;
}

/** Five fields come before the resource of an ARN. */
const ARN_FIELDS = 5;

/** The widest pattern of a text with holes. A hole that may hold a colon shifts the fields of an ARN. */
function toPattern(value: Unknown, name: string): string {
  if (!(value instanceof PartialText)) return "*";
  let colons = 0;
  let pattern = "";
  for (const part of value.parts) {
    if (typeof part === "string") {
      colons += part.split(":").length - 1;
      pattern += part;
    } else if (name.endsWith("Resource") && colons < ARN_FIELDS && mayHoldColon(part)) return "*";
    else pattern += "*";
  }
  if (name.endsWith("Action"))
    return value.parts.some((part) => typeof part !== "string" && colons === 0) ? "*" : pattern;
  return pattern.startsWith("arn:") ? pattern : "*";
}

function mayHoldColon({ domain }: Hole): boolean {
  if (domain?.values) return domain.values.some((value) => value.includes(":"));
  return domain?.pattern === undefined || !/^(?:[\w{}()?,-]|\[[\w-]+\])*$/.test(domain.pattern);
}

/** What stands in place of the first part that isn't known. */
function sourceOf(value: unknown): string {
  if (value instanceof PartialText) {
    const hole = value.parts.find((part) => typeof part !== "string");
    return typeof hole === "object" ? hole.source : value.source;
  }
  if (value instanceof OpenList || value instanceof OpenObject || !(value instanceof Unknown)) {
    const inner = Object.values(Object(knownPartOf(value))).find(holdsUnknown);
    if (inner !== undefined) return sourceOf(inner);
  }
  return value instanceof Unknown ? value.source : "a part of the policy";
}

/** The fact that a policy with unknown parts lacks. */
export const describeUnknownPart = (policy: string, source: string): UnknownPart => ({
  message: `${quoted(source)} in ${policy} is filled in later`,
  help: `check again with the value of ${quoted(source)} filled in, or give the policy as it will be: \`countersign iam fetch ARN --out iam.json\`, and \`--context iam.json\``,
  missing: [{ kind: "policy", name: policy }],
});
