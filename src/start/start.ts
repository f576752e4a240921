import { openCacheDirectory } from "./cache-directory.ts";
import { createLoader } from "./loader.ts";

/** A hash of the content of all parts, which the build writes. */
declare const COUNTERSIGN_PARTS: string;

/**
 * Runs a part of the program, which is in `parts/` beside `directory`, with what V8 compiled in an earlier run. Node's own cache of
 * compiled code, which newer versions have, takes twice as long to use.
 */
export function startPart(directory: string, part: string): void {
  const folder = directory.replace(/bin$/, "parts");
  const cacheDirectory = openCacheDirectory(process.env, process.cwd());
  createLoader(folder, COUNTERSIGN_PARTS, cacheDirectory)(`./${part}.cjs`);
}
