import { EXIT } from "../run/exit-status.ts";
import type { Io } from "../run/io.ts";
import { type ReportOutput, writeReport } from "../run/reports.ts";
import type { Trend } from "../run/trend.ts";
import type { CheckFlags, RunResult } from "../run/types.ts";
import { listInput } from "./repeat-options.ts";
import type { ViewFlags } from "./view.ts";
import { toView } from "./view.ts";

/** How the result of a run is reported. */
interface ReportRun {
  flags: CheckFlags;
  paths: readonly string[];
  outputs: readonly ReportOutput[];
  view: { [Name in keyof ViewFlags]: ViewFlags[Name] | undefined };
  trend: Trend | undefined;
}

/** Adds the result to the trend, if it is one of a run that checked something, and writes all reports. */
export async function writeReports(
  { checked, status }: RunResult,
  { flags, paths, outputs, view, trend }: ReportRun,
  io: Io,
): Promise<number> {
  if (status === EXIT.ok || status === EXIT.failed) trend?.add(checked.report, flags.now ?? new Date());
  const options = {
    view: toView(view),
    input: listInput(flags, paths),
    ...(trend && { trend: trend.records }),
  };
  for (const one of outputs) await writeReport(one, checked, io, options);
  return status;
}
