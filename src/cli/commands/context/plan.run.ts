import { collectNeeds, hasNeeds } from "../../../gather/needs.ts";
import { planReadings } from "../../../gather/readings.ts";
import { formatPlan } from "../../../gather/script.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { runCheck } from "../../../run/run.ts";
import type { CheckFlags } from "../../../run/types.ts";

/** Runs `countersign context plan`: prints the commands that print what undecided checks lack. */
export async function run(paths: readonly string[], flags: CheckFlags, io: Io): Promise<number> {
  const { checked } = await runCheck(paths, { ...flags, allowEmpty: true }, io);
  const needs = collectNeeds(checked);
  const groups = planReadings(needs);
  if (!hasNeeds(needs)) io.stderr("note: no check waits for a fact that AWS prints\n");
  io.stdout(formatPlan(groups, needs));
  return EXIT.ok;
}
