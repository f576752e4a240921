import { isUsualFile } from "../files/file-kinds.ts";
import type { FileEntry } from "../files/walk.ts";
import type { SchemaStore } from "../schema/store.ts";
import type { Engine } from "./engine.ts";
import type { FirstLook } from "./first-look.ts";

/** Whoever names a file, or the operation of bare payloads, expects a word about it. */
export const isExpected = ({ file, isExplicit }: FileEntry, operation: string | undefined): boolean =>
  isExplicit || (operation !== undefined && isUsualFile(file));

let firstLook: typeof import("./first-look.ts") | undefined;

/** The first look at files, which a run that is given a request's own file never takes. */
export async function loadFirstLook(schemas: SchemaStore): Promise<FirstLook> {
  firstLook ??= await import("./first-look.ts");
  return firstLook.firstLookOf(schemas);
}

/**
 * Tests whether a file is to be read at all. The test itself is synchronous, because a walk makes it tens of thousands of
 * times.
 */
export async function createReadTest(
  entries: readonly FileEntry[],
  { schemas }: Engine,
): Promise<(entry: FileEntry, operation: string | undefined) => boolean> {
  const look = entries.every(({ isExplicit }) => isExplicit) ? undefined : await loadFirstLook(schemas);
  return (entry, operation) => isExpected(entry, operation) || look?.mayHoldCall(entry.file) === true;
}
