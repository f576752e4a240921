import { resolve } from "node:path";
import { parseWith } from "../../documents/parse.ts";
import { parseYaml } from "../../documents/yaml/yaml.ts";
import { readSource } from "../../files/source.ts";
import type { ContextFault } from "../context.ts";
import type { ContextRead } from "./builder.ts";
import { ContextBuilder, TOO_LARGE } from "./builder.ts";
import type { ContextSchemas } from "./schemas.ts";

/** Reads context files, each once. Throws `ContextError` with every fault of all of them. */
export function readContextFiles(
  files: readonly string[],
  schemas: ContextSchemas,
  warnings: readonly ContextFault[] = [],
): ContextRead {
  const builder = new ContextBuilder(schemas);
  for (const warning of warnings) builder.warn(warning);
  const read = new Set<string>();
  for (const file of files) {
    const once = resolve(file);
    if (!read.has(once)) readInto(builder, file);
    read.add(once);
  }
  return builder.finish();
}

function readInto(builder: ContextBuilder, file: string): void {
  const source = readSource(file);
  if ("problem" in source) {
    const { message, help, place, code } = source.problem;
    const advice = code === "document/too-large" ? TOO_LARGE : help;
    builder.fault({ file, message, ...(advice !== undefined && { help: advice }), place });
    return;
  }
  builder.add(file, source.text, parseWith(file, source.text, parseYaml));
}
