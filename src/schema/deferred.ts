import { createRequire } from "node:module";
import { join } from "node:path";
import { findPackageRoot } from "./package-root.ts";
import type { SchemaValidator } from "./store.ts";

/** The file of a compiled schema, by the name of what it is for. */
export const deferredFile = (name: string): string => `${name.replace(/[^\w]+/g, "-")}.cjs`;

/** A file of dist/deferred/, which the build writes. */
export const deferredPath = (file: string): string => join(findPackageRoot(), "dist", "deferred", file);

/** Loads a compiled schema that is not part of what every run loads. */
export function loadDeferredValidator(name: string): SchemaValidator {
  const load = createRequire(import.meta.url);
  const { validators } = load(deferredPath(deferredFile(name))) as {
    validators: Record<string, SchemaValidator>;
  };
  return validators[name]!;
}
