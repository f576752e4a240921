import type { Stats } from "node:fs";

// Not by import, which would make a namespace of all that the module exports.
const fs = process.getBuiltinModule("node:fs");

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The directory for compiled code, below the user's cache directory. A cache is code: whoever can write it can run what he likes
 * as the user. So the directory is the user's and nobody else's. Undefined where it is switched off or wouldn't be safe.
 */
export function openCacheDirectory(
  environment: Environment,
  workingDirectory: string,
  user = process.getuid?.(),
): string | undefined {
  const base = environment.COUNTERSIGN_CODE_CACHE === "off" ? undefined : cacheHome(environment);
  if (base === undefined || user === undefined) return undefined;
  const directory = `${base}/countersign`;
  try {
    const isSafe = !isInRepository(directory, workingDirectory) && isPrivate(base, directory, user);
    return isSafe ? directory : undefined;
  } catch {
    return undefined;
  }
}

/** As the XDG base directory specification has it: a path that isn't absolute is ignored. */
function cacheHome({ XDG_CACHE_HOME = "", HOME = "" }: Environment): string | undefined {
  if (XDG_CACHE_HOME.startsWith("/")) return withoutSlash(XDG_CACHE_HOME);
  return HOME.startsWith("/") && HOME !== "/" ? `${withoutSlash(HOME)}/.cache` : undefined;
}

const withoutSlash = (path: string): string => (path.endsWith("/") ? path.slice(0, -1) : path);

/** Whether it is below the working directory or in a checkout, where files may be somebody else's. */
function isInRepository(directory: string, workingDirectory: string): boolean {
  for (let end = directory.lastIndexOf("/"); end > 0; end = directory.lastIndexOf("/", end - 1)) {
    const ancestor = directory.slice(0, end);
    if (ancestor === workingDirectory || fs.existsSync(`${ancestor}/.git`)) return true;
  }
  return false;
}

/** Whether the directory is the user's alone. Makes it if the one that it belongs into is the user's. */
function isPrivate(base: string, directory: string, user: number): boolean {
  const found = stat(directory) ?? makePrivate(base, directory, user);
  return isOwn(found, user) && (found!.mode & 0o077) === 0 && isOwn(stat(base), user);
}

function makePrivate(base: string, directory: string, user: number): Stats | undefined {
  const parent = base.slice(0, base.lastIndexOf("/"));
  if (stat(base) === undefined && isOwn(fs.statSync(parent), user)) makeDirectory(base);
  if (isOwn(stat(base), user)) makeDirectory(directory);
  return stat(directory);
}

/** Another first start may have made it in between. */
function makeDirectory(path: string): void {
  try {
    fs.mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** A link is not followed. */
const stat = (path: string): Stats | undefined => fs.lstatSync(path, { throwIfNoEntry: false });

/** A directory of the user's that not everybody may write to, as everybody may to a shared temporary directory. */
const isOwn = (found: Stats | undefined, user: number): boolean =>
  found?.isDirectory() === true && found.uid === user && (found.mode & 0o002) === 0;
