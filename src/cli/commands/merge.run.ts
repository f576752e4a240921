import type { Io } from "../../run/io.ts";
import { parseOutputs, writeReport } from "../../run/reports.ts";
import { mergeParts } from "../../run/shards/merge-parts.ts";
import type { CheckFlags } from "../../run/types.ts";
import { listInput } from "../repeat-options.ts";
import type { ReportFlags } from "../view.ts";
import { toView } from "../view.ts";

/** Runs `countersign merge`. Returns the exit status. */
export async function run(
  parts: readonly string[],
  { format = ["text"], output, show, max, quiet, ...given }: Partial<CheckFlags & ReportFlags>,
  io: Io,
): Promise<number> {
  const outputs = parseOutputs(format, output);
  const { checked, status, flags, paths } = await mergeParts(parts, given, io);
  const options = { view: toView({ show, max, quiet }), input: listInput(flags, paths) };
  for (const one of outputs) await writeReport(one, checked, io, options);
  return status;
}
