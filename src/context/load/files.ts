import { resolve } from "node:path";
import { quoted } from "../../diagnostics/text.ts";
import { parseTextWith } from "../../documents/parse.ts";
import { parseYaml } from "../../documents/yaml/yaml.ts";
import { isConfigFile } from "../../files/file-kinds.ts";
import { readSource } from "../../files/source.ts";
import { expandPath } from "../../files/walk.ts";
import type { ContextFault } from "../context.ts";
import { ContextStore } from "../store.ts";
import type { ContextReadResult } from "./builder.ts";
import { ContextBuilder, TOO_LARGE_HELP } from "./builder.ts";
import type { ContextSchemas } from "./schemas.ts";
import { loadContextSchemas } from "./schemas.ts";

/**
 * Reads context files. A directory stands for all JSON and YAML files below it, a glob for the files it
 * matches. Throws `ContextError` with the faults of all files.
 */
export async function readContext(paths: readonly string[]): Promise<ContextReadResult> {
  if (paths.length === 0) return { store: new ContextStore(), warnings: [] };
  const { files, warnings } = await findContextFiles(paths);
  return readContextFiles(files, await loadContextSchemas(), warnings);
}

/** Expands paths, directories and globs into files, with a warning for each that yields none. */
export async function findContextFiles(
  paths: readonly string[],
): Promise<{ files: string[]; warnings: ContextFault[] }> {
  const files: string[] = [];
  const warnings: ContextFault[] = [];
  for (const path of paths) {
    const entries = (await expandPath(path)).filter(
      ({ file, isExplicit: named }) => named || !isConfigFile(file),
    );
    if (entries.length === 0) warnings.push(createEmptyPathWarning(path));
    for (const { file } of entries) files.push(file);
  }
  return { files, warnings };
}

const createEmptyPathWarning = (path: string) => ({
  file: path,
  message: `there is no context in ${quoted(path, 200)}`,
  help: "files of context are named `*.json`, `*.yaml` or `*.yml`",
  place: { line: 1, column: 1, endLine: 1, endColumn: 1 },
});

/** Reads context files, each once. Throws `ContextError` with the faults of all files. */
export function readContextFiles(
  files: readonly string[],
  schemas: ContextSchemas,
  warnings: readonly ContextFault[] = [],
): ContextReadResult {
  const builder = new ContextBuilder(schemas);
  for (const warning of warnings) builder.addWarning(warning);
  const read = new Set<string>();
  for (const file of files) {
    const once = resolve(file);
    if (!read.has(once)) addContextFile(builder, file);
    read.add(once);
  }
  return builder.build();
}

function addContextFile(builder: ContextBuilder, file: string): void {
  const source = readSource(file);
  if ("problem" in source) {
    const { message, help, place, code } = source.problem;
    const advice = code === "document/too-large" ? TOO_LARGE_HELP : help;
    builder.addFault({ file, message, ...(advice !== undefined && { help: advice }), place });
    return;
  }
  builder.addFile(file, source.text, parseTextWith(file, source.text, parseYaml));
}
