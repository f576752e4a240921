import type NodeModule from "node:module";
import { openCacheDirectory } from "./cache-directory.ts";
import { createLoader } from "./loader.ts";

/** A hash of the content of all parts, which the build writes. */
declare const COUNTERSIGN_PARTS: string;

/**
 * Runs a part of the program, which is in `parts/` beside `directory`. Newer versions of Node keep compiled code by themselves and need
 * only a directory; Node 20 is given what V8 compiled in an earlier run.
 */
export function startPart(directory: string, part: string): void {
  const cacheDirectory = openCacheDirectory(process.env, process.cwd());
  const folder = directory.replace(/bin$/, "parts");
  const { enableCompileCache, createRequire } = process.getBuiltinModule(
    "node:module",
  ) as typeof NodeModule & {
    enableCompileCache?: (directory: string) => unknown;
  };
  if (cacheDirectory !== undefined && !enableCompileCache) {
    createLoader(folder, COUNTERSIGN_PARTS, cacheDirectory)(`./${part}.cjs`);
    return;
  }
  if (cacheDirectory !== undefined) enableCompileCache?.(cacheDirectory);
  createRequire(`${folder}/`)(`./${part}.cjs`);
}
