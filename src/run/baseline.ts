import type { BaselineEntry } from "../config/baseline.ts";
import type { Config } from "../config/config.ts";
import type { ContextFault } from "../context/context.ts";
import { formatCount } from "../diagnostics/text.ts";
import type { CheckOptions } from "../engine/check-files.ts";
import { resolveConfigPaths } from "./config.ts";

/** The baseline of a run. */
export interface RunBaseline {
  mark: NonNullable<CheckOptions["mark"]>;
  /** The warning about entries that no longer match anything, if there are any. */
  describeObsolete(files: readonly string[]): ContextFault | undefined;
}

/** Loads the baseline of a run: the one that the command line names, or else the configuration's. */
export async function loadRunBaseline(
  named: string | false | undefined,
  config: Config | undefined,
  /** Maps the baseline's path to the path it is read from, for a baseline that comes from a commit. */
  readFrom: (file: string) => Promise<string> = async (file) => file,
): Promise<RunBaseline | undefined> {
  const file = named ?? findBaselineFile(config);
  if (file === undefined || file === false) return undefined;
  const { findObsoleteEntries, markKnown, createRelativeNamer, readBaseline } = await import(
    "../config/baseline.ts"
  );
  const { computeFingerprints } = await import("../diagnostics/fingerprint.ts");
  const baseline = await readBaseline(await readFrom(file));
  let left: BaselineEntry[] = [];
  return {
    mark(diagnostics, payloads) {
      const fingerprints = computeFingerprints(diagnostics, { payloads, nameOf: createRelativeNamer(file) });
      left = markKnown(diagnostics, fingerprints, { file, baseline });
    },
    describeObsolete: (files) =>
      createObsoleteWarning(file, findObsoleteEntries(left, file, new Set(files)).length),
  };
}

export const findBaselineFile = (config: Config | undefined): string | undefined =>
  config?.baseline === undefined ? undefined : resolveConfigPaths(config, [config.baseline])[0];

const createObsoleteWarning = (file: string, count: number): ContextFault | undefined =>
  count === 0
    ? undefined
    : {
        file,
        message: `${formatCount(count, "entry", "entries")} of the baseline ${count === 1 ? "is" : "are"} gone`,
        help: "run `countersign baseline` again, so that what was mended fails when it comes back",
        place: { line: 1, column: 1, endLine: 1, endColumn: 1 },
      };
