import type { Io } from "../../run/io.ts";
import { parseOutputs } from "../../run/reports.ts";
import { mergeParts } from "../../run/shards/merge-parts.ts";
import type { CheckFlags } from "../../run/types.ts";
import { openTrend } from "../trend.ts";
import type { ReportFlags } from "../view.ts";
import { writeReports } from "../write-reports.ts";

/** Runs `countersign merge`. Returns the exit status. */
export async function run(
  parts: readonly string[],
  { format = ["text"], output, show, max, quiet, trend: file, ...given }: Partial<CheckFlags & ReportFlags>,
  io: Io,
): Promise<number> {
  const outputs = parseOutputs(format, output);
  const trend = await openTrend(file);
  const { flags, paths, ...result } = await mergeParts(parts, given, io);
  return writeReports(result, { flags, paths, outputs, view: { show, max, quiet }, trend }, io);
}
