import { realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { harmless, listed } from "../diagnostics/text.ts";
import { changedFiles } from "../git/changed.ts";
import { Git, GitError } from "../git/git.ts";
import type { Io } from "./io.ts";

interface Wanted {
  base: string;
  /** Files and directories that decide what is found in others. */
  deciding: readonly string[];
  io: Io;
}

/**
 * Tells the files that changed, or may have: of what git doesn't keep (a file that a step before this one wrote), nobody
 * knows. Undefined where the changes can't be told, and where they are changes of what decides: then everything is
 * reported, and the log says why.
 */
export async function changedSince(wanted: Wanted): Promise<((file: string) => boolean) | undefined> {
  const changes = await changesSince(wanted);
  if ("unchanged" in changes)
    return (file) => !changes.unchanged.has(resolve(file)) || !changes.unchanged.has(target(file));
  wanted.io.stderr(`note: everything is reported, not only what changed: ${harmless(changes.why)}\n`);
  return undefined;
}

async function changesSince({
  base,
  deciding,
  io,
}: Wanted): Promise<{ unchanged: Set<string> } | { why: string }> {
  try {
    const changes = await changedFiles(new Git(".", io.environment), base, resolve("."));
    if ("why" in changes) return changes;
    const changed = [...changes.files, ...changes.removed].map((file) => resolve(file));
    const decisive = deciding.filter((path) => changed.some((file) => isWithin(file, resolve(path))));
    if (decisive.length > 0) return { why: `${listed([...new Set(decisive)], "and")} changed` };
    const unchanged = new Set(changes.tracked.map((file) => resolve(file)));
    for (const file of changed) unchanged.delete(file);
    return { unchanged };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { why: error.message };
  }
}

/** What a path leads to: a link may stay as it is while that changes. */
function target(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

function isWithin(path: string, directory: string): boolean {
  const inside = relative(directory, path);
  return inside === "" || (inside !== ".." && !inside.startsWith(`..${sep}`));
}
