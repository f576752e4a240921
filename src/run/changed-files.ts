import { lstatSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { escapeHarmful, formatList } from "../diagnostics/text.ts";
import type { IsReported } from "../engine/report/reported-files.ts";
import { isBelow } from "../files/paths.ts";
import { walkFiles } from "../files/walk.ts";
import { listChangedFiles } from "../git/changed.ts";
import { Git, GitError } from "../git/git.ts";
import { resolveLinks } from "../git/symlinks.ts";
import type { Io } from "./io.ts";

interface ChangeQuery {
  base: string;
  /** Files and directories that affect the findings in other files. */
  deciding: readonly string[];
  io: Io;
}

/**
 * Returns a predicate for files that changed since `base`, or may have: files that git does not track (such
 * as one that an earlier step generated) count as changed. Returns undefined, with a note in the log, if the
 * changes can't be determined or if a `deciding` file changed; then everything is reported.
 */
export async function createChangeFilter(wanted: ChangeQuery): Promise<IsReported | undefined> {
  const changes = await readChanges(wanted);
  if ("why" in changes) {
    wanted.io.stderr(`note: everything is reported, not only what changed: ${escapeHarmful(changes.why)}\n`);
    return undefined;
  }
  const { changed, tracked } = changes;
  const mayHave = (place: string): boolean => changed.has(place) || !tracked.has(place);
  // A path that a request refers to, but that exists neither now nor at the base, has not changed.
  const has = (place: string): boolean => (pathExists(place) ? mayHave(place) : changed.has(place));
  return (file, as) => resolveLinks(file).some(as === "checked" ? mayHave : has);
}

interface KnownChanges {
  /** Added, changed and removed files, as absolute paths. */
  changed: ReadonlySet<string>;
  tracked: { has(file: string): boolean };
}

async function readChanges({ base, deciding, io }: ChangeQuery): Promise<KnownChanges | { why: string }> {
  try {
    const changes = await listChangedFiles(new Git(".", io.environment), base, resolve("."));
    if ("why" in changes) return changes;
    const changed = new Set([...changes.files, ...changes.removed].map((file) => resolve(file)));
    const decisive = deciding.filter((path) => isChanged(path, changed));
    if (decisive.length > 0) return { why: `${formatList([...new Set(decisive)], "and")} changed` };
    return { changed, tracked: new Set(changes.tracked.map((file) => resolve(file))) };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { why: error.message };
  }
}

/** Whether a file, anything below a directory, or the target of a symbolic link to either has changed. */
function isChanged(path: string, changed: ReadonlySet<string>): boolean {
  const below = findFileKind(path) === "directory" ? walkFiles(path) : [];
  const places = new Set([path, ...below].flatMap(resolveLinks));
  return [...changed].some((file) => places.has(file) || isBelow(file, resolve(path)));
}

function findFileKind(path: string): "directory" | "other" | undefined {
  try {
    return statSync(path).isDirectory() ? "directory" : "other";
  } catch {
    return undefined;
  }
}

function pathExists(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}
