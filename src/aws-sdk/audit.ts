import { appendPrivateLine, hashPayload } from "../files/audit-file.ts";
import type { GuardVerdict } from "./checker.ts";

/** A request of a client that was checked. */
export interface AuditedRequest {
  operation: string;
  request: unknown;
  region: unknown;
  justification: string | undefined;
}

/** Appends a line about a request, as `countersign exec` does: without its values. */
export function auditRequest(
  file: string,
  { operation, request, region, justification }: AuditedRequest,
  { result: { outcome, diagnostics }, error, problems }: GuardVerdict,
): void {
  appendPrivateLine(file, {
    time: new Date().toISOString(),
    verdict: error ? "stopped" : "sent",
    outcome,
    region: typeof region === "string" ? region : null,
    calls: [{ operation, outcome, payloadSha256: hashReadable(request) }],
    errors: diagnostics.filter(({ status, severity }) => status === "failed" && severity === "error").length,
    undecided: diagnostics.filter(({ status }) => status === "undecided").length,
    codes: [...new Set(diagnostics.map(({ code }) => code))].sort(),
    unreadFacts: problems.length,
    justification: justification ?? null,
  });
}

/** Null for a payload that throws when it is read: its check failed, and it isn't sent. */
function hashReadable(payload: unknown): string | null {
  try {
    return hashPayload(payload);
  } catch {
    return null;
  }
}
