import type { MissingInput } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { listUnknownParts } from "../documents/partial.ts";
import { findKnownPart } from "../schema/known-part.ts";

const known = new WeakMap<object, ReadonlyMap<string, Path>>();

/** Where each unknown part of a payload is first; parts are named as they stand in the file. */
export function findUnknownValues(payload: unknown): ReadonlyMap<string, Path> {
  if (typeof payload !== "object" || payload === null) return new Map();
  const found = known.get(payload) ?? collectUnknownValues(payload);
  known.set(payload, found);
  return found;
}

function collectUnknownValues(payload: object): ReadonlyMap<string, Path> {
  const { unknowns, texts, objects, lists } = findKnownPart(payload);
  const places = new Map<string, Path>();
  for (const { path, unknown } of [...unknowns, ...texts, ...objects, ...lists])
    for (const name of listUnknownParts(unknown)) if (!places.has(name)) places.set(name, path);
  return places;
}

/** Adds to missing values of a payload where they are. */
export const locateMissing = (
  missing: readonly MissingInput[],
  payload: unknown,
  locate: (path: Path) => Pick<MissingInput, "file" | "line">,
): readonly MissingInput[] =>
  missing.map((input) => {
    const path = input.kind === "value" ? findUnknownValues(payload).get(input.name) : undefined;
    return path ? { ...input, ...locate(path) } : input;
  });
