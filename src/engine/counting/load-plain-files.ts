import type { Engine } from "../engine.ts";
import type { FileCheckOptions } from "../report/checked-file.ts";
import type { PlainFiles } from "./plain-files.ts";

/** What checks most files of a run that counts. Findings that a waiver may concern aren't counted. */
export async function loadPlainFiles(
  engine: Engine,
  options: FileCheckOptions,
): Promise<PlainFiles | undefined> {
  const { counter, waiverOf } = options;
  if (!counter || waiverOf) return undefined;
  const { PlainFiles } = await import("./plain-files.ts");
  return new PlainFiles(engine, counter, options);
}
