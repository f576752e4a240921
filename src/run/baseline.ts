import type { BaselineEntry } from "../config/baseline.ts";
import type { Config } from "../config/config.ts";
import type { ContextFault } from "../context/context.ts";
import { counted } from "../diagnostics/text.ts";
import type { CheckOptions } from "../engine/check-files.ts";
import { fromConfig } from "./config.ts";

/** The baseline of a run. */
export interface Known {
  mark: NonNullable<CheckOptions["mark"]>;
  /** The warning about entries that no longer match anything, if there are any. */
  gone(files: readonly string[]): ContextFault | undefined;
}

/** Loads the baseline of a run: the one that the command line names, or else the configuration's. */
export async function knownBy(
  named: string | false | undefined,
  config: Config | undefined,
  /** Maps the baseline's path to the path it is read from, for a baseline that comes from a commit. */
  readFrom: (file: string) => Promise<string> = async (file) => file,
): Promise<Known | undefined> {
  const file = named ?? baselineIn(config);
  if (file === undefined || file === false) return undefined;
  const { goneOf, markKnown, namesFrom, readBaseline } = await import("../config/baseline.ts");
  const { fingerprintsOf } = await import("../diagnostics/fingerprint.ts");
  const baseline = await readBaseline(await readFrom(file));
  let left: BaselineEntry[] = [];
  return {
    mark(diagnostics, payloads) {
      const fingerprints = fingerprintsOf(diagnostics, { payloads, nameOf: namesFrom(file) });
      left = markKnown(diagnostics, fingerprints, { file, baseline });
    },
    gone: (files) => goneFault(file, goneOf(left, file, new Set(files)).length),
  };
}

export const baselineIn = (config: Config | undefined): string | undefined =>
  config?.baseline === undefined ? undefined : fromConfig(config, [config.baseline])[0];

const goneFault = (file: string, count: number): ContextFault | undefined =>
  count === 0
    ? undefined
    : {
        file,
        message: `${counted(count, "entry", "entries")} of the baseline ${count === 1 ? "is" : "are"} gone`,
        help: "run `countersign baseline` again, so that what was mended fails when it comes back",
        place: { line: 1, column: 1, endLine: 1, endColumn: 1 },
      };
