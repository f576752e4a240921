import { lstatSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { harmless, listed } from "../diagnostics/text.ts";
import type { IsReported } from "../engine/check-files.ts";
import { walk } from "../files/walk.ts";
import { changedFiles } from "../git/changed.ts";
import { Git, GitError } from "../git/git.ts";
import { trailOf } from "../git/links.ts";
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
export async function changedSince(wanted: Wanted): Promise<IsReported | undefined> {
  const changes = await changesSince(wanted);
  if ("why" in changes) {
    wanted.io.stderr(`note: everything is reported, not only what changed: ${harmless(changes.why)}\n`);
    return undefined;
  }
  const { changed, tracked } = changes;
  const mayHave = (place: string): boolean => changed.has(place) || !tracked.has(place);
  // What a request names and what is nowhere, now as before, has not changed.
  const has = (place: string): boolean => (isThere(place) ? mayHave(place) : changed.has(place));
  return (file, as) => trailOf(file).some(as === "checked" ? mayHave : has);
}

interface Known {
  /** Added, changed and removed files. */
  changed: ReadonlySet<string>;
  tracked: { has(file: string): boolean };
}

async function changesSince({ base, deciding, io }: Wanted): Promise<Known | { why: string }> {
  try {
    const changes = await changedFiles(new Git(".", io.environment), base, resolve("."));
    if ("why" in changes) return changes;
    const changed = new Set([...changes.files, ...changes.removed].map((file) => resolve(file)));
    const decisive = deciding.filter((path) => isChanged(path, changed));
    if (decisive.length > 0) return { why: `${listed([...new Set(decisive)], "and")} changed` };
    return { changed, tracked: new Set(changes.tracked.map((file) => resolve(file))) };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { why: error.message };
  }
}

/** Has a file changed, or anything below a directory, or what either leads to? */
function isChanged(path: string, changed: ReadonlySet<string>): boolean {
  const below = kindOf(path) === "directory" ? [...walk(path)] : [];
  const places = new Set([path, ...below].flatMap(trailOf));
  return [...changed].some((file) => places.has(file) || isWithin(file, resolve(path)));
}

function kindOf(path: string): "directory" | "other" | undefined {
  try {
    return statSync(path).isDirectory() ? "directory" : "other";
  } catch {
    return undefined;
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

function isWithin(path: string, directory: string): boolean {
  const inside = relative(directory, path);
  return inside === "" || (inside !== ".." && !inside.startsWith(`..${sep}`));
}
