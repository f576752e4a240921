import { statSync } from "node:fs";
import type { ReplayReport } from "../../diagnostics/replay-report.ts";
import { loadRulesAndPolicies } from "../../engine/load-dependencies.ts";
import { PastChecks } from "../../engine/trail/past-checks.ts";
import { RecentIds } from "../../engine/trail/recent-ids.ts";
import { loadRunConfig, resolveFailurePolicy } from "../config.ts";
import type { EngineFlags } from "../engine-options.ts";
import { createRunEngine } from "../engine-options.ts";
import { formatWarning } from "../errors.ts";
import { EXIT } from "../exit-status.ts";
import { loadFileSettings } from "../inputs.ts";
import type { Io } from "../io.ts";
import type { RunCheckResult } from "../types.ts";
import { ReportedReplay } from "./checked-files.ts";
import { listTrailFiles, type TrailFile } from "./list-files.ts";
import type { TrailReader } from "./reader.ts";
import { StreamedReplay } from "./stream.ts";
import { ReplayTally } from "./tally.ts";

export interface ReplayFlags extends EngineFlags {
  config?: string | false;
  failOn?: "error" | "warning";
  strict?: boolean;
  allowEmpty?: boolean;
  /** Check records of reads, too. */
  includeReads?: boolean;
}

export interface ReplayResult {
  replay: ReplayReport;
  tally: ReplayTally;
  reader: TrailReader;
  /** Present if a report was asked for. */
  checked?: RunCheckResult;
  status: number;
}

/**
 * Checks the calls that trails recorded. Without a report, records are checked as they stream by and none is kept; a report has a row
 * for each call.
 */
export async function runReplay(
  paths: readonly string[],
  flags: ReplayFlags,
  { io, needsReport }: { io: Io; needsReport: boolean },
): Promise<ReplayResult> {
  const config = await loadRunConfig(flags.config, flags.now);
  const { engine, warnings } = await createRunEngine(flags, config);
  for (const warning of warnings) io.stderr(formatWarning(warning));
  const events = new RecentIds();
  const past = new PastChecks({ hasPolicies: engine.context.iam.length > 0 });
  Object.assign(engine, { context: engine.context.withoutFacts(), seenEvents: events, past });
  engine.includesReads = flags.includeReads === true;
  await loadRulesAndPolicies(engine);
  const { waiverOf } = await loadFileSettings(config);
  const options = { ...resolveFailurePolicy(flags, config), ...(waiverOf && { waiverOf }) };
  const tally = new ReplayTally();
  const reported = needsReport || waiverOf ? new ReportedReplay(engine, options, tally) : undefined;
  const reader = reported ?? new StreamedReplay(engine, options, tally);
  const files = await listTrailFiles(paths, io.stdin);
  await readFiles(files, reader, io);
  const replay = {
    files: files.length,
    records: reader.counts.records,
    reads: engine.includesReads ? 0 : reader.counts.reads,
    repeated: events.repeated,
    leftOut: past.leftOut,
    ...tally.toReport(),
  };
  const checked = needsReport ? reported?.buildReport(replay) : undefined;
  return { replay, tally, reader, ...(checked && { checked }), status: toStatus(reader, tally, flags) };
}

async function readFiles(files: readonly TrailFile[], reader: TrailReader, { progress }: Io): Promise<void> {
  const total = progress ? files.reduce((sum, { file }) => sum + getFileSize(file), 0) : 0;
  let done = 0;
  for (const file of files)
    await reader.read(file, (bytes) => {
      done += bytes;
      // Standard input has no size: the bar would be at its end.
      if (done < total) progress?.(done, total);
    });
  progress?.(total, total);
}

function getFileSize(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

function toStatus(
  { isMissing, counts, problemCount, emptyFiles }: TrailReader,
  tally: ReplayTally,
  flags: ReplayFlags,
): number {
  if (isMissing) return EXIT.usage;
  if (tally.outcome === "fail" || problemCount > 0) return EXIT.failed;
  if (flags.allowEmpty) return EXIT.ok;
  if (counts.records === 0) return EXIT.nothing;
  // A mistyped path must not look like a pass.
  return emptyFiles.length > 0 ? EXIT.failed : EXIT.ok;
}
