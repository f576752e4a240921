import { ANY_ARN, ARN_FIELD_COUNT, type ArnGlob } from "./arn.ts";
import { ANY, type Glob, normalizeGlob } from "./glob.ts";

const ANYTHING: Glob = [ANY];
/** Number of fields before the resource field. */
const INNER_FIELD_COUNT = ARN_FIELD_COUNT - 1;

/**
 * Other readings of a value of `Resource` beyond a match field by field. IAM user guide, "IAM JSON policy
 * elements: Resource": wildcards stay within a field, and yet a `*` at the end of a field "can expand to
 * match beyond the colon boundaries". So such a `*` may span several fields. For an ARN that ends early and
 * has a `*` elsewhere in a field, the meaning is unknown from that field on.
 *
 * @param requested The requested resource. Colons that only its own wildcards could match don't count, since an
 * object key isn't expected to resemble another ARN.
 */
export function findWiderReadings(glob: ArnGlob, requested: string): readonly ArnGlob[] {
  if (!hasInnerAny(glob)) return NO_READINGS;
  let known = readingCache.get(glob);
  if (!known) {
    known = computeReadings(glob);
    readingCache.set(glob, known);
  }
  const most = requested.split(":").length - ARN_FIELD_COUNT;
  const few = known.filter(({ colons }) => colons <= most);
  return few.length === 0 ? NO_READINGS : few.map(({ wide }) => wide);
}

/** Whether one of the fields before the resource has a `*`. */
function hasInnerAny(glob: ArnGlob): boolean {
  if (glob === ANY_ARN) return false;
  for (let field = 0; field < INNER_FIELD_COUNT; field += 1) if (glob[field]!.includes(ANY)) return true;
  return false;
}

const NO_READINGS: readonly never[] = [];

interface Reading {
  wide: ArnGlob;
  /** Number of colons in the last field. */
  colons: number;
}

const readingCache = new WeakMap<ArnGlob, readonly Reading[]>();

function computeReadings(glob: ArnGlob): Reading[] {
  const written = glob.slice(0, glob.findLastIndex((field) => !isAnything(field)) + 1);
  const isWhole = written.length === ARN_FIELD_COUNT;
  const unknownFrom = isWhole ? -1 : written.findIndex((field) => field.slice(0, -1).includes(ANY));
  if (unknownFrom >= 0) {
    return [{ wide: glob.map((field, index) => (index < unknownFrom ? field : ANYTHING)), colons: 0 }];
  }
  return [glob, ...(isWhole ? [] : [written])]
    .flatMap((fields) => spreadFields(fields, []))
    .filter((wide) => wide.slice(0, INNER_FIELD_COUNT).some((field, index) => field !== glob[index]))
    .map((wide) => ({ wide, colons: countColons(wide.at(-1)!) }));
}

const isAnything = (field: Glob): boolean => field.length === 1 && field[0] === ANY;
const endsInAny = (field: Glob): boolean => field.at(-1) === ANY;

const countColons = (glob: Glob): number =>
  glob.reduce((sum, part) => sum + (typeof part === "string" ? part.split(":").length - 1 : 0), 0);

/**
 * Enumerates the ways to place the remaining fields, with additional fields after a field that ends in `*`.
 */
function spreadFields(rest: readonly Glob[], placed: readonly Glob[]): ArnGlob[] {
  const isOpen = placed.length > 0 && endsInAny(placed.at(-1)!);
  if (placed.length === INNER_FIELD_COUNT)
    return [joinFields(rest), ...(isOpen ? [joinFields([ANYTHING, ...rest])] : [])].map((last) => [
      ...placed,
      last,
    ]);
  const [field, ...others] = rest;
  return [
    // The last field is the resource field, which comes after all others.
    ...(field && others.length > 0 ? spreadFields(others, [...placed, field]) : []),
    ...(isOpen ? spreadFields(rest, [...placed, ANYTHING]) : []),
  ];
}

const joinFields = (fields: readonly Glob[]): Glob =>
  normalizeGlob(fields.flatMap((field, index) => (index === 0 ? field : [":", ...field])));
