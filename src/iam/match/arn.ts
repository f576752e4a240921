import { ANY, type Glob, globMatches, globOf, isEverything, parseGlob } from "./glob.ts";

/**
 * What a value of `Resource` matches, field by field. IAM user guide, "IAM JSON policy elements: Resource": `*` alone is
 * everything; an ARN has six fields, and one that ends early has `*` for the rest.
 */
export type ArnGlob = readonly Glob[];

/** `*` alone, which also matches what is no ARN, so it has no fields. */
export const EVERYTHING: ArnGlob = [];

/** arn:partition:service:region:account:resource */
export const FIELDS = 6;

const MOST_CACHED = 2000;
const made = new Map<string, ArnGlob>();

/** A value of `Resource` as fields. A glob's texts are split at their colons too: see `expandArn`, which keeps guard. */
export function arnGlob(value: string | Glob): ArnGlob {
  if (typeof value !== "string") return isEverything(value) ? EVERYTHING : filled(fieldsOf(value));
  const known = made.get(value);
  if (known !== undefined) return known;
  const glob = arnGlob(parseGlob(value));
  if (made.size >= MOST_CACHED) made.clear();
  made.set(value, glob);
  return glob;
}

/** The glob cut at its first five colons. */
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

/** Whether the value of `Resource` matches the ARN. A text with fewer than six fields is matched by `*` only. */
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
