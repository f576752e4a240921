import {
  ANY_ARN,
  ARN_FIELD_COUNT,
  type ArnGlob,
  arnFieldsMatch,
  parseArnGlob,
  splitArn,
} from "../match/arn.ts";
import { findRegions } from "../match/regions.ts";
import { findWiderReadings } from "../match/wider-readings.ts";
import type { ListElement } from "../policy.ts";
import type { Candidate } from "./candidates.ts";
import type { KeyValues } from "./decision.ts";
import { expandArnVariables } from "./policy-variables.ts";
import { and, not, or, type Ternary } from "./ternary.ts";
import { isOfTypedService, mayHaveWildcardInType } from "./type-wildcards.ts";

/**
 * The requested resource, partitioned into parts that the policies treat alike; a single resource is one
 * part.
 */
export interface ResourceParts {
  /** One resource of each part. */
  examples: readonly string[];
  /** By part, then by candidate: whether the statement matches. */
  truths: readonly (readonly Ternary[])[];
  /** The unknown keys in the resources of a candidate. */
  missingOf(candidate: number): readonly string[];
  /** The values of a candidate's `Resource`, as written, with the parts that each is certain to match. */
  valuesOf(candidate: number): readonly { written: string; parts: readonly number[] }[];
}

/**
 * A value of `Resource`. It matches at most what the glob matches: all of it if `truth` is true, some of it
 * if unknown.
 */
interface ResourceValue {
  /** As written in the policy; absent for a reading that is only possible. */
  written?: string;
  /** As written, when it has no variables. */
  text?: string;
  glob: ArnGlob;
  truth: true | "unknown";
  missing?: string;
}

export const IS_PATTERN = /[*?]/;

/**
 * Partitions the resource. With `isOne` it is no pattern, as `*` isn't for an action that takes no resource.
 */
export function partitionResource(
  { resource, isOne }: { resource: string; isOne: boolean },
  candidates: readonly Candidate[],
  keys: KeyValues,
): ResourceParts | "too-complex" {
  const query: ResourceQuery = { resource, keys, hasTypes: undefined };
  const values = candidates.map((each) =>
    each.matches === false ? NO_VALUES : addWiderReadings(each, readResourceValues(each, query), resource),
  );
  const cut = isOne ? createWholePart(resource) : cutIntoParts(resource, values.flat());
  if (cut === "too-complex") return cut;
  const truthsIn = (part: ResourcePart) =>
    candidates.map((each, index) => matchInPart(part, each, values[index]!));
  return {
    examples: cut.map(({ example }) => example),
    truths: cut.map(truthsIn),
    missingOf: (candidate) => values[candidate]!.flatMap(({ missing }) => missing ?? []),
    valuesOf: (candidate) =>
      values[candidate]!.flatMap((value) => {
        const { written, truth } = value;
        if (written === undefined || truth !== true) return [];
        return { written, parts: [...cut.keys()].filter((part) => cut[part]!.matches(value)) };
      }),
  };
}

const NO_VALUES: readonly ResourceValue[] = [];

interface ResourcePart {
  example: string;
  matches(value: ResourceValue): boolean;
}

function createWholePart(resource: string): ResourcePart[] {
  const fields = splitArn(resource);
  return [{ example: resource, matches: ({ glob }) => arnFieldsMatch(glob, fields) }];
}

function cutIntoParts(resource: string, values: readonly ResourceValue[]): ResourcePart[] | "too-complex" {
  const distinct = new Map<string | ArnGlob, ArnGlob>(
    values.map((value) => [identifyValue(value), value.glob]),
  );
  const names = [...distinct.keys()];
  const regions = findCachedRegions(resource, names, [...distinct.values()]);
  if (regions === "too-complex") return regions;
  const places = new Map(names.map((name, index) => [name, index]));
  return regions.map(({ matches, example }) => ({
    example,
    matches: (value) => matches[places.get(identifyValue(value))!]!,
  }));
}

const identifyValue = ({ text, glob }: ResourceValue): string | ArnGlob => text ?? glob;

type Regions = ReturnType<typeof findRegions>;

const MAX_CACHED_REGIONS = 500;
const regionCache = new Map<string, Regions>();

/** Cached: partitioning is expensive, and the same patterns are evaluated repeatedly. */
function findCachedRegions(
  resource: string,
  names: readonly (string | ArnGlob)[],
  globs: readonly ArnGlob[],
): Regions {
  const cut = () => findRegions(parseArnGlob(resource), globs);
  if (names.some((name) => typeof name !== "string")) return cut();
  const key = JSON.stringify([resource, ...(names as readonly string[])]);
  const known = regionCache.get(key);
  if (known) return known;
  const regions = cut();
  if (regionCache.size >= MAX_CACHED_REGIONS) regionCache.clear();
  regionCache.set(key, regions);
  return regions;
}

function matchInPart(
  part: ResourcePart,
  { matches, statement }: Candidate,
  values: readonly ResourceValue[],
): Ternary {
  const { resource } = statement;
  // Only trust policies have no resource: they apply to the role that they belong to.
  if (matches === false || !resource) return matches;
  let matched: Ternary = false;
  for (const value of values) if (part.matches(value)) matched = or(matched, value.truth);
  return and(matches, resource.isNegated ? not(matched) : matched);
}

/** What a value with a wildcard in the resource's type matches is unknown, for services whose resources have types. */
const weaken = (value: ResourceValue): ResourceValue => ({ ...value, truth: "unknown" });

const isTypeOpen = ({ written }: ResourceValue): boolean =>
  written !== undefined && mayHaveWildcardInType(written);

/**
 * An Allow counts only what it certainly matches. What a Deny, or an element excluded by `NotResource`, may
 * match beyond that is unknown.
 */
function addWiderReadings(
  { statement: { effect, resource } }: Candidate,
  values: readonly ResourceValue[],
  asked: string,
): readonly ResourceValue[] {
  if (effect === "Allow" && !resource?.isNegated) return values;
  const wide = values.flatMap(({ glob }) => findWiderReadings(glob, asked));
  return wide.length === 0
    ? values
    : [...values, ...wide.map((glob): ResourceValue => ({ glob, truth: "unknown" }))];
}

interface ResourceQuery {
  resource: string;
  keys: KeyValues;
  /** Whether the resources of the service have types; undefined until that matters. */
  hasTypes: boolean | undefined;
}

/** Values without variables, as services with and without types of resources have them; undefined if there are others. */
interface FixedValues {
  plain: readonly ResourceValue[];
  typed: readonly ResourceValue[];
}

/** By the element, which copies of a policy share. */
const fixedValues = new WeakMap<ListElement, FixedValues | "variable">();

function readResourceValues(
  { policy, statement: { resource } }: Candidate,
  query: ResourceQuery,
): readonly ResourceValue[] {
  if (!resource) return NO_VALUES;
  let fixed = fixedValues.get(resource);
  if (!fixed) {
    fixed = readFixedValues(resource, policy.hasVariables);
    fixedValues.set(resource, fixed);
  }
  if (fixed === "variable") fixed = readVariableValues(resource, query.keys);
  if (fixed.typed === fixed.plain) return fixed.plain;
  query.hasTypes ??= isOfTypedService(query.resource);
  return query.hasTypes ? fixed.typed : fixed.plain;
}

const readVariableValues = ({ values, isNegated }: ListElement, keys: KeyValues): FixedValues =>
  weakenTyped(
    values.flatMap((text) =>
      text.includes("${") ? expandResourceValue(text, keys, isNegated) : createResourceValue(text),
    ),
  );

function readFixedValues({ values }: ListElement, hasVariables: boolean): FixedValues | "variable" {
  if (hasVariables && values.some((text) => text.includes("${"))) return "variable";
  return weakenTyped(values.map(createResourceValue));
}

const weakenTyped = (plain: readonly ResourceValue[]): FixedValues => ({
  plain,
  typed: plain.some(isTypeOpen) ? plain.map((value) => (isTypeOpen(value) ? weaken(value) : value)) : plain,
});

const createResourceValue = (text: string): ResourceValue => ({
  written: text,
  text,
  glob: parseArnGlob(text),
  truth: true,
});

/**
 * A value with variables. If a variable has no value, it matches nothing (IAM user guide, "Policy elements:
 * variables"); what that means for `NotResource` isn't documented.
 */
function expandResourceValue(text: string, keys: KeyValues, isNegated: boolean): ResourceValue[] {
  const pattern = expandArnVariables(text, keys);
  if ("glob" in pattern) return [{ written: text, glob: pattern.glob, truth: true }];
  const { missing, state, atMost } = pattern;
  if (state === "absent" && !isNegated) return [];
  return [{ glob: atMost ?? boundUnresolved(text), truth: "unknown", missing }];
}

/**
 * In the last field, a variable may have any value; in an earlier field, a value with a colon would shift the
 * fields.
 */
function boundUnresolved(text: string): ArnGlob {
  const first = text.slice(0, text.indexOf("${"));
  return first.split(":").length >= ARN_FIELD_COUNT
    ? parseArnGlob(text.replaceAll(/\$\{[^{}]*\}/g, "*"))
    : ANY_ARN;
}
