import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { UNREAD } from "../../diagnostics/missing.ts";
import type { Report } from "../../diagnostics/report.ts";
import { escapeHarmful, formatCount } from "../../diagnostics/text.ts";
import type { HookClient } from "./tool-call.ts";

/** What the hook says of a call: undefined if it has nothing to object, which leaves the decision to the client. */
export interface HookDecision {
  decision: "deny" | "ask";
  reason: string;
}

const JUSTIFIES_ITSELF = /#\s*countersign:/;

/** Findings that a reason names; more don't help anybody. */
const MOST = 10;

/** Decides about a command by what its check found. */
export function decideCall(
  { outcome, diagnostics, summary }: Report,
  command: string,
): HookDecision | undefined {
  const failed = diagnostics.filter(({ status, severity }) => status === "failed" && severity !== "info");
  const undecided = diagnostics.filter(({ status }) => status === "undecided");
  if (outcome === "fail")
    return {
      decision: "deny",
      reason: formatReason("this AWS call was stopped by its check", failed.length > 0 ? failed : undecided),
    };
  if (undecided.length > 0) return { decision: "ask", reason: formatUndecided(undecided) };
  if (failed.length > 0)
    return { decision: "ask", reason: formatReason("the check of this AWS call warns", failed) };
  if (JUSTIFIES_ITSELF.test(command) && summary.requests > 0)
    return {
      decision: "ask",
      reason: "countersign: the command brings its own justification: a person decides whether it holds",
    };
  return undefined;
}

export const pickHarsher = (
  a: HookDecision | undefined,
  b: HookDecision | undefined,
): HookDecision | undefined => (b?.decision === "deny" && a?.decision !== "deny" ? b : (a ?? b));

const formatReason = (head: string, found: readonly Diagnostic[]): string =>
  [
    `countersign: ${head}:`,
    ...found.slice(0, MOST).map(formatFinding),
    ...(found.length > MOST ? [`and ${formatCount(found.length - MOST, "more finding")}`] : []),
  ].join("\n");

const formatFinding = ({ severity, status, code, message, help }: Diagnostic): string =>
  escapeHarmful(
    `${status === "undecided" ? status : severity}[${code}] ${message}${help === undefined ? "" : ` (${help})`}`,
  );

/** Undecided checks are many and alike: what is missing counts. */
function formatUndecided(undecided: readonly Diagnostic[]): string {
  const unread = undecided.filter(({ code }) => code === UNREAD);
  if (unread.length > 0) return formatReason("a call can't be read", unread);
  const names = new Set(undecided.flatMap(({ missing = [] }) => missing.map(({ name }) => name)));
  const waits = names.size > 0 ? `; missing: ${[...names].slice(0, MOST).join(", ")}` : "";
  const codes = [...new Set(undecided.map(({ code }) => code))].slice(0, MOST).join(", ");
  return escapeHarmful(
    `countersign: ${formatCount(undecided.length, "check")} of this AWS call can't be decided (${codes})${waits}`,
  );
}

/** The answer in the shape that a client reads. Where it has no way to ask a person, it denies. */
export function formatAnswer({ decision, reason }: HookDecision, client: HookClient): string {
  return `${JSON.stringify(SHAPES[client](decision, reason))}\n`;
}

type Shape = (decision: HookDecision["decision"], reason: string) => object;

const SHAPES: Readonly<Record<HookClient, Shape>> = {
  "claude-code": (decision, reason) => toHookOutput(decision, reason),
  codex: (_decision, reason) => toHookOutput("deny", reason),
  gemini: (_decision, reason) => ({ decision: "deny", reason }),
  cursor: (decision, reason) => ({ permission: decision, user_message: reason, agent_message: reason }),
};

const toHookOutput: Shape = (permissionDecision, permissionDecisionReason) => ({
  hookSpecificOutput: { hookEventName: "PreToolUse", permissionDecision, permissionDecisionReason },
});
