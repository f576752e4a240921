import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";
import type { ReportOutput } from "../../run/reports.ts";
import { parseOutputs, writeReport } from "../../run/reports.ts";
import { runCheck } from "../../run/run.ts";
import type { CheckFlags } from "../../run/types.ts";
import { repeatOptions } from "../repeat-options.ts";

/** Output options of `countersign check`. */
interface ReportFlags {
  format: readonly string[];
  output?: string;
  show?: "all" | "findings" | "undecided" | "none";
  max?: number;
  quiet?: boolean;
  /** Apply the safe fixes first. */
  fix?: boolean;
  /** Show what `fix` would change, and change nothing. */
  dryRun?: boolean;
}

/** All options of `countersign check` but those that only the parser knows. */
export type CheckRunFlags = CheckFlags & ReportFlags;

/** Runs `countersign check`. Returns the exit status. */
export async function run(
  paths: readonly string[],
  { format, output, show, max, quiet, fix = false, dryRun = false, ...flags }: CheckRunFlags,
  io: Io,
): Promise<number> {
  const outputs = parseOutputs(format, output);
  if (dryRun && !fix) throw new UsageError("`--dry-run` has nothing to show without `--fix`", "give both");
  if (fix) {
    const { applyFixes } = await import("../../run/fix/index.ts");
    const { checked, status } = await runCheck(paths, flags, io);
    await applyFixes(checked, { isDryRun: dryRun, io });
    if (dryRun) return status;
  }
  const { checked, status } = await runCheck(paths, { ...flags, ...selectDrops(outputs, show) }, io);
  const view = {
    ...(show !== undefined && { show }),
    ...(max !== undefined && { max }),
    ...(quiet !== undefined && { quiet }),
  };
  // A hook names every file of a commit, most of which hold no request: a person runs it over the repository.
  const input = [...repeatOptions(flags), ...(flags.skipUnrelated ? [] : paths)];
  for (const one of outputs) await writeReport(one, checked, io, { view, input });
  return status;
}

/** Formats that show checks which wait for facts only as a sum. */
const SUMMING = new Set(["text", "concise"]);
/** Formats that identify findings by their payloads, or draw requests. */
const FORMATS_WITH_PAYLOADS = new Set(["sarif", "gitlab", "rdjsonl", "html"]);

/** What no format shows. */
function selectDrops(outputs: readonly ReportOutput[], show: ReportFlags["show"]): Pick<CheckFlags, "drops"> {
  const isSummed = show === undefined || show === "findings" || show === "none";
  if (isSummed && outputs.every(({ format }) => SUMMING.has(format))) return { drops: "undecided" };
  return outputs.some(({ format }) => FORMATS_WITH_PAYLOADS.has(format)) ? {} : { drops: "payloads" };
}
