// Validates a limits file against its page or model: each pointer must exist, and each limit must suit the
// shape that it applies to and agree with the page's prose.

import type { Definitions, Note, Operation, Shape, Stated, Structure } from "../ir.ts";
import { proseFacts } from "../prose/facts.ts";
import type { Bounds } from "../prose/forms.ts";
import { PageError, quote } from "../source-error.ts";
import type { LimitEntry, Limits, LimitValues, Part } from "./read.ts";

/** The kinds of shape that each key applies to; a description applies to all. */
const SUITS: Partial<Record<keyof LimitValues, Shape["kind"][]>> = {
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

const RANGES: [keyof Bounds, keyof Bounds][] = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minimum", "maximum"],
];

/**
 * Returns notes about limits that differ from the service model's. Throws a `PageError` for invalid limits.
 */
export function checkLimits(limits: Limits, operation: Operation): Note[] {
  const name = `${operation.service}:${operation.operation}`;
  const what = "page" in operation.origin ? "page" : "model";
  if (limits.operation !== name) {
    const message = `these are limits of ${quote(limits.operation)}, but the ${what} documents \`${name}\``;
    throw new PageError(
      limits.file,
      limits.operationAt,
      message,
      "name the file after the operation that it is about",
    );
  }
  const notes: Note[] = [];
  for (const part of ["request", "response"] as const) {
    const shape = operation[part];
    const definitions = operation.definitions?.[part] ?? new Map<string, Shape>();
    for (const [pointer, entry] of limits[part]) {
      if (!shape)
        throw new PageError(limits.file, entry.at, `the ${what} has no ${part} shapes`, `remove \`${part}\``);
      const found = find({ file: limits.file, what, definitions }, shape, pointer, entry);
      checkEntry(limits.file, pointer, entry, found);
      notes.push(...corrections(limits.file, pointer, entry, found));
    }
  }
  return notes;
}

/** A recursive shape is written once, so only limits on its first occurrence reach the schema. */
export function checkApplied(limits: Limits, part: Part, applied: ReadonlySet<string>): void {
  for (const [pointer, entry] of limits[part]) {
    if (applied.has(pointer)) continue;
    const message = `${quote(pointer)} is a shape that is written once for all of its places`;
    throw new PageError(limits.file, entry.at, message, "give the limit where the shape comes first");
  }
}

/** A limits file exists to correct the model, so it takes precedence, but each correction is reported. */
function corrections(file: string, pointer: string, entry: LimitEntry, { stated = {} }: Shape): Note[] {
  return Object.entries(entry.values).flatMap(([key, value]) => {
    const model = stated[key as keyof Stated];
    if (model === undefined || model === value) return [];
    const message = `\`${key}\` of ${quote(pointer)} is ${quote(String(value))}; the model says ${quote(String(model))}`;
    return [{ file, line: (entry.places.get(key) ?? entry.at).line, message }];
  });
}

function checkEntry(file: string, pointer: string, entry: LimitEntry, shape: Shape): void {
  const stated = (shape.stated ? {} : proseFacts(shape)) as Record<string, unknown>;
  for (const [key, value] of Object.entries(entry.values)) {
    const at = entry.places.get(key) ?? entry.at;
    const suits = SUITS[key as keyof LimitValues];
    if (suits && !suits.includes(shape.kind)) {
      const message = `\`${key}\` doesn't suit ${quote(pointer)} (${shape.kind})`;
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
  for (const [low, high] of RANGES) {
    const { [low]: from, [high]: to } = { ...stated, ...shape.stated, ...entry.values } as Bounds;
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

type Search = { file: string; what: string; definitions: Definitions };

/** Finds the shape that a pointer leads to; `*` stands for any item of a list or value of a map. */
function find(search: Search, root: Structure, pointer: string, entry: LimitEntry): Shape {
  const { file, what, definitions } = search;
  if (pointer !== "" && !pointer.startsWith("/")) {
    throw new PageError(
      file,
      entry.at,
      `${quote(pointer)} is no JSON pointer`,
      "write it like `/Tags/*/Key`",
    );
  }
  let shape: Shape = root;
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const next = step(shape, name);
    if (!next) {
      const message = `${quote(pointer)} leads nowhere: the ${what} has no ${quote(name)} there`;
      throw new PageError(file, entry.at, message, `there is ${ways(shape)}`);
    }
    shape = next.kind === "reference" ? (definitions.get(next.to) ?? next) : next;
  }
  return shape;
}

function step(shape: Shape, name: string): Shape | undefined {
  if (shape.kind === "structure") return shape.members.get(name) ?? shape.unlisted.get(name);
  if (shape.kind === "list") return name === "*" ? shape.item : undefined;
  return shape.kind === "map" && name === "*" ? shape.value : undefined;
}

function ways(shape: Shape): string {
  if (shape.kind === "structure") {
    const names = [...shape.members.keys()];
    return names.length > 0 ? names.slice(0, 20).map(quote).join(", ") : "nothing: the structure is empty";
  }
  return shape.kind === "list" || shape.kind === "map" ? "`*`" : `nothing inside a ${shape.kind}`;
}
