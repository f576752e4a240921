// Generates the schemas of one operation.

import { createHash } from "node:crypto";
import { type Schema, type Source, writeRoot } from "./emit/json-schema.ts";
import type { Note, Operation } from "./ir.ts";
import { checkApplied, checkLimits } from "./limits/apply.ts";
import type { LimitEntry, Limits, LimitValues, Part } from "./limits/read.ts";
import { readPage } from "./page/page.ts";
import { description, summary } from "./page/rst-text.ts";

export type GenerateOptions = {
  limits?: Limits | undefined;
  /** Where descriptions come from. Default: the limits file if there is one, otherwise the page. */
  descriptions?: "page" | "limits" | undefined;
};

export type Generated = {
  service: string;
  operation: string;
  request?: Schema;
  response?: Schema;
  notes: Note[];
};

/**
 * Generates the schemas of a documentation page. Throws a `PageError` if the page or the limits are invalid.
 */
export function generateFromPage(text: string, pageName: string, options: GenerateOptions = {}): Generated {
  return generateFromOperation(readPage(text, pageName), sha256(text), options);
}

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const PARTS: Part[] = ["request", "response"];

/** Generates the schemas of an operation that was read from a file with the SHA-256 `digest`. */
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
  // Prose from a model is summarized: it ends up only in schemas that users generate for themselves.
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
