import { quoted } from "../../diagnostics/text.ts";
import { parseText } from "../../documents/parse.ts";
import { isConfigFile, isDataFile } from "../../files/file-kinds.ts";
import { expandPath } from "../../files/walk.ts";
import type { ContextFault } from "../context.ts";
import { ContextStore } from "../store.ts";
import type { AgeLimit } from "./age.ts";
import type { ContextReadResult } from "./builder.ts";
import { ContextBuilder } from "./builder.ts";
import { loadContextSchemas } from "./schemas.ts";
import { readContextTexts } from "./texts.ts";

/**
 * Reads context files. A directory stands for all JSON and YAML files below it, a glob for the files it
 * matches. Throws `ContextError` with the faults of all files.
 */
export async function readContext(paths: readonly string[]): Promise<ContextReadResult> {
  if (paths.length === 0) return { store: new ContextStore(), warnings: [] };
  const { files, warnings } = await findContextFiles(paths);
  return readContextFiles(files, warnings);
}

/** Expands paths, directories and globs into files, with a warning for each that yields none. */
export async function findContextFiles(
  paths: readonly string[],
): Promise<{ files: string[]; warnings: ContextFault[] }> {
  const files: string[] = [];
  const warnings: ContextFault[] = [];
  for (const path of paths) {
    const entries = (await expandPath(path)).filter(
      ({ file, isExplicit }) => isExplicit || ((isGlob(path) || isDataFile(file)) && !isConfigFile(file)),
    );
    if (entries.length === 0) warnings.push(createEmptyPathWarning(path));
    for (const { file } of entries) files.push(file);
  }
  return { files, warnings };
}

/** A directory holds files of other kinds, too; what a glob matches is meant. */
const isGlob = (path: string): boolean => /[*?[\]{}!]/.test(path);

const createEmptyPathWarning = (path: string) => ({
  file: path,
  message: `there is no context in ${quoted(path, 200)}`,
  help: "files of context are named `*.json`, `*.yaml` or `*.yml`",
  place: { line: 1, column: 1, endLine: 1, endColumn: 1 },
});

/** Reads context files, each once. Throws `ContextError` with every fault of all of them. */
export async function readContextFiles(
  files: readonly string[],
  warnings: readonly ContextFault[] = [],
  ageLimit?: AgeLimit,
): Promise<ContextReadResult> {
  const builder = new ContextBuilder(loadContextSchemas, ageLimit);
  for (const warning of warnings) builder.addWarning(warning);
  for (const { file, text } of readContextTexts(files, builder))
    builder.addFile(file, text, await parseText(file, text));
  return builder.build();
}
