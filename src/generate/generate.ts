// One page to its schemas.

import { createHash } from "node:crypto";
import { checkLimits } from "./apply-limits.ts";
import { type Schema, type Source, writeRoot } from "./json-schema.ts";
import type { LimitEntry, Limits, LimitValues, Part } from "./limits.ts";
import { readPage } from "./read-page.ts";
import type { Note, Operation } from "./shape.ts";

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
  return generateFromOperation(readPage(text, pageName), text, options);
}

/** The schemas of a page that has been read; `text` is the page. */
export function generateFromOperation(
  operation: Operation,
  text: string,
  options: GenerateOptions,
): Generated {
  const { limits, descriptions = limits ? "limits" : "page" } = options;
  if (limits) checkLimits(limits, operation);
  const source: Source = {
    page: operation.page,
    sha256: createHash("sha256").update(text).digest("hex"),
    url: operation.url,
    ...(limits ? { limits: { source: limits.source } } : {}),
  };
  const { service, operation: name, notes } = operation;
  const generated: Generated = { service, operation: name, notes };
  for (const part of limits?.parts ?? (["request", "response"] satisfies Part[])) {
    const shape = operation[part];
    if (!shape) continue;
    generated[part] = writeRoot(shape, {
      title: `${service}:${name} ${part}`,
      source,
      pageDescriptions: descriptions === "page",
      limits: limits ? valuesOf(limits[part]) : new Map(),
    });
  }
  return generated;
}

function valuesOf(entries: Map<string, LimitEntry>): Map<string, LimitValues> {
  return new Map([...entries].map(([pointer, entry]) => [pointer, entry.values]));
}
