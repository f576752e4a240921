import { type ArnGlob, EVERYTHING, FIELDS } from "./arn.ts";
import { ANY, type Glob, globOf } from "./glob.ts";

const ANYTHING: Glob = [ANY];
/** Fields before the resource's own. */
const INNER = FIELDS - 1;

/**
 * What a value of `Resource` may match beyond what it matches field by field. IAM user guide, "IAM JSON policy elements:
 * Resource": wildcards stand within a field, and yet a `*` at a field's end "can expand to match beyond the colon
 * boundaries". So such a `*` may stand for some fields more. Of an ARN that ends early and has a `*` elsewhere in a
 * field nobody knows what it means, from that field on.
 *
 * @param asked What the request asks for. Colons that only its own wildcards could stand for don't count: no key of a
 * bucket looks like an ARN of something else.
 */
export function widerReadings(glob: ArnGlob, asked: string): readonly ArnGlob[] {
  if (glob === EVERYTHING || !glob.slice(0, INNER).some((field) => field.includes(ANY))) return NONE;
  let known = found.get(glob);
  if (!known) {
    known = readingsOf(glob);
    found.set(glob, known);
  }
  const most = asked.split(":").length - FIELDS;
  const few = known.filter(({ colons }) => colons <= most);
  return few.length === 0 ? NONE : few.map(({ wide }) => wide);
}

const NONE: readonly never[] = [];

interface Reading {
  wide: ArnGlob;
  /** In its last field. */
  colons: number;
}

const found = new WeakMap<ArnGlob, readonly Reading[]>();

function readingsOf(glob: ArnGlob): Reading[] {
  const written = glob.slice(0, glob.findLastIndex((field) => !isAnything(field)) + 1);
  const isWhole = written.length === FIELDS;
  const dark = isWhole ? -1 : written.findIndex((field) => field.slice(0, -1).includes(ANY));
  if (dark >= 0) {
    return [{ wide: glob.map((field, index) => (index < dark ? field : ANYTHING)), colons: 0 }];
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

/** All ways to lay the rest of the fields behind those that are placed, with more fields for a `*` at an end. */
function spread(rest: readonly Glob[], placed: readonly Glob[]): ArnGlob[] {
  const isOpen = placed.length > 0 && endsOpen(placed.at(-1)!);
  if (placed.length === INNER)
    return [joined(rest), ...(isOpen ? [joined([ANYTHING, ...rest])] : [])].map((last) => [...placed, last]);
  const [field, ...others] = rest;
  return [
    // The last field is the resource's own, which comes after all others.
    ...(field && others.length > 0 ? spread(others, [...placed, field]) : []),
    ...(isOpen ? spread(rest, [...placed, ANYTHING]) : []),
  ];
}

const joined = (fields: readonly Glob[]): Glob =>
  globOf(fields.flatMap((field, index) => (index === 0 ? field : [":", ...field])));
