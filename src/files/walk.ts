import type { Dirent } from "node:fs";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, normalize, relative, sep } from "node:path";
import { isConfigFile, isDataFile, mayBeRead } from "./file-kinds.ts";
import type { FileSource } from "./source.ts";

/** A file to read, and whether the user named it explicitly. */
export interface FileEntry {
  file: string;
  isExplicit: boolean;
  /** Present if it is already read: standard input can be read only once. */
  source?: FileSource;
}

const SKIPPED = new Set([".git", "node_modules", ".venv"]);

/**
 * Expands a path, directory or glob into files, sorted by name. Reads no contents: a path that doesn't exist
 * is returned as well, so that reading it reports the error.
 */
export async function expandPath(path: string, options: WalkOptions = {}): Promise<FileEntry[]> {
  const kind = getPathKind(path);
  if (kind === "directory")
    return (await listUnignored(path, options)).map((file) => ({ file, isExplicit: false }));
  if (kind === "other" || !/[*?[\]{}!]/.test(path)) return [{ file: path, isExplicit: true }];
  return (await expandGlob(path)).map((file) => ({ file, isExplicit: false }));
}

function getPathKind(path: string): "directory" | "other" | undefined {
  try {
    return statSync(path).isDirectory() ? "directory" : "other";
  } catch {
    return undefined;
  }
}

/** Lists the files below a directory that git tracks, relative to that directory; undefined if git can't tell. */
export type ListTracked = (directory: string) => Promise<readonly string[] | undefined>;

const listNothing: ListTracked = async () => [];

/** So many files make it worth to look at them in several threads. */
export const MANY_FILES = 4000;

interface WalkOptions {
  tracked?: ListTracked;
  /** Called once a walk has come upon so many files, while it goes on. */
  onMany?: () => void;
}

/**
 * The files of a directory without those that git ignores. Tracked files are never ignored: otherwise a line
 * in `.gitignore` could exclude a file from the check.
 */
async function listUnignored(
  directory: string,
  { tracked = listNothing, onMany }: WalkOptions,
): Promise<string[]> {
  const { IgnoreStack } = await import("./gitignore.ts");
  const ignored = IgnoreStack.fromParents(directory);
  const files: string[] = [];
  addFiles(directory, { wanted: mayBeRead, files, onMany }, ignored);
  if (!ignored.hasSkipped) return files;
  const known = await tracked(directory);
  // What is ignored may be tracked: then a line in `.gitignore` must not hide it.
  if (!known) return walkFiles(directory, mayBeRead);
  const others = known.map((file) => join(directory, file));
  const isWanted = (file: string): boolean =>
    !file.split(sep).some((part) => SKIPPED.has(part)) && mayBeRead(file) && existsSync(file);
  const walked = new Set(files);
  return [...files, ...others.filter((file) => !walked.has(file) && isWanted(file))];
}

/** The ignore rules of one directory and those below. */
interface IgnoreFilter {
  ignores(name: string, kind: "directory" | "file"): boolean;
  enterDirectory(name: string): IgnoreFilter;
  addFile(file: string): IgnoreFilter;
}

/** Data files except Countersign's own configuration. */
const isRequestData = (file: string): boolean => isDataFile(file) && !isConfigFile(file);

/**
 * Lists the files below a directory that are `wanted`, by default data files. Symbolic links to directories
 * are not followed: their targets are either walked anyway or outside the tree, and following them could
 * loop.
 */
export function walkFiles(directory: string, wanted = isRequestData, outer?: IgnoreFilter): string[] {
  const files: string[] = [];
  addFiles(directory, { wanted, files }, outer);
  return files;
}

interface Walk {
  wanted: (file: string) => boolean;
  files: string[];
  onMany?: (() => void) | undefined;
}

function addFiles(directory: string, walk: Walk, outer: IgnoreFilter | undefined): void {
  const { wanted, files } = walk;
  const prefix = directory === "." ? "" : join(directory, "/");
  const entries = readSortedEntries(directory);
  if (!entries) files.push(directory);
  const hasOwn = outer && entries?.some(({ name }) => name === ".gitignore");
  const leftOut = hasOwn ? outer.addFile(`${prefix}.gitignore`) : outer;
  for (const entry of entries ?? []) {
    const { name } = entry;
    const path = `${prefix}${name}`;
    if (entry.isDirectory()) {
      if (SKIPPED.has(name) || leftOut?.ignores(name, "directory")) continue;
      addFiles(path, walk, leftOut?.enterDirectory(name));
    } else if (wanted(path) && !leftOut?.ignores(name, "file") && isFile(entry, path)) {
      if (files.push(path) === MANY_FILES) walk.onMany?.();
    }
  }
}

/** Broken and circular links count as files, so that reading them reports the error. */
function isFile(entry: Dirent, path: string): boolean {
  if (entry.isFile()) return true;
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}

/** The entries of a directory sorted by name; undefined if it can't be read. */
function readSortedEntries(directory: string): Dirent[] | undefined {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    // The names come in the order of their bytes, which is nearly always that of their characters.
    const isSorted = entries.every(({ name }, index) => index === 0 || entries[index - 1]!.name < name);
    return isSorted ? entries : entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

/** Files that match a glob. The matcher is loaded on first use. */
async function expandGlob(glob: string): Promise<string[]> {
  const { default: picomatch } = await import("picomatch");
  const { base, glob: pattern } = picomatch.scan(normalize(glob));
  const root = base === "" ? "." : base;
  if (getPathKind(root) !== "directory") return [];
  const matches = picomatch(pattern);
  return walkFiles(root, (file) => matches(relative(root, file).split(sep).join("/")));
}
