import { type ArnGlob, arnGlob, arnMatches, EVERYTHING, FIELDS } from "../match/arn.ts";
import { regionsOf } from "../match/regions.ts";
import { widerReadings } from "../match/wide.ts";
import type { Candidate } from "./candidates.ts";
import type { KeyValues } from "./decision.ts";
import { expandArn } from "./policy-variables.ts";
import { and, not, or, type Truth } from "./ternary.ts";

/**
 * The requested resource, partitioned into parts that the policies treat alike; a single resource is one
 * part.
 */
export interface Parts {
  /** One resource of each part. */
  examples: readonly string[];
  /** By part, then by candidate: whether the statement matches. */
  truths: readonly (readonly Truth[])[];
  /** By candidate: the unknown keys in its resources. */
  missing: readonly (readonly string[])[];
  /** The values of a candidate's `Resource`, as written, with the parts that each is certain to match. */
  valuesOf(candidate: number): readonly { written: string; parts: readonly number[] }[];
}

/**
 * A value of `Resource`. It matches at most what the glob matches: all of it if `truth` is true, some of it
 * if unknown.
 */
interface Value {
  /** As written in the policy; absent for a reading that is only possible. */
  written?: string;
  /** As written, when it has no variables. */
  text?: string;
  glob: ArnGlob;
  truth: true | "unknown";
  missing?: string;
}

const IS_PATTERN = /[*?]/;

/**
 * Partitions the resource. With `isOne` its text is literal, as `*` is for an action that takes no resource.
 */
export function partsOf(
  { resource, isOne }: { resource: string; isOne: boolean },
  candidates: readonly Candidate[],
  keys: KeyValues,
): Parts | "too-complex" {
  const values = candidates.map((each) =>
    each.matches === false ? NONE : widened(each, valuesOf(each, keys), resource),
  );
  const cut = isOne || !IS_PATTERN.test(resource) ? whole(resource) : cutUp(resource, values.flat());
  if (cut === "too-complex") return cut;
  const truthsIn = (part: Part) => candidates.map((each, index) => matchesIn(part, each, values[index]!));
  return {
    examples: cut.map(({ example }) => example),
    truths: cut.map(truthsIn),
    missing: values.map((list) => (list === NONE ? [] : list.flatMap(({ missing }) => missing ?? []))),
    valuesOf: (candidate) =>
      values[candidate]!.flatMap((value) => {
        const { written, truth } = value;
        if (written === undefined || truth !== true) return [];
        return { written, parts: [...cut.keys()].filter((part) => cut[part]!.matches(value)) };
      }),
  };
}

const NONE: readonly Value[] = [];

interface Part {
  example: string;
  matches(value: Value): boolean;
}

const whole = (resource: string): Part[] => [
  { example: resource, matches: ({ glob }) => arnMatches(glob, resource) },
];

function cutUp(resource: string, values: readonly Value[]): Part[] | "too-complex" {
  const distinct = new Map<string | ArnGlob, ArnGlob>(values.map((value) => [nameOf(value), value.glob]));
  const names = [...distinct.keys()];
  const regions = regionsIn(resource, names, [...distinct.values()]);
  if (regions === "too-complex") return regions;
  const places = new Map(names.map((name, index) => [name, index]));
  return regions.map(({ matches, example }) => ({
    example,
    matches: (value) => matches[places.get(nameOf(value))!]!,
  }));
}

const nameOf = ({ text, glob }: Value): string | ArnGlob => text ?? glob;

type Regions = ReturnType<typeof regionsOf>;

const MOST_CUT = 500;
const cutBefore = new Map<string, Regions>();

/** Cached: partitioning is expensive, and the same patterns are evaluated repeatedly. */
function regionsIn(
  resource: string,
  names: readonly (string | ArnGlob)[],
  globs: readonly ArnGlob[],
): Regions {
  const cut = () => regionsOf(arnGlob(resource), globs);
  if (names.some((name) => typeof name !== "string")) return cut();
  const key = JSON.stringify([resource, ...(names as readonly string[])]);
  const known = cutBefore.get(key);
  if (known) return known;
  const regions = cut();
  if (cutBefore.size >= MOST_CUT) cutBefore.clear();
  cutBefore.set(key, regions);
  return regions;
}

function matchesIn(part: Part, { matches, statement }: Candidate, values: readonly Value[]): Truth {
  const { resource } = statement;
  // Only trust policies have no resource: they apply to the role that they belong to.
  if (matches === false || !resource) return matches;
  let matched: Truth = false;
  for (const value of values) if (part.matches(value)) matched = or(matched, value.truth);
  return and(matches, resource.isNegated ? not(matched) : matched);
}

/**
 * An Allow counts only what it certainly matches. What a Deny, or an element excluded by `NotResource`, may
 * match beyond that is unknown.
 */
function widened({ statement: { effect, resource } }: Candidate, values: Value[], asked: string): Value[] {
  if (effect === "Allow" && !resource?.isNegated) return values;
  const wide = values.flatMap(({ glob }) => widerReadings(glob, asked));
  return wide.length === 0 ? values : [...values, ...wide.map((glob): Value => ({ glob, truth: "unknown" }))];
}

function valuesOf({ policy, statement: { resource } }: Candidate, keys: KeyValues): Value[] {
  if (!resource) return [];
  return resource.values.flatMap((text) =>
    policy.hasVariables && text.includes("${")
      ? expanded(text, keys, resource.isNegated)
      : { written: text, text, glob: arnGlob(text), truth: true },
  );
}

/**
 * A value with variables. If a variable has no value, it matches nothing (IAM user guide, "Policy elements:
 * variables"); what that means for `NotResource` isn't documented.
 */
function expanded(text: string, keys: KeyValues, isNegated: boolean): Value[] {
  const pattern = expandArn(text, keys);
  if ("glob" in pattern) return [{ written: text, glob: pattern.glob, truth: true }];
  const { missing, state, atMost } = pattern;
  if (state === "absent" && !isNegated) return [];
  return [{ glob: atMost ?? atMostOf(text), truth: "unknown", missing }];
}

/**
 * In the last field, a variable may have any value; in an earlier field, a value with a colon would shift the
 * fields.
 */
function atMostOf(text: string): ArnGlob {
  const first = text.slice(0, text.indexOf("${"));
  return first.split(":").length >= FIELDS ? arnGlob(text.replaceAll(/\$\{[^{}]*\}/g, "*")) : EVERYTHING;
}
