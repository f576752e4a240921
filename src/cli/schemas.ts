import { statSync } from "node:fs";
import { quoted } from "../diagnostics/text.ts";
import { builtinSchemas } from "../schema/builtin.ts";
import type { SchemaStore } from "../schema/store.ts";
import { stacked } from "../schema/store.ts";
import { UsageError } from "./io.ts";

/** The schemas that ship and those of `--schemas`; a user's own schema of an operation comes first. */
export async function schemasOf(directories: readonly string[]): Promise<SchemaStore> {
  if (directories.length === 0) return builtinSchemas;
  for (const directory of directories) {
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) continue;
    throw new UsageError(
      `${quoted(directory)} is not a directory`,
      "name the directory that `countersign schema generate --out` wrote",
    );
  }
  const { directoryStore } = await import("../schema/directory.ts");
  return stacked([...directories.map(directoryStore), builtinSchemas]);
}
