import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { SchemaValidator } from "./store.ts";

let root: string | undefined;

/**
 * The package's root, which contains schemas/, rules/ and docs/. Found by walking up, because the distance
 * differs between src/, dist/ and bundles.
 */
export function findPackageRoot(): string {
  if (root) return root;
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, "schemas", "fsx")) && dirname(directory) !== directory) {
    directory = dirname(directory);
  }
  root = directory;
  return root;
}

/** The file of a compiled schema, by the name of what it is for. */
export const deferredFile = (name: string): string => `${name.replace(/[^\w]+/g, "-")}.cjs`;

/** Loads a file of dist/deferred/, which the build writes. */
export const loadDeferred = (file: string): unknown =>
  createRequire(import.meta.filename)(join(findPackageRoot(), "dist", "deferred", file));

/** Loads a compiled schema that is not part of what every run loads. */
export function loadDeferredValidator(name: string): SchemaValidator {
  const { validators } = loadDeferred(deferredFile(name)) as {
    validators: Record<string, SchemaValidator>;
  };
  return validators[name]!;
}
