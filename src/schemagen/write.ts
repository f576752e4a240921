// Writes schemas to disk, and compares existing ones with what their pages and models generate now.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { compareJson, type JsonDifference } from "./diff/json.ts";
import type { GeneratedSchemas } from "./generate.ts";
import type { OperationPart } from "./limits/read.ts";
import { readSources, type SourceOptions, type SourceReadResult, toPageError } from "./operations.ts";
import { PageError } from "./source-error.ts";

export type SchemaWriteResult = SourceReadResult & {
  /**
   * Paths of the schemas, relative to the output directory. Empty if there are errors: then nothing was
   * written.
   */
  written: string[];
  /** Formerly generated schemas for parts that the page or model no longer has. */
  removed: string[];
};

export type SchemaCheckResult = SourceReadResult & { checked: number; differences: SchemaFileDifference[] };

export type SchemaFileDifference = { file: string } & (
  | { kind: "missing" }
  | { kind: "superfluous" }
  | { kind: "unreadable"; why: string }
  | { kind: "formatted" }
  | ({ kind: "changed" } & JsonDifference)
);

const PARTS: OperationPart[] = ["request", "response"];
const EMPTY_RESULT: SchemaWriteResult = {
  pages: 0,
  models: 0,
  written: [],
  removed: [],
  notes: [],
  errors: [],
};

/** Writes the schemas of all pages, or none if any page is invalid. */
export function writeSchemas(
  pages: string[],
  outDir: string,
  options: SourceOptions = {},
): SchemaWriteResult {
  try {
    return writeAllSchemas(pages, outDir, options);
  } catch (error) {
    return { ...EMPTY_RESULT, errors: [toPageError(error, outDir)] };
  }
}

function writeAllSchemas(pages: string[], outDir: string, options: SourceOptions): SchemaWriteResult {
  // Schemas are written to a temporary directory until the last page is read: memory holds one page at a
  // time.
  const made = mkdirSync(outDir, { recursive: true });
  const waiting = mkdtempSync(join(outDir, ".generating-"));
  const written: string[] = [];
  const stale: string[] = [];
  let moved = false;
  try {
    const read = readSources(pages, outDir, options, (generated) => {
      written.push(...writeOne(waiting, generated));
      stale.push(...findStale(outDir, generated));
    });
    if (read.errors.length > 0) return { ...read, written: [], removed: [] };
    for (const name of written) {
      mkdirSync(dirname(join(outDir, name)), { recursive: true });
      renameSync(join(waiting, name), join(outDir, name));
    }
    for (const name of stale) rmSync(join(outDir, name));
    moved = true;
    return { ...read, written, removed: stale };
  } finally {
    rmSync(waiting, { recursive: true, force: true });
    if (made !== undefined && !moved) rmSync(made, { recursive: true, force: true });
  }
}

/** Schemas of parts that no longer exist. Files that the generator did not write are left alone. */
function findStale(outDir: string, generated: GeneratedSchemas): string[] {
  return PARTS.filter((part) => !generated[part])
    .map((part) => formatSchemaName(generated, part))
    .filter((name) => existsSync(join(outDir, name)) && isGenerated(join(outDir, name)));
}

function isGenerated(path: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(readFileSync(path, "utf8")), "x-source");
  } catch {
    return false;
  }
}

function writeOne(dir: string, generated: GeneratedSchemas): string[] {
  return PARTS.flatMap((part) => {
    const schema = generated[part];
    if (!schema) return [];
    const name = formatSchemaName(generated, part);
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), formatSchema(schema));
    return [name];
  });
}

/** Compares the schemas on disk with what the pages and limits generate. */
export function checkSchemas(
  pages: string[],
  schemasDir: string,
  options: SourceOptions = {},
): SchemaCheckResult {
  if (!statSync(schemasDir, { throwIfNoEntry: false })?.isDirectory()) {
    const help = "name the directory that `countersign schema generate --out` wrote";
    const error = new PageError(schemasDir, { line: 1, column: 1 }, "there is no such directory", help);
    return { ...EMPTY_RESULT, checked: 0, differences: [], errors: [error] };
  }
  const found: SchemaFileDifference[] = [];
  let checked = 0;
  const read = readSources(pages, schemasDir, options, (generated) => {
    for (const part of PARTS) {
      const file = formatSchemaName(generated, part);
      if (generated[part]) checked++;
      found.push(...compareFile(join(schemasDir, file), file, generated[part]));
    }
  });
  return { ...read, checked, differences: found };
}

function compareFile(
  path: string,
  file: string,
  schema: GeneratedSchemas["request"],
): SchemaFileDifference[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return schema ? [{ file, kind: "missing" }] : [];
  }
  if (!schema) return [{ file, kind: "superfluous" }];
  if (text === formatSchema(schema)) return [];
  try {
    const changed = compareJson(JSON.parse(text), schema);
    if (changed.length === 0) return [{ file, kind: "formatted" }];
    return changed.map((difference) => ({ file, kind: "changed", ...difference }));
  } catch (error) {
    return [{ file, kind: "unreadable", why: (error as Error).message }];
  }
}

function formatSchemaName({ service, operation }: GeneratedSchemas, part: OperationPart): string {
  return `${service}/${operation}.${part}.json`;
}

function formatSchema(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
