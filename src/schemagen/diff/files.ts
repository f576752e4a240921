// Compares two schema files, or two directories of them.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { OperationPart } from "../limits/read.ts";
import { PageError } from "../source-error.ts";
import { compareSchemas, type SchemaChange } from "./changes.ts";
import type { SchemaNode } from "./schema.ts";

export type SchemaDifference = { operation: string; part: OperationPart; changes: SchemaChange[] };

export type DiffResult = { schemas: number; differences: SchemaDifference[] };

const SCHEMA_FILE_NAME = /^(\w+)\.(request|response)\.json$/;
const START = { line: 1, column: 1 };
const PATHS_HELP = "give two schema files, or two directories that `countersign schema generate --out` wrote";

/** Throws a `PageError` if a path can't be read. */
export function diffPaths(old: string, now: string): DiffResult {
  const [isOldDirectory, isDirectory] = [old, now].map(isExistingDirectory);
  if (isOldDirectory !== isDirectory) {
    const message = `${isDirectory ? "this is a file, the other a directory" : "this is a directory, the other a file"}`;
    throw new PageError(old, START, message, PATHS_HELP);
  }
  return isDirectory ? diffDirectories(old, now) : { schemas: 1, differences: diffFiles(old, now) };
}

function isExistingDirectory(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new PageError(path, START, "there is no such file or directory", PATHS_HELP);
  return stat.isDirectory();
}

function diffDirectories(old: string, now: string): DiffResult {
  const [before, after] = [listSchemaFiles(old), listSchemaFiles(now)];
  const names = [...new Set([...before, ...after])].sort();
  const differences = names.flatMap((name): SchemaDifference[] => {
    if (before.has(name) && after.has(name)) return diffFiles(join(old, name), join(now, name));
    const { operation, part } = parseFileName(name);
    const isRemoved = before.has(name);
    const message = isRemoved ? "is gone" : "is new";
    return [{ operation, part, changes: [{ pointer: "", message, breaking: isRemoved }] }];
  });
  return { schemas: names.length, differences };
}

function listSchemaFiles(directory: string): Set<string> {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const found = names.filter((name) => SCHEMA_FILE_NAME.test(basename(name)));
  if (found.length > 0) return new Set(found);
  throw new PageError(directory, START, "there is no schema in this directory", PATHS_HELP);
}

function diffFiles(old: string, now: string): SchemaDifference[] {
  const [before, after] = [readSchema(old), readSchema(now)];
  const { operation, part } = parseTitle(after) ?? parseFileName(now);
  const changes = compareSchemas(before, after, part);
  return changes.length > 0 ? [{ operation, part, changes }] : [];
}

/** The title of a schema names the operation, whatever the file is called. */
function parseTitle({ title }: SchemaNode): { operation: string; part: OperationPart } | undefined {
  const [, operation, part] =
    (typeof title === "string" && /^(\S+:\w+) (request|response)$/.exec(title)) || [];
  return operation === undefined ? undefined : { operation, part: part as OperationPart };
}

function parseFileName(path: string): { operation: string; part: OperationPart } {
  const [, operation = basename(path), part = "request"] = SCHEMA_FILE_NAME.exec(basename(path)) ?? [];
  return { operation: `${basename(dirname(resolve(path)))}:${operation}`, part: part as OperationPart };
}

function readSchema(path: string): SchemaNode {
  const help = "generate it again with `countersign schema generate`";
  let schema: unknown;
  try {
    schema = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new PageError(path, START, code ? `it can't be read (${code})` : "this is not JSON", help);
  }
  if (typeof schema === "object" && schema !== null && !Array.isArray(schema)) return schema as SchemaNode;
  throw new PageError(path, START, "this is not a schema, but some other JSON value", help);
}
