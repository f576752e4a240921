import { escapeHarmful, quoted } from "../diagnostics/text.ts";
import type { CheckOptions } from "../engine/check-files.ts";
import { checkFilesLive } from "../engine/check-live.ts";
import type { Engine } from "../engine/engine.ts";
import type { CheckedFiles } from "../engine/report/build-report.ts";
import type { FileEntry } from "../files/walk.ts";
import type { FailedPrincipal } from "../iam/aws/index.ts";
import { openLiveClient } from "../iam/aws/index.ts";
import type { Io } from "./io.ts";

/**
 * Runs `countersign check --live`. Failure to reach AWS is only a warning: everything else is still reported.
 */
export async function checkLive(
  entries: readonly FileEntry[],
  engine: Engine,
  { options, io }: { options: CheckOptions; io: Io },
): Promise<CheckedFiles> {
  const live = await openLiveClient();
  try {
    const checked = await checkFilesLive(entries, engine, { options, live });
    warnAboutFailures(checked.unread, "could not be read from AWS", io);
    warnAboutFailures(checked.uncompared, "was not compared with AWS's verdict", io);
    return checked;
  } finally {
    live.close();
  }
}

/**
 * Prints one warning per distinct reason, since many principals often share one, such as missing credentials.
 */
function warnAboutFailures(failed: readonly FailedPrincipal[], what: string, io: Io): void {
  const byReason = new Map<string, { problem: FailedPrincipal["problem"]; arns: Set<string> }>();
  for (const { arn, problem } of failed) {
    const known = byReason.get(problem.message) ?? { problem, arns: new Set() };
    byReason.set(problem.message, known);
    known.arns.add(arn);
  }
  for (const { problem, arns } of byReason.values()) {
    const [first = "", ...rest] = arns;
    const more = rest.length > 0 ? ` and ${rest.length} more` : "";
    io.stderr(
      `warning: ${quoted(first, 200)}${more} ${what}: ${escapeHarmful(problem.message)}\n  = help: ${escapeHarmful(problem.help)}\n`,
    );
  }
}
