import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findPackageRoot } from "../schema/package-root.ts";

/** The version in package.json, or the one that was compiled into the bundle. */
export function readPackageVersion(): string {
  if (typeof COUNTERSIGN_VERSION === "string") return COUNTERSIGN_VERSION;
  return JSON.parse(readFileSync(join(findPackageRoot(), "package.json"), "utf8")).version;
}

/** Defined by the bundler, which avoids reading package.json at every start. */
declare const COUNTERSIGN_VERSION: string | undefined;
