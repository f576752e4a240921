import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";
import type { ReportOutput } from "../../run/reports.ts";
import { parseOutputs } from "../../run/reports.ts";
import { runCheck } from "../../run/run.ts";
import type { CheckFlags } from "../../run/types.ts";
import { openTrend } from "../trend.ts";
import type { ReportFlags } from "../view.ts";
import { writeReports } from "../write-reports.ts";

/** Options of `countersign check` that only it has. */
interface FixFlags {
  /** Apply the safe fixes first. */
  fix?: boolean;
  /** Show what `fix` would change, and change nothing. */
  dryRun?: boolean;
}

/** All options of `countersign check` but those that only the parser knows. */
export type CheckRunFlags = CheckFlags & ReportFlags & FixFlags;

/** Runs `countersign check`. Returns the exit status. */
export async function run(
  paths: readonly string[],
  { format, output, show, max, quiet, trend: file, fix = false, dryRun = false, ...flags }: CheckRunFlags,
  io: Io,
): Promise<number> {
  const outputs = parseOutputs(format, output);
  if (dryRun && !fix) throw new UsageError("`--dry-run` has nothing to show without `--fix`", "give both");
  if (flags.repo) rejectWithRepositories(paths, { ...flags, fix });
  if (fix) {
    const { applyFixes } = await import("../../run/fix/index.ts");
    const { checked, status } = await runCheck(paths, flags, io);
    await applyFixes(checked, { isDryRun: dryRun, io });
    if (dryRun) return status;
  }
  const trend = await openTrend(file);
  const drops = trend || flags.repo ? {} : selectDrops(outputs, show);
  const result = await runCheck(paths, { ...flags, ...drops }, io);
  return writeReports(
    result,
    { flags, paths: flags.repo ?? paths, outputs, view: { show, max, quiet }, trend },
    io,
  );
}

/** What is said of one repository only. */
function rejectWithRepositories(
  paths: readonly string[],
  { live, changedFrom, fix }: CheckFlags & FixFlags,
): void {
  const others = [
    ...(paths.length > 0 ? ["paths"] : []),
    ...(live ? ["`--live`"] : []),
    ...(changedFrom !== undefined ? ["`--changed-from`"] : []),
    ...(fix ? ["`--fix`"] : []),
  ];
  if (others.length > 0)
    throw new UsageError(
      `${others[0]} can't be combined with \`--repo\``,
      "run that in one checkout, or leave it out",
    );
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
