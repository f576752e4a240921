import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let root: string | undefined;

/**
 * The package's root, which contains schemas/, rules/ and docs/. Found by walking up, because the distance
 * differs between src/, dist/ and bundles.
 */
export function findPackageRoot(): string {
  if (root) return root;
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, "schemas", "fsx")) && dirname(directory) !== directory) {
    directory = dirname(directory);
  }
  root = directory;
  return root;
}
