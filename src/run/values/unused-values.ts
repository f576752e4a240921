import { findNearest } from "../../diagnostics/nearest.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { Filling } from "../../documents/given-values.ts";

/** More hints than these are no help. */
const MAX_HINTS = 5;

/** Describes the values whose names no placeholder has in any of the checks of a run: a misspelt name fills nothing. */
export function describeUnusedValues(fillings: readonly Filling[]): string[] {
  const met = new Set(fillings.flatMap((filling) => [...filling.met]));
  const used = new Set(fillings.flatMap((filling) => [...filling.used]));
  const given = new Set(fillings.flatMap(({ values }) => [...values.keys()]));
  const unused = listLeaves(given).filter((name) => !hasPart(used, name));
  const left = new Set([...met].filter((name) => !used.has(name)));
  const hints = unused.flatMap((name) => {
    const near = findNearest(name, left);
    return near === undefined ? [] : [{ name, near }];
  });
  const hinted = hints.slice(0, MAX_HINTS);
  const others = unused.filter((name) => !hinted.some((hint) => hint.name === name));
  return [
    ...hinted.map(
      ({ name, near }) =>
        `no placeholder has the name ${quoted(name)}, for which a value is given: did you mean ${quoted(near)}?`,
    ),
    ...(others.length > 0
      ? [
          `no placeholder has ${others.length === 1 ? "the name" : "one of the names"} ${formatList(others, "or", MAX_HINTS)}, for which ${others.length === 1 ? "a value is" : "values are"} given`,
        ]
      : []),
  ];
}

/** Names that are no prefix of others: of `vars` and `vars.FS`, which are one value, `vars.FS`. */
function listLeaves(names: ReadonlySet<string>): string[] {
  const prefixes = new Set([...names].flatMap(listPrefixes));
  return [...names].filter((name) => !prefixes.has(name));
}

/** Whether the value was used, or one that it is a part of. */
const hasPart = (used: ReadonlySet<string>, name: string): boolean =>
  used.has(name) || listPrefixes(name).some((prefix) => used.has(prefix));

const listPrefixes = (name: string): string[] =>
  [...name.matchAll(/\./g)].map(({ index }) => name.slice(0, index));
