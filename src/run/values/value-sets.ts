import { readValues } from "../../config/values.ts";
import type { GivenValue, GivenValues } from "../../documents/given-values.ts";
import type { ValueFile } from "./value-options.ts";

/** Values that one check is made with. */
export interface ValueSet {
  /** Undefined for the only set of a run without names. */
  name: string | undefined;
  values: GivenValues;
}

/**
 * Reads the sets of values of a run. Files without a name are merged, the later wins, and belong to every set. Throws a
 * `ConfigError`.
 */
export async function loadValueSets(
  files: readonly ValueFile[],
  /** Maps a path to the path that is read, for files that come from a commit. */
  readFrom: (file: string) => Promise<string> = async (file) => file,
): Promise<ValueSet[]> {
  const common = new Map<string, GivenValue>();
  const named = new Map<string, Map<string, GivenValue>>();
  for (const { name, file } of files) {
    const read = await readValues(await readFrom(file));
    const into = name === undefined ? common : (named.get(name) ?? new Map<string, GivenValue>());
    for (const [key, value] of read) into.set(key, value);
    if (name !== undefined) named.set(name, into);
  }
  if (named.size === 0) return files.length > 0 ? [{ name: undefined, values: common }] : [];
  return [...named].map(([name, own]) => ({ name, values: new Map([...common, ...own]) }));
}
