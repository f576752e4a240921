import { ANY, type Glob, globMatches, isEverything, normalizeGlob, parseGlob } from "./glob.ts";

/**
 * A value of `Resource`, parsed into fields. IAM user guide, "IAM JSON policy elements: Resource": `*` alone
 * matches everything; an ARN has six fields, and missing ones are `*`.
 */
export type ArnGlob = readonly Glob[];

/** `*` alone. It has no fields, since it also matches strings that aren't ARNs. */
export const ANY_ARN: ArnGlob = [];

/** arn:partition:service:region:account:resource */
export const ARN_FIELD_COUNT = 6;

const MAX_CACHED_ARNS = 2000;
const arnGlobCache = new Map<string, ArnGlob>();

/**
 * Parses a value of `Resource`. Colons in literal parts of a glob separate fields, too; `expandArn` keeps
 * substituted values from introducing them.
 */
export function parseArnGlob(value: string | Glob): ArnGlob {
  if (typeof value !== "string") return isEverything(value) ? ANY_ARN : padFields(splitFields(value));
  const known = arnGlobCache.get(value);
  if (known !== undefined) return known;
  const glob = parseArnGlob(parseGlob(value));
  if (arnGlobCache.size >= MAX_CACHED_ARNS) arnGlobCache.clear();
  arnGlobCache.set(value, glob);
  return glob;
}

/** Splits the glob at its first five colons. */
export function splitFields(glob: Glob): readonly Glob[] {
  const fields: Glob[number][][] = [[]];
  for (const part of glob) {
    let rest = part;
    while (typeof rest === "string" && fields.length < ARN_FIELD_COUNT) {
      const colon: number = rest.indexOf(":");
      if (colon < 0) break;
      fields.at(-1)!.push(rest.slice(0, colon));
      fields.push([]);
      rest = rest.slice(colon + 1);
    }
    fields.at(-1)!.push(rest);
  }
  return fields.map(normalizeGlob);
}

const padFields = (fields: readonly Glob[]): readonly Glob[] => [
  ...fields,
  ...Array<Glob>(ARN_FIELD_COUNT - fields.length).fill([ANY]),
];

/** The fields of an ARN; undefined for a string with fewer than six. */
export function splitArn(arn: string): readonly string[] | undefined {
  const fields: string[] = [];
  let start = 0;
  while (fields.length < ARN_FIELD_COUNT - 1) {
    const colon = arn.indexOf(":", start);
    if (colon < 0) return undefined;
    fields.push(arn.slice(start, colon));
    start = colon + 1;
  }
  fields.push(arn.slice(start));
  return fields;
}

/** As `arnMatches`, for an ARN that is split once. The last field is the first to differ. */
export function arnFieldsMatch(glob: ArnGlob, fields: readonly string[] | undefined): boolean {
  if (glob === ANY_ARN) return true;
  if (!fields) return false;
  for (let field = ARN_FIELD_COUNT - 1; field >= 0; field -= 1)
    if (!globMatches(glob[field]!, fields[field]!)) return false;
  return true;
}

/**
 * Whether the value of `Resource` matches the ARN. A string with fewer than six fields is matched only by
 * `*`.
 */
export const arnMatches = (glob: ArnGlob, arn: string): boolean =>
  glob === ANY_ARN || arnFieldsMatch(glob, splitArn(arn));
