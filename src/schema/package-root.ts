import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let root: string | undefined;

/** The directory that holds schemas/, rules/ and docs/: the nearest above this file, built or not. */
export function packageRoot(): string {
  if (root) return root;
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, "schemas", "fsx")) && dirname(directory) !== directory) {
    directory = dirname(directory);
  }
  root = directory;
  return root;
}
