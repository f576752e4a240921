import { createHash } from "node:crypto";
import { appendFileSync, lstatSync } from "node:fs";
import { userInfo } from "node:os";
import { quoted } from "../diagnostics/text.ts";
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

const hashPayload = (payload: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(sortKeys(payload)) ?? "")
    .digest("hex");

function sortKeys(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, member]) => [key, sortKeys(member)]));
}
