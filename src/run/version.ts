import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../schema/package-root.ts";

/** The version in package.json, or the one that the bundle was built with. */
export function version(): string {
  if (typeof COUNTERSIGN_VERSION === "string") return COUNTERSIGN_VERSION;
  return JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")).version;
}

/** Filled in by the bundler: reading a file for it would cost every start. */
declare const COUNTERSIGN_VERSION: string | undefined;
