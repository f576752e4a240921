import { lstatSync, realpathSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { quoted } from "../diagnostics/text.ts";
import { readSourceInside } from "../files/inside.ts";
import { isBelow } from "../files/paths.ts";
import type { FileSource } from "../files/source.ts";
import type { FileEntry } from "../files/walk.ts";
import { resolveEntries } from "../run/inputs.ts";
import type { Io } from "../run/io.ts";
import { UsageError } from "../run/io.ts";

/** More files than a repository's directory of requests holds; each is read whole. */
const MAX_FILES = 20_000;

/**
 * The files that the paths name, all of them below the working directory, which is the server's root. A file that a link
 * leads out of it can't be read.
 */
export async function listEntries(paths: readonly string[], io: Io): Promise<FileEntry[]> {
  for (const path of paths) refuseOutside(path);
  const { entries, empty } = await resolveEntries(paths, { io });
  if (empty.length > 0)
    throw new UsageError(
      `no file was found in ${quoted(empty[0]!)}`,
      "name files or directories that hold requests",
    );
  if (entries.length > MAX_FILES)
    throw new UsageError(`these are more than ${MAX_FILES} files`, "name files, or a smaller directory");
  return entries.map(({ file, isExplicit }) => new ConfinedEntry(file, isExplicit));
}

/** Throws a `UsageError` for a path that is not below the root, by its words or by its links. */
export function refuseOutside(path: string): void {
  if (path === "" || path.includes("\0") || path === "-")
    throw new UsageError(`${quoted(path)} is no path`, "name files or directories below the root");
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path) || path.split(/[\\/]/).includes(".."))
    throw new UsageError(
      `${quoted(path)} is not below the root of this server`,
      "name files or directories relative to the root, without `..`",
    );
  const root = realpathSync(".");
  const real = findExisting(path);
  if (real === undefined || real === root || isBelow(real, root)) return;
  throw new UsageError(
    `${quoted(path)} leads out of the root of this server by a link`,
    "name files or directories that are there themselves",
  );
}

/** Where a path leads to, or its nearest directory that there is; undefined for a link that leads nowhere. */
function findExisting(path: string): string | undefined {
  for (let at = path; ; at = join(at, "..")) {
    try {
      return realpathSync(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || at === ".") return undefined;
    }
  }
}

/** A file that is read when its text is wanted: the texts of a whole tree would take much memory. */
class ConfinedEntry implements FileEntry {
  readonly file: string;
  readonly isExplicit: boolean;
  #last: WeakRef<FileSource> | undefined;

  constructor(file: string, isExplicit: boolean) {
    this.file = file;
    this.isExplicit = isExplicit;
  }

  get source(): FileSource {
    const known = this.#last?.deref();
    if (known) return known;
    const source = readSourceInside(this.file, ".") ?? {
      file: this.file,
      problem: describeProblem(this.file),
    };
    this.#last = new WeakRef(source);
    return source;
  }
}

function describeProblem(file: string) {
  const isThere = exists(file);
  return {
    code: "document/unreadable" as const,
    message: isThere
      ? "this is no regular file below the root of the server, or it may not be read"
      : "there is no file of this name",
    help: isThere
      ? "name the file itself, without links"
      : "check the spelling: paths are relative to the root",
    place: { line: 1, column: 1, endLine: 1, endColumn: 1 },
    ...(!isThere && { missing: true }),
  };
}

/** Whether there is something of this name, even a link that leads nowhere. */
function exists(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
