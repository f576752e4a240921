import { statSync } from "node:fs";
import { findNearestFew } from "../diagnostics/nearest.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import { builtinSchemas } from "../schema/builtin.ts";
import type { SchemaStore } from "../schema/store.ts";
import { combineStores } from "../schema/store.ts";
import { UsageError } from "./io.ts";

/**
 * The schemas of `--schemas`, then the built-in ones. A user's schema takes precedence over a built-in one.
 */
export async function loadRunSchemas(directories: readonly string[]): Promise<SchemaStore> {
  if (directories.length === 0) return builtinSchemas;
  return combineStores([...(await openSchemaStores(directories)), builtinSchemas]);
}

function checkDirectories(directories: readonly string[]): void {
  for (const directory of directories) {
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) continue;
    throw new UsageError(
      `${quoted(directory)} is not a directory`,
      "name the directory that `countersign schema generate --out` wrote",
    );
  }
}

/**
 * Opens directories of schemas. An empty one is an error: the path is probably one level too high or too low.
 */
export async function openSchemaStores(directories: readonly string[]): Promise<SchemaStore[]> {
  if (directories.length === 0) return [];
  checkDirectories(directories);
  const { createDirectoryStore } = await import("../schema/directory.ts");
  const stores = directories.map(createDirectoryStore);
  const empty = directories[stores.findIndex((store) => store.operations().length === 0)];
  if (empty === undefined) return stores;
  throw new UsageError(
    `there is no schema in ${quoted(empty)}`,
    "name the directory that holds one directory a service: DIR/<service>/<Operation>.request.json",
  );
}

/** The error for an operation that has no schema. */
export function createNoSchemaError(operation: string, schemas: SchemaStore): UsageError {
  const near = findNearestFew(operation, schemas.operations());
  const help = near.length > 0 ? `did you mean ${formatList(near)}?` : "`countersign schema list` lists them";
  return new UsageError(`there is no schema for the operation ${quoted(operation)}`, help);
}
