import { type ArnGlob, EVERYTHING, FIELDS } from "./arn.ts";
import { ANY, type Glob, globOf } from "./glob.ts";

const ANYTHING: Glob = [ANY];
/** Number of fields before the resource field. */
const INNER = FIELDS - 1;

/**
 * Other readings of a value of `Resource` beyond a match field by field. IAM user guide, "IAM JSON policy
 * elements: Resource": wildcards stay within a field, and yet a `*` at the end of a field "can expand to
 * match beyond the colon boundaries". So such a `*` may span several fields. For an ARN that ends early and
 * has a `*` elsewhere in a field, the meaning is unknown from that field on.
 *
 * @param requested The requested resource. Colons that only its own wildcards could match don't count, since an
 * object key isn't expected to resemble another ARN.
 */
export function widerReadings(glob: ArnGlob, requested: string): readonly ArnGlob[] {
  if (glob === EVERYTHING || !glob.slice(0, INNER).some((field) => field.includes(ANY))) return NONE;
  let known = found.get(glob);
  if (!known) {
    known = readingsOf(glob);
    found.set(glob, known);
  }
  const most = requested.split(":").length - FIELDS;
  const few = known.filter(({ colons }) => colons <= most);
  return few.length === 0 ? NONE : few.map(({ wide }) => wide);
}

const NONE: readonly never[] = [];

interface Reading {
  wide: ArnGlob;
  /** Number of colons in the last field. */
  colons: number;
}

const found = new WeakMap<ArnGlob, readonly Reading[]>();

function readingsOf(glob: ArnGlob): Reading[] {
  const written = glob.slice(0, glob.findLastIndex((field) => !isAnything(field)) + 1);
  const isWhole = written.length === FIELDS;
  const unknownFrom = isWhole ? -1 : written.findIndex((field) => field.slice(0, -1).includes(ANY));
  if (unknownFrom >= 0) {
    return [{ wide: glob.map((field, index) => (index < unknownFrom ? field : ANYTHING)), colons: 0 }];
  }
  return [glob, ...(isWhole ? [] : [written])]
    .flatMap((fields) => spread(fields, []))
    .filter((wide) => wide.slice(0, INNER).some((field, index) => field !== glob[index]))
    .map((wide) => ({ wide, colons: colonsIn(wide.at(-1)!) }));
}

const isAnything = (field: Glob): boolean => field.length === 1 && field[0] === ANY;
const endsOpen = (field: Glob): boolean => field.at(-1) === ANY;

const colonsIn = (glob: Glob): number =>
  glob.reduce((sum, part) => sum + (typeof part === "string" ? part.split(":").length - 1 : 0), 0);

/**
 * Enumerates the ways to place the remaining fields, with additional fields after a field that ends in `*`.
 */
function spread(rest: readonly Glob[], placed: readonly Glob[]): ArnGlob[] {
  const isOpen = placed.length > 0 && endsOpen(placed.at(-1)!);
  if (placed.length === INNER)
    return [joined(rest), ...(isOpen ? [joined([ANYTHING, ...rest])] : [])].map((last) => [...placed, last]);
  const [field, ...others] = rest;
  return [
    // The last field is the resource field, which comes after all others.
    ...(field && others.length > 0 ? spread(others, [...placed, field]) : []),
    ...(isOpen ? spread(rest, [...placed, ANYTHING]) : []),
  ];
}

const joined = (fields: readonly Glob[]): Glob =>
  globOf(fields.flatMap((field, index) => (index === 0 ? field : [":", ...field])));
