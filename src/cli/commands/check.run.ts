import type { Io } from "../../run/io.ts";
import { parseOutputs, writeReport } from "../../run/reports.ts";
import { runCheck } from "../../run/run.ts";
import type { CheckFlags } from "../../run/types.ts";

/** Output options of `countersign check`. */
interface ReportFlags {
  format: readonly string[];
  output?: string;
  show?: "all" | "findings" | "undecided" | "none";
  max?: number;
  quiet?: boolean;
}

/** Runs `countersign check`. Returns the exit status. */
export async function run(
  paths: readonly string[],
  { format, output, show, max, quiet, ...flags }: CheckFlags & ReportFlags,
  io: Io,
): Promise<number> {
  const outputs = parseOutputs(format, output);
  const { checked, status } = await runCheck(paths, flags, io);
  const view = {
    ...(show !== undefined && { show }),
    ...(max !== undefined && { max }),
    ...(quiet !== undefined && { quiet }),
  };
  for (const one of outputs) await writeReport(one, checked, io, { view, paths });
  return status;
}
