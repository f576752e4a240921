import { resolve } from "node:path";
import { quoted } from "../diagnostics/text.ts";
import { parseText } from "../documents/parse.ts";
import { readSource } from "../documents/source.ts";
import { entriesOf } from "../documents/walk.ts";
import type { ContextRead } from "./builder.ts";
import { ContextBuilder, TOO_LARGE } from "./builder.ts";
import { contextSchemas } from "./schemas.ts";
import { ContextStore } from "./store.ts";

/**
 * Reads context files; a directory stands for every JSON and YAML file below it. Throws `ContextError` with
 * every fault of all of them.
 */
export async function readContext(paths: readonly string[]): Promise<ContextRead> {
  if (paths.length === 0) return { store: new ContextStore(), warnings: [] };
  const builder = new ContextBuilder(await contextSchemas());
  const read = new Set<string>();
  for (const path of paths) {
    const entries = await entriesOf(path);
    if (entries.length === 0) builder.warn(nothingAt(path));
    for (const { file } of entries) {
      const once = resolve(file);
      if (!read.has(once)) await readInto(builder, file);
      read.add(once);
    }
  }
  return builder.finish();
}

async function readInto(builder: ContextBuilder, file: string): Promise<void> {
  const source = readSource(file);
  if ("problem" in source) {
    const { message, help, place, code } = source.problem;
    const advice = code === "document/too-large" ? TOO_LARGE : help;
    builder.fault({ file, message, ...(advice !== undefined && { help: advice }), place });
    return;
  }
  builder.add(file, source.text, await parseText(file, source.text));
}

const nothingAt = (path: string) => ({
  file: path,
  message: `there is no context in ${quoted(path, 200)}`,
  help: "files of context are named `*.json`, `*.yaml` or `*.yml`",
  place: { line: 1, column: 1, endLine: 1, endColumn: 1 },
});
