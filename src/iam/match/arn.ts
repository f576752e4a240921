import { ANY, type Glob, globMatches, globOf, isEverything, parseGlob } from "./glob.ts";

/**
 * A value of `Resource`, parsed into fields. IAM user guide, "IAM JSON policy elements: Resource": `*` alone
 * matches everything; an ARN has six fields, and missing ones are `*`.
 */
export type ArnGlob = readonly Glob[];

/** `*` alone. It has no fields, since it also matches strings that aren't ARNs. */
export const EVERYTHING: ArnGlob = [];

/** arn:partition:service:region:account:resource */
export const FIELDS = 6;

const MOST_CACHED = 2000;
const made = new Map<string, ArnGlob>();

/**
 * Parses a value of `Resource`. Colons in literal parts of a glob separate fields, too; `expandArn` keeps
 * substituted values from introducing them.
 */
export function arnGlob(value: string | Glob): ArnGlob {
  if (typeof value !== "string") return isEverything(value) ? EVERYTHING : filled(fieldsOf(value));
  const known = made.get(value);
  if (known !== undefined) return known;
  const glob = arnGlob(parseGlob(value));
  if (made.size >= MOST_CACHED) made.clear();
  made.set(value, glob);
  return glob;
}

/** Splits the glob at its first five colons. */
export function fieldsOf(glob: Glob): readonly Glob[] {
  const fields: Glob[number][][] = [[]];
  for (const part of glob) {
    let rest = part;
    while (typeof rest === "string" && fields.length < FIELDS) {
      const colon: number = rest.indexOf(":");
      if (colon < 0) break;
      fields.at(-1)!.push(rest.slice(0, colon));
      fields.push([]);
      rest = rest.slice(colon + 1);
    }
    fields.at(-1)!.push(rest);
  }
  return fields.map(globOf);
}

const filled = (fields: readonly Glob[]): readonly Glob[] => [
  ...fields,
  ...Array<Glob>(FIELDS - fields.length).fill([ANY]),
];

/**
 * Whether the value of `Resource` matches the ARN. A string with fewer than six fields is matched only by
 * `*`.
 */
export function arnMatches(glob: ArnGlob, arn: string): boolean {
  if (glob === EVERYTHING) return true;
  let start = 0;
  for (let field = 0; field < FIELDS - 1; field += 1) {
    const colon = arn.indexOf(":", start);
    if (colon < 0 || !globMatches(glob[field]!, arn.slice(start, colon))) return false;
    start = colon + 1;
  }
  return globMatches(glob[FIELDS - 1]!, arn.slice(start));
}
