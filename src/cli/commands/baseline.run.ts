import {
  BASELINE_FILE,
  canBeInBaseline,
  createRelativeNamer,
  toBaselineEntries,
} from "../../config/baseline.ts";
import { computeFingerprints } from "../../diagnostics/fingerprint.ts";
import { escapeHarmful, formatCount, formatList, formatSafeJson, quoted } from "../../diagnostics/text.ts";
import { MAX_BYTES } from "../../documents/limits.ts";
import { findBaselineFile } from "../../run/baseline.ts";
import { loadRunConfig } from "../../run/config.ts";
import { EXIT } from "../../run/exit-status.ts";
import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";
import { writeText } from "../../run/reports.ts";
import { runCheck } from "../../run/run.ts";
import type { CheckFlags } from "../../run/types.ts";

/** Runs `countersign baseline`: records the current findings as known. */
export async function run(
  paths: readonly string[],
  { output, undecided, ...flags }: CheckFlags & { output?: string; undecided?: boolean },
  io: Io,
): Promise<number> {
  const config = await loadRunConfig(flags.config, flags.now);
  const file = output ?? findBaselineFile(config) ?? BASELINE_FILE;
  const { checked, status } = await runCheck(paths, { ...flags, baseline: false }, io);
  if (status === EXIT.usage || status === EXIT.nothing) {
    for (const { message } of checked.report.diagnostics.filter(({ code }) =>
      NOTHING_CHECKED_CODES.has(code),
    ))
      io.stderr(`error: ${escapeHarmful(message)}\n`);
    return status;
  }
  const { diagnostics } = checked.report;
  const nameOf = createRelativeNamer(file);
  const fingerprints = computeFingerprints(diagnostics, { payloads: checked.payloads, nameOf });
  const findings = toBaselineEntries(diagnostics, fingerprints, { nameOf, undecided });
  const text = `${formatSafeJson({ version: 1, findings })}\n`;
  if (Buffer.byteLength(text) > MAX_BYTES) throw createTooManyError(findings.length);
  writeText(file, text);
  io.stdout(`${quoted(file)} is written: ${formatCount(findings.length, "finding")} known from now on\n`);
  const faulty = diagnostics.filter((found) => found.status === "failed" && !canBeInBaseline(found));
  if (faulty.length > 0) {
    const files = [...new Set(faulty.map((found) => found.file ?? ""))];
    io.stderr(
      `warning: ${formatCount(faulty.length, "fault")} in documents can't be known, and still ${faulty.length === 1 ? "fails" : "fail"}: in ${formatList(files, "and", 5)}\n  = help: behind such a fault a request may go unread; fix it, or waive it with a reason in \`countersign.yaml\`\n`,
    );
  }
  return EXIT.ok;
}

const createTooManyError = (count: number): UsageError =>
  new UsageError(
    `${formatCount(count, "finding")} are more than a baseline takes`,
    "waive the most frequent codes in `countersign.yaml`, or check fewer files at a time, each with its baseline",
  );

const NOTHING_CHECKED_CODES = new Set(["document/no-request", "document/unreadable"]);
