import { lstatSync, readlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** More links than any operating system follows. */
const MAX_LINKS = 64;

/** Resolves a path. Returns every symbolic link that it passes through, then its final target. */
export function resolveLinks(path: string): string[] {
  const links: string[] = [];
  let at = resolve(path);
  while (links.length < MAX_LINKS) {
    const link = findFirstLink(at);
    if (link === undefined) break;
    links.push(link);
    at = join(resolve(dirname(link), readlinkSync(link)), at.slice(link.length));
  }
  return [...links, at];
}

/** Finds the first component of a path that is a symbolic link. */
function findFirstLink(path: string): string | undefined {
  const above = dirname(path);
  if (above === path) return undefined;
  return findFirstLink(above) ?? (isLink(path) ? path : undefined);
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
