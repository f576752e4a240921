import type { Dirent } from "node:fs";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, normalize, relative, sep } from "node:path";
import { isData, isOwnByName, mayBeRead } from "./file-kinds.ts";

/** A file to read, and whether it was named itself. */
export interface Entry {
  file: string;
  named: boolean;
}

const SKIPPED = new Set([".git", "node_modules", ".venv"]);

/**
 * The files that a path, a directory or a glob stands for, in order of name. Nothing is read yet: a path that
 * leads nowhere is an entry too, and reading it says why.
 */
export async function entriesOf(path: string, tracked: Tracked = noneTracked): Promise<Entry[]> {
  const kind = kindOf(path);
  if (kind === "directory") return (await unignored(path, tracked)).map((file) => ({ file, named: false }));
  if (kind === "other" || !/[*?[\]{}!]/.test(path)) return [{ file: path, named: true }];
  return (await matching(path)).map((file) => ({ file, named: false }));
}

function kindOf(path: string): "directory" | "other" | undefined {
  try {
    return statSync(path).isDirectory() ? "directory" : "other";
  } catch {
    return undefined;
  }
}

/** The files below a directory that git tracks, as paths from the directory. */
export type Tracked = (directory: string) => Promise<readonly string[]>;

const noneTracked: Tracked = async () => [];

/**
 * A directory's files without those that git ignores. What is tracked is not ignored, whatever `.gitignore` says: else
 * a line there would be enough to keep a file from being checked.
 */
async function unignored(directory: string, tracked: Tracked): Promise<string[]> {
  const { Ignored } = await import("./gitignore.ts");
  const ignored = Ignored.above(directory);
  const files = [...walk(directory, mayBeRead, ignored)];
  if (!ignored.hasLeftOut) return files;
  const others = (await tracked(directory)).map((file) => join(directory, file));
  const isWanted = (file: string): boolean =>
    !file.split(sep).some((part) => SKIPPED.has(part)) && mayBeRead(file) && existsSync(file);
  const walked = new Set(files);
  return [...files, ...others.filter((file) => !walked.has(file) && isWanted(file))];
}

/** What a walk leaves out in one directory, and in those inside. */
interface LeftOut {
  has(name: string, kind: "directory" | "file"): boolean;
  inside(name: string): LeftOut;
  with(file: string): LeftOut;
}

/** By its name alone: a walk for requests reads also what is called like a file of Countersign's own. */
const isForeignData = (file: string): boolean => isData(file) && !isOwnByName(file);

/**
 * Files below a directory that are wanted: by default those of data. A link to a directory is not followed: what it leads to
 * is either below as well or not part of the tree, and so no link can send the walk round in circles.
 */
export function* walk(directory: string, wanted = isForeignData, outer?: LeftOut): Generator<string> {
  const prefix = directory === "." ? "" : join(directory, "/");
  const entries = sorted(directory);
  if (!entries) yield directory;
  const hasOwn = outer && entries?.some(({ name }) => name === ".gitignore");
  const leftOut = hasOwn ? outer.with(`${prefix}.gitignore`) : outer;
  for (const entry of entries ?? []) {
    const { name } = entry;
    const path = `${prefix}${name}`;
    if (entry.isDirectory()) {
      if (SKIPPED.has(name) || leftOut?.has(name, "directory")) continue;
      yield* walk(path, wanted, leftOut?.inside(name));
    } else if (wanted(path) && !leftOut?.has(name, "file") && isFile(entry, path)) yield path;
  }
}

/** Broken and circular links count as files: reading them says what is wrong. */
function isFile(entry: Dirent, path: string): boolean {
  if (entry.isFile()) return true;
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}

/** A directory's entries in order of name; undefined where it may not be read. */
function sorted(directory: string): Dirent[] | undefined {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  } catch {
    return undefined;
  }
}

/** The files that a glob matches; the matcher is loaded when the first glob is met. */
async function matching(glob: string): Promise<string[]> {
  const { default: picomatch } = await import("picomatch");
  const { base, glob: pattern } = picomatch.scan(normalize(glob));
  const root = base === "" ? "." : base;
  if (kindOf(root) !== "directory") return [];
  const matches = picomatch(pattern);
  return [...walk(root, (file) => matches(relative(root, file).split(sep).join("/")))];
}
