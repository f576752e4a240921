import { resolve } from "node:path";
import { MAX_CONTEXT_BYTES } from "../../documents/limits.ts";
import { readSource } from "../../files/source.ts";
import type { ContextBuilder } from "./builder.ts";
import { TOO_LARGE_HELP } from "./builder.ts";

/** The texts of context files, each file once. One that can't be read is a fault of the builder's. */
export function* readContextTexts(
  files: readonly string[],
  builder: ContextBuilder,
): Generator<{ file: string; text: string }> {
  const read = new Set<string>();
  for (const file of files) {
    const path = resolve(file);
    if (read.has(path)) continue;
    read.add(path);
    const source = readSource(file, undefined, MAX_CONTEXT_BYTES);
    if ("text" in source) {
      yield { file, text: source.text };
      continue;
    }
    const { message, help, place, code } = source.problem;
    const advice = code === "document/too-large" ? TOO_LARGE_HELP : help;
    builder.addFault({ file, message, ...(advice !== undefined && { help: advice }), place });
  }
}
