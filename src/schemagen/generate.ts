// One page to its schemas.

import { createHash } from "node:crypto";
import { type Schema, type Source, writeRoot } from "./emit/json-schema.ts";
import type { Note, Operation } from "./ir.ts";
import { checkApplied, checkLimits } from "./limits/apply.ts";
import type { LimitEntry, Limits, LimitValues, Part } from "./limits/read.ts";
import { readPage } from "./page/page.ts";
import { description, summary } from "./page/rst-text.ts";

export type GenerateOptions = {
  limits?: Limits | undefined;
  /** Where descriptions come from: the limits file when there is one, else the page. */
  descriptions?: "page" | "limits" | undefined;
};

export type Generated = {
  service: string;
  operation: string;
  request?: Schema;
  response?: Schema;
  notes: Note[];
};

/** The schemas of a documentation page. Throws a PageError for a page or limits that can't be taken. */
export function generateFromPage(text: string, pageName: string, options: GenerateOptions = {}): Generated {
  return generateFromOperation(readPage(text, pageName), sha256(text), options);
}

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const PARTS: Part[] = ["request", "response"];

/** The schemas of an operation that has been read from a file with this SHA-256. */
export function generateFromOperation(
  operation: Operation,
  digest: string,
  options: GenerateOptions,
): Generated {
  const { limits, descriptions = limits ? "limits" : "page" } = options;
  const { service, operation: name, origin, url } = operation;
  const notes = limits ? [...operation.notes, ...checkLimits(limits, operation)] : operation.notes;
  const source: Source = {
    ...origin,
    sha256: digest,
    url,
    ...(limits ? { limits: { source: limits.source } } : {}),
  };
  // A model's prose is a user's own schemas' only: short.
  const describe = "page" in origin ? description : summary;
  const generated: Generated = { service, operation: name, notes };
  for (const part of limits?.parts ?? PARTS) {
    const shape = operation[part];
    if (!shape) continue;
    const { schema, applied } = writeRoot(shape, {
      title: `${service}:${name} ${part}`,
      source,
      describe: descriptions === "page" ? describe : undefined,
      limits: limits ? valuesOf(limits[part]) : new Map(),
      definitions: operation.definitions?.[part] ?? new Map(),
    });
    if (limits) checkApplied(limits, part, applied);
    generated[part] = schema;
  }
  return generated;
}

function valuesOf(entries: Map<string, LimitEntry>): Map<string, LimitValues> {
  return new Map([...entries].map(([pointer, entry]) => [pointer, entry.values]));
}
