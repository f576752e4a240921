// Generates the schemas of one operation.

import { createHash } from "node:crypto";
import { type Schema, type SchemaSource, writeRootSchema } from "./emit/json-schema.ts";
import type { IrOperation, SourceNote } from "./ir.ts";
import { checkApplied, checkLimits } from "./limits/apply.ts";
import type { LimitEntry, LimitsFile, LimitValues, OperationPart } from "./limits/read.ts";
import { readPage } from "./page/page.ts";
import { describeProse, summarizeProse } from "./page/rst-text.ts";

export type GenerateOptions = {
  limits?: LimitsFile | undefined;
  /** Where descriptions come from. Default: the limits file if there is one, otherwise the page. */
  descriptions?: "page" | "limits" | undefined;
};

export type GeneratedSchemas = {
  service: string;
  operation: string;
  request?: Schema;
  response?: Schema;
  notes: SourceNote[];
};

/**
 * Generates the schemas of a documentation page. Throws a `PageError` if the page or the limits are invalid.
 */
export function generateFromPage(
  text: string,
  pageName: string,
  options: GenerateOptions = {},
): GeneratedSchemas {
  return generateFromOperation(readPage(text, pageName), hashSha256(text), options);
}

export const hashSha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const PARTS: OperationPart[] = ["request", "response"];

/** Generates the schemas of an operation that was read from a file with the SHA-256 `digest`. */
export function generateFromOperation(
  operation: IrOperation,
  digest: string,
  options: GenerateOptions,
): GeneratedSchemas {
  const { limits, descriptions = limits ? "limits" : "page" } = options;
  const { service, operation: name, origin, url } = operation;
  const notes = limits ? [...operation.notes, ...checkLimits(limits, operation)] : operation.notes;
  const source: SchemaSource = {
    ...origin,
    sha256: digest,
    url,
    ...(limits ? { limits: { source: limits.source } } : {}),
  };
  // Prose from a model is summarized: it ends up only in schemas that users generate for themselves.
  const describe = "page" in origin ? describeProse : summarizeProse;
  const generated: GeneratedSchemas = { service, operation: name, notes };
  for (const part of limits?.parts ?? PARTS) {
    const shape = operation[part];
    if (!shape) continue;
    const { schema, applied } = writeRootSchema(shape, {
      title: `${service}:${name} ${part}`,
      source,
      describe: descriptions === "page" ? describe : undefined,
      limits: limits ? toLimitValues(limits[part]) : new Map(),
      definitions: operation.definitions?.[part] ?? new Map(),
    });
    if (limits) checkApplied(limits, part, applied);
    generated[part] = schema;
  }
  return generated;
}

function toLimitValues(entries: Map<string, LimitEntry>): Map<string, LimitValues> {
  return new Map([...entries].map(([pointer, entry]) => [pointer, entry.values]));
}
