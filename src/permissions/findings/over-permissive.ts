import type { Finding } from "../../diagnostics/diagnostic.ts";
import { harmless, listed, quoted } from "../../diagnostics/text.ts";
import type { Reason } from "../../iam/evaluation/decision.ts";
import type { Statement } from "../../iam/policy.ts";
import type { Verdict } from "../result.ts";
import { nameOfAsked } from "../result.ts";
import { isTrust } from "./denied.ts";
import { reasonText, relatedTo } from "./statement-text.ts";
import { longText } from "./text.ts";

/**
 * Reports statements that allow far more than needed. Conservative: statements with conditions are never
 * reported.
 */
export function broadGrants(verdicts: readonly Verdict[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const verdict of verdicts) {
    for (const reason of grantsOf(verdict)) {
      const what = broadness(reason.statement, verdict);
      const key = `${reasonText(reason)}\n${what}`;
      if (what !== undefined && !findings.has(key)) findings.set(key, findingOf(verdict, reason, what));
    }
  }
  return [...findings.values()];
}

/**
 * The Allow statements to check. A trust policy for everyone is over-permissive whether or not it allows the
 * service.
 */
function grantsOf(verdict: Verdict): readonly Reason[] {
  const { decision, considered, decidedBy } = verdict.decision;
  const reasons = isTrust(verdict) ? considered : decision === "allowed" ? decidedBy : [];
  return reasons.filter(
    ({ policy, statement }) =>
      statement.effect === "Allow" &&
      !statement.isFaulty &&
      statement.conditions.length === 0 &&
      ["identity", "trust", "resource"].includes(policy.kind),
  );
}

/** Describes what is over-permissive about a statement; undefined when nothing is. */
function broadness({ action, resource, principal }: Statement, verdict: Verdict): string | undefined {
  if (isTrust(verdict)) return isAnyone(principal) ? "lets anyone assume the role" : undefined;
  if (isAnyone(principal)) return "lets anyone in";
  if (!resource || resource.isNegated) return undefined;
  const isEverything = resource.values.includes("*");
  if (verdict.action === "iam:PassRole" && (isEverything || resource.values.some(isEveryRole)))
    return "lets every role be passed";
  const all = action.isNegated ? [] : action.values.filter((value) => /^(?:[\w-]+:)?\*$/.test(value));
  return isEverything && all.length > 0 ? `allows ${listed(all, "and")} on \`*\`` : undefined;
}

const isEveryRole = (value: string): boolean => /^arn:[^:]*:iam::[^:]*:role\/\*$/.test(value);

const isAnyone = (principal: Statement["principal"]): boolean =>
  principal !== undefined && !principal.isNegated && principal.aws.includes("*");

function findingOf(verdict: Verdict, reason: Reason, what: string): Finding {
  const { path } = verdict.requirement;
  const who = longText(nameOfAsked(verdict.principal));
  return {
    code: "iam/over-permissive",
    path: path ?? [],
    ...(path === undefined && { at: "operation" as const }),
    message: isTrust(verdict)
      ? `a statement ${what} ${longText(verdict.resource)}: ${reasonText(reason)}`
      : `what ${who} needs is allowed by a statement that ${what}: ${reasonText(reason)}`,
    help: helpOf(verdict, reason.statement),
    related: relatedTo([reason]),
  };
}

function helpOf(verdict: Verdict, { principal }: Statement): string {
  const { principal: asked } = verdict;
  if (isTrust(verdict))
    return "name the service alone as `Principal`, with `aws:SourceArn` and `aws:SourceAccount`";
  if (isAnyone(principal) && !("service" in asked))
    return `name who may, as \`Principal\`: ${harmless(JSON.stringify({ AWS: asked.ownArn }))}`;
  return `name the actions that are needed, such as ${quoted(verdict.action)}, and the resource, ${longText(verdict.resource)}`;
}
