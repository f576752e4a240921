import { userInfo } from "node:os";
import { toPrintable } from "../documents/printable.ts";
import { AuditFileError, appendPrivateLine, hashPayload } from "../files/audit-file.ts";
import { UsageError } from "../run/io.ts";
import type { CheckedCommand } from "./check-command.ts";

/** What became of a command. */
export type AuditVerdict = "ran" | "stopped";

/**
 * Appends a line of JSON about a command to a file that only its owner may read. It holds no values of arguments: the
 * payload is there as a hash.
 */
export function writeAudit(
  file: string,
  { checked: { report, payloadOf }, place }: CheckedCommand,
  { verdict, justification, now }: { verdict: AuditVerdict; justification: string | undefined; now: Date },
): void {
  const { outcome, summary, requests, diagnostics, asOf = [] } = report;
  const line = {
    time: now.toISOString(),
    user: userInfo().username,
    verdict,
    outcome,
    account: place.account ?? null,
    region: place.region ?? null,
    calls: requests.map((request) => ({
      operation: request.operation,
      outcome: request.outcome,
      payloadSha256: hashPayload(toPrintable(payloadOf(request))),
    })),
    errors: summary.errors,
    undecided: summary.undecided,
    codes: [...new Set(diagnostics.map(({ code }) => code))].sort(),
    facts: asOf,
    justification: justification ?? null,
  };
  try {
    appendPrivateLine(file, line);
  } catch (error) {
    if (!(error instanceof AuditFileError)) throw error;
    throw new UsageError(error.message, error.help);
  }
}
