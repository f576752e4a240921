import { STDIN } from "../check.ts";
import type { Config } from "../config/config.ts";
import { operationsByFile } from "../config/operations.ts";
import { waiversOf } from "../config/waivers.ts";
import type { Entry } from "../documents/walk.ts";
import { entriesOf } from "../documents/walk.ts";
import type { FileOptions } from "../file-check.ts";
import { fromConfig } from "./config.ts";

/** The working directory, and the files that the configuration names, wherever they are. */
export const defaultPaths = (config: Config | undefined): string[] =>
  config
    ? [
        ".",
        ...fromConfig(
          config,
          config.requests.map(({ files }) => files),
        ),
      ]
    : ["."];

/** What the configuration says of each file and of each finding. */
export async function byConfig(
  config: Config | undefined,
): Promise<Pick<FileOptions, "operationOf" | "waiverOf"> & { unused: () => number[] }> {
  if (!config) return { unused: () => [] };
  const operationOf = await operationsByFile(config);
  if (config.waivers.length === 0) return { operationOf, unused: () => [] };
  const waivers = await waiversOf(config);
  return { operationOf, waiverOf: waivers.of, unused: waivers.unused };
}

interface Entries {
  entries: Entry[];
  /** Arguments that led to no file at all. */
  empty: string[];
}

/** Each file once, in the order of the arguments. */
export async function allEntries(paths: readonly string[]): Promise<Entries> {
  const entries = new Map<string, Entry>();
  const empty: string[] = [];
  for (const path of paths) {
    const found = path === STDIN ? [{ file: path, named: true }] : await entriesOf(path);
    if (found.length === 0) empty.push(path);
    for (const entry of found) if (entry.named || !entries.has(entry.file)) entries.set(entry.file, entry);
  }
  return { entries: [...entries.values()], empty };
}
