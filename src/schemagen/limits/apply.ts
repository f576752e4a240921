// Validates a limits file against its page or model: each pointer must exist, and each limit must suit the
// shape that it applies to and agree with the page's prose.

import type { Definitions, IrOperation, IrShape, IrStructure, SourceNote, StatedLimits } from "../ir.ts";
import { extractFacts } from "../prose/facts.ts";
import type { ProseBounds } from "../prose/forms.ts";
import { PageError, quoteShort } from "../source-error.ts";
import type { LimitEntry, LimitsFile, LimitValues, OperationPart } from "./read.ts";

/** The kinds of shape that each key applies to; a description applies to all. */
const KINDS_BY_LIMIT: Partial<Record<keyof LimitValues, IrShape["kind"][]>> = {
  minLength: ["string"],
  maxLength: ["string"],
  pattern: ["string"],
  form: ["string", "integer", "number", "list", "timestamp", "blob"],
  wholeMatch: ["string"],
  minItems: ["list"],
  maxItems: ["list"],
  minimum: ["integer", "number"],
  maximum: ["integer", "number"],
};

const LIMIT_PAIRS: [keyof ProseBounds, keyof ProseBounds][] = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minimum", "maximum"],
];

/**
 * Returns notes about limits that differ from the service model's. Throws a `PageError` for invalid limits.
 */
export function checkLimits(limits: LimitsFile, operation: IrOperation): SourceNote[] {
  const name = `${operation.service}:${operation.operation}`;
  const what = "page" in operation.origin ? "page" : "model";
  if (limits.operation !== name) {
    const message = `these are limits of ${quoteShort(limits.operation)}, but the ${what} documents \`${name}\``;
    throw new PageError(
      limits.file,
      limits.operationAt,
      message,
      "name the file after the operation that it is about",
    );
  }
  const notes: SourceNote[] = [];
  for (const part of ["request", "response"] as const) {
    const shape = operation[part];
    const definitions = operation.definitions?.[part] ?? new Map<string, IrShape>();
    for (const [pointer, entry] of limits[part]) {
      if (!shape)
        throw new PageError(limits.file, entry.at, `the ${what} has no ${part} shapes`, `remove \`${part}\``);
      const found = findShape({ file: limits.file, what, definitions }, shape, pointer, entry);
      checkEntry(limits.file, pointer, entry, found);
      notes.push(...listCorrections(limits.file, pointer, entry, found));
    }
  }
  return notes;
}

/** A recursive shape is written once, so only limits on its first occurrence reach the schema. */
export function checkApplied(limits: LimitsFile, part: OperationPart, applied: ReadonlySet<string>): void {
  for (const [pointer, entry] of limits[part]) {
    if (applied.has(pointer)) continue;
    const message = `${quoteShort(pointer)} is a shape that is written once for all of its places`;
    throw new PageError(limits.file, entry.at, message, "give the limit where the shape comes first");
  }
}

/** A limits file exists to correct the model, so it takes precedence, but each correction is reported. */
function listCorrections(
  file: string,
  pointer: string,
  entry: LimitEntry,
  { stated = {} }: IrShape,
): SourceNote[] {
  return Object.entries(entry.values).flatMap(([key, value]) => {
    const model = stated[key as keyof StatedLimits];
    if (model === undefined || model === value) return [];
    const message = `\`${key}\` of ${quoteShort(pointer)} is ${quoteShort(String(value))}; the model says ${quoteShort(String(model))}`;
    return [{ file, line: (entry.places.get(key) ?? entry.at).line, message }];
  });
}

function checkEntry(file: string, pointer: string, entry: LimitEntry, shape: IrShape): void {
  const stated = (shape.stated ? {} : extractFacts(shape)) as Record<string, unknown>;
  for (const [key, value] of Object.entries(entry.values)) {
    const at = entry.places.get(key) ?? entry.at;
    const suits = KINDS_BY_LIMIT[key as keyof LimitValues];
    if (suits && !suits.includes(shape.kind)) {
      const message = `\`${key}\` doesn't suit ${quoteShort(pointer)} (${shape.kind})`;
      throw new PageError(file, at, message, `\`${key}\` suits: ${suits.join(", ")}`);
    }
    if (suits && stated[key] !== undefined && stated[key] !== value) {
      const message = `\`${key}\` is ${String(value)}, but the page's prose says ${String(stated[key])}`;
      throw new PageError(
        file,
        at,
        message,
        "look at both sources, and give the limit that the service enforces",
      );
    }
  }
  for (const [low, high] of LIMIT_PAIRS) {
    const { [low]: from, [high]: to } = { ...stated, ...shape.stated, ...entry.values } as ProseBounds;
    if (from !== undefined && to !== undefined && from > to) {
      const message = `\`${low}\` ${from} is above \`${high}\` ${to}: no value is allowed`;
      throw new PageError(
        file,
        entry.places.get(low) ?? entry.at,
        message,
        "give limits that leave some values",
      );
    }
  }
}

type PointerSearch = { file: string; what: string; definitions: Definitions };

/** Finds the shape that a pointer leads to; `*` stands for any item of a list or value of a map. */
function findShape(search: PointerSearch, root: IrStructure, pointer: string, entry: LimitEntry): IrShape {
  const { file, what, definitions } = search;
  if (pointer !== "" && !pointer.startsWith("/")) {
    throw new PageError(
      file,
      entry.at,
      `${quoteShort(pointer)} is no JSON pointer`,
      "write it like `/Tags/*/Key`",
    );
  }
  let shape: IrShape = root;
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const next = stepInto(shape, name);
    if (!next) {
      const message = `${quoteShort(pointer)} leads nowhere: the ${what} has no ${quoteShort(name)} there`;
      throw new PageError(file, entry.at, message, `there is ${describeNextParts(shape)}`);
    }
    shape = next.kind === "reference" ? (definitions.get(next.to) ?? next) : next;
  }
  return shape;
}

function stepInto(shape: IrShape, name: string): IrShape | undefined {
  if (shape.kind === "structure") return shape.members.get(name) ?? shape.unlisted.get(name);
  if (shape.kind === "list") return name === "*" ? shape.item : undefined;
  return shape.kind === "map" && name === "*" ? shape.value : undefined;
}

function describeNextParts(shape: IrShape): string {
  if (shape.kind === "structure") {
    const names = [...shape.members.keys()];
    return names.length > 0
      ? names.slice(0, 20).map(quoteShort).join(", ")
      : "nothing: the structure is empty";
  }
  return shape.kind === "list" || shape.kind === "map" ? "`*`" : `nothing inside a ${shape.kind}`;
}
