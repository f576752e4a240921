import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** Every TypeScript file of src/, as a path from there with forward slashes. */
export const SOURCE_FILES: readonly string[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => file.endsWith(".ts"));

export const readSourceFile = (file: string): string => readFileSync(join(SRC, file), "utf8");

/** The files that a file imports, types and dynamic imports included. */
export function importsOf(file: string): string[] {
  const found = readSourceFile(file).matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g);
  return [...found].map(([, path]) =>
    relative(SRC, resolve(SRC, dirname(file), path!))
      .split(sep)
      .join("/"),
  );
}

/** The top-level folder of a file; a file beside the folders stands for itself. */
export const stageOf = (file: string): string => file.split("/")[0]!;
