import type { Candidate } from "./candidates.ts";
import type { KeyValues } from "./decision.ts";
import { type ArnGlob, arnGlob, arnMatches, EVERYTHING, FIELDS } from "./match/arn.ts";
import { regionsOf } from "./match/regions.ts";
import { any, not, type Truth } from "./truth.ts";
import { expandArn } from "./variables.ts";

/** What is asked for, cut into parts that the policies treat alike. One part, where it is one resource. */
export interface Parts {
  /** One resource of each part. */
  examples: readonly string[];
  /** Of each candidate, in each part, whether its `Resource` matches. */
  truths: ReadonlyMap<Candidate, readonly Truth[]>;
  /** Keys that the patterns of a candidate lack. */
  missing: ReadonlyMap<Candidate, readonly string[]>;
}

/** A value of `Resource`: whether it matches what the glob matches, or only may. What the glob doesn't, it doesn't. */
interface Value {
  glob: ArnGlob;
  truth: true | "unknown";
  missing?: string;
}

const IS_PATTERN = /[*?]/;

/** The parts of the resource; `isOne` where its text stands for itself, as `*` does where an action takes no resource. */
export function partsOf(
  { resource, isOne }: { resource: string; isOne: boolean },
  candidates: readonly Candidate[],
  keys: KeyValues,
): Parts | "too-complex" {
  const wanted = candidates.filter(({ matches }) => matches !== false);
  const values = new Map(wanted.map((candidate) => [candidate, valuesOf(candidate, keys)]));
  const cut =
    isOne || !IS_PATTERN.test(resource) ? whole(resource) : cutUp(resource, [...values.values()].flat());
  if (cut === "too-complex") return cut;
  return {
    examples: cut.map(({ example }) => example),
    truths: new Map(
      wanted.map((each) => [each, cut.map((part) => matchesIn(part, each, values.get(each)!))]),
    ),
    missing: new Map(wanted.map((each) => [each, values.get(each)!.flatMap(({ missing }) => missing ?? [])])),
  };
}

interface Part {
  example: string;
  matches(value: Value): boolean;
}

const whole = (resource: string): Part[] => [
  { example: resource, matches: ({ glob }) => arnMatches(glob, resource) },
];

function cutUp(resource: string, values: readonly Value[]): Part[] | "too-complex" {
  const globs = [...new Set(values.map(({ glob }) => glob))];
  const places = new Map(globs.map((glob, index) => [glob, index]));
  const regions = regionsOf(arnGlob(resource), globs);
  if (regions === "too-complex") return regions;
  return regions.map(({ matches, example }) => ({
    example,
    matches: ({ glob }) => matches[places.get(glob)!]!,
  }));
}

function matchesIn(part: Part, { statement: { resource } }: Candidate, values: readonly Value[]): Truth {
  // Only a trust policy names none: it is about the role that has it.
  if (!resource) return true;
  const matched = any(values.map((value) => part.matches(value) && value.truth));
  return resource.isNegated ? not(matched) : matched;
}

function valuesOf({ policy, statement: { resource } }: Candidate, keys: KeyValues): Value[] {
  if (!resource) return [];
  return resource.values.flatMap((text) =>
    policy.hasVariables && text.includes("${")
      ? expanded(text, keys, resource.isNegated)
      : { glob: arnGlob(text), truth: true },
  );
}

/**
 * A value with variables. Without a variable's value it matches nothing (IAM user guide, "Policy elements: variables");
 * what that means to `NotResource` is not documented.
 */
function expanded(text: string, keys: KeyValues, isNegated: boolean): Value[] {
  const pattern = expandArn(text, keys);
  if ("glob" in pattern) return [{ glob: pattern.glob, truth: true }];
  const { missing, state, atMost } = pattern;
  if (state === "absent" && !isNegated) return [];
  return [{ glob: atMost ?? atMostOf(text), truth: "unknown", missing }];
}

/** In the last field a value can be anything; before it, one with a colon would move the fields. */
function atMostOf(text: string): ArnGlob {
  const first = text.slice(0, text.indexOf("${"));
  return first.split(":").length >= FIELDS ? arnGlob(text.replaceAll(/\$\{[^}]*\}/g, "*")) : EVERYTHING;
}
