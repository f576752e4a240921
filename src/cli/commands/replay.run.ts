import type { Io } from "../../run/io.ts";
import { type ReplayFlags, runReplay } from "../../run/replay/replay.ts";
import { formatReplay } from "../../run/replay/text.ts";
import { parseOutputs, writeReport, writeText } from "../../run/reports.ts";

export interface ReplayRunFlags extends ReplayFlags {
  format: readonly string[];
  output?: string;
}

/** Runs `countersign replay`. Returns the exit status. */
export async function run(
  paths: readonly string[],
  { format, output, ...flags }: ReplayRunFlags,
  io: Io,
): Promise<number> {
  const outputs = parseOutputs(format, output);
  const needsReport = outputs.some((one) => one.format !== "text");
  const result = await runReplay(paths, flags, { io, needsReport });
  for (const one of outputs) {
    if (one.format !== "text") await writeReport(one, result.checked!, io);
    else if (one.file === undefined) io.stdout(formatReplay(result));
    else writeText(one.file, formatReplay(result));
  }
  return result.status;
}
