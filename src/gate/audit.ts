import { createHash } from "node:crypto";
import { appendFileSync, lstatSync } from "node:fs";
import { userInfo } from "node:os";
import { compareByCodeUnit } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import { toPrintable } from "../documents/printable.ts";
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
      payloadSha256: hashPayload(payloadOf(request)),
    })),
    errors: summary.errors,
    undecided: summary.undecided,
    codes: [...new Set(diagnostics.map(({ code }) => code))].sort(),
    facts: asOf,
    justification: justification ?? null,
  };
  try {
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new UsageError(`the audit file ${quoted(file)} is a link`, "name the file itself");
    appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `the audit file ${quoted(file)} can't be written: ${(error as NodeJS.ErrnoException).code}`,
      "check its directory; without the line the command doesn't run",
    );
  }
}

/** The same for members in any order. */
const hashPayload = (payload: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(toPrintable(payload), sortMembers) ?? "")
    .digest("hex");

const sortMembers = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareByCodeUnit(a, b)))
    : value;
