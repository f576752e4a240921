import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";
import { parseOutputs, writeReport } from "../../run/reports.ts";
import { runCheck } from "../../run/run.ts";
import type { CheckFlags } from "../../run/types.ts";
import { listInput } from "../repeat-options.ts";
import type { ReportFlags } from "../view.ts";
import { toView } from "../view.ts";

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
  const { checked, status } = await runCheck(paths, flags, io);
  const options = { view: toView({ show, max, quiet }), input: listInput(flags, paths) };
  for (const one of outputs) await writeReport(one, checked, io, options);
  return status;
}
