import { escapeHarmful, formatCount, formatSafeJson, quoted } from "../../../diagnostics/text.ts";
import type { FetchResult } from "../../../iam/aws/index.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { writeText } from "../../../run/reports.ts";

export interface FetchFlags {
  out?: string;
}

/**
 * Runs `countersign iam fetch`: reads principals and their policies, and writes them in the form of `aws iam
 * get-account-authorization-details`. If anything can't be read, nothing is written, because an incomplete
 * file would look complete.
 */
export async function run(arns: readonly string[], { out = "-" }: FetchFlags, io: Io): Promise<number> {
  const { details, failed } = await fetchDetails(arns);
  for (const { arn, problem } of failed) {
    const about = problem.message.includes(arn) ? "" : `${quoted(arn, 200)}: `;
    io.stderr(`error: ${about}${escapeHarmful(problem.message)}\n  help: ${escapeHarmful(problem.help)}\n`);
  }
  if (failed.length > 0) {
    io.stderr(
      `nothing was written: ${failed.length} of ${formatCount(arns.length, "principal")} could not be read\n`,
    );
    return EXIT.usage;
  }
  const text = `${formatSafeJson(details)}\n`;
  if (out === "-") io.stdout(text);
  else writeText(out, text);
  return EXIT.ok;
}

async function fetchDetails(arns: readonly string[]): Promise<FetchResult> {
  const { openLiveClient } = await import("../../../iam/aws/index.ts");
  const live = await openLiveClient();
  try {
    return await live.fetch([...new Set(arns)]);
  } finally {
    live.close();
  }
}
