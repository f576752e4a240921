import { isAbsolute, relative, sep } from "node:path";

/** Whether a path is below a directory, and not the directory itself. Both are absolute. */
export function isBelow(path: string, directory: string): boolean {
  const inside = relative(directory, path);
  return inside !== "" && !isAbsolute(inside) && inside !== ".." && !inside.startsWith(`..${sep}`);
}
