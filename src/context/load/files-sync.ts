import { statSync } from "node:fs";
import { parseTextWith } from "../../documents/parse.ts";
import { parseYaml } from "../../documents/yaml/yaml.ts";
import { walkFiles } from "../../files/walk.ts";
import type { ContextReadResult } from "./builder.ts";
import { ContextBuilder } from "./builder.ts";
import { loadContextSchemas } from "./schemas.ts";
import { readContextTexts } from "./texts.ts";

/**
 * Reads context files and directories of them for a program that can't wait, with the YAML reader loaded already.
 * Throws `ContextError` with every fault of all of them.
 */
export function readContextSync(paths: readonly string[]): ContextReadResult {
  const builder = new ContextBuilder(loadContextSchemas);
  for (const { file, text } of readContextTexts(paths.flatMap(filesAt), builder))
    builder.addFile(file, text, parseTextWith(file, text, parseYaml));
  return builder.build();
}

const filesAt = (path: string): string[] =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ? walkFiles(path) : [path];
