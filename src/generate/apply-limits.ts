// Holds a limits file against the page that it stands beside: each pointer has to lead somewhere, each limit
// has to suit what it limits and to agree with the page's own prose.

import type { LimitEntry, Limits, LimitValues } from "./limits.ts";
import { PageError, quote } from "./page-error.ts";
import { type Bounds, proseFacts } from "./prose-facts.ts";
import type { Operation, Shape, Structure } from "./shape.ts";

/** Which keys suit which kinds; a description suits all. */
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

export function checkLimits(limits: Limits, operation: Operation): void {
  const name = `${operation.service}:${operation.operation}`;
  if (limits.operation !== name) {
    const message = `these are limits of ${quote(limits.operation)}, but the page documents \`${name}\``;
    throw new PageError(
      limits.file,
      limits.operationAt,
      message,
      "name the file after the operation that it is about",
    );
  }
  for (const part of ["request", "response"] as const) {
    const shape = operation[part];
    for (const [pointer, entry] of limits[part]) {
      if (!shape)
        throw new PageError(limits.file, entry.at, `the page has no ${part} shapes`, `remove \`${part}\``);
      checkEntry(limits.file, pointer, entry, find(limits.file, shape, pointer, entry));
    }
  }
}

function checkEntry(file: string, pointer: string, entry: LimitEntry, shape: Shape): void {
  const stated = proseFacts(shape) as Record<string, unknown>;
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
    const { [low]: from, [high]: to } = { ...stated, ...entry.values } as Bounds;
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

/** The shape that a pointer leads to, `*` standing for any item of a list or value of a map. */
function find(file: string, root: Structure, pointer: string, entry: LimitEntry): Shape {
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
      const message = `${quote(pointer)} leads nowhere: the page has no ${quote(name)} there`;
      throw new PageError(file, entry.at, message, `there is ${ways(shape)}`);
    }
    shape = next;
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
