import type { Finding } from "../../diagnostics/diagnostic.ts";
import { escapeHarmful, formatList, quoted } from "../../diagnostics/text.ts";
import type { Reason } from "../../iam/evaluation/decision.ts";
import type { Statement } from "../../iam/policy.ts";
import type { PermissionDecision } from "../result.ts";
import { principalNameOf } from "../result.ts";
import { isTrustDecision } from "./denied.ts";
import { formatStatementReference, relatedFromReasons } from "./statement-text.ts";
import { quoteLong } from "./text.ts";

/**
 * Reports statements that allow far more than needed. Conservative: statements with conditions are never
 * reported.
 */
export function describeOverPermissive(verdicts: readonly PermissionDecision[]): Finding[] {
  const findings = new Map<string, Finding>();
  // What an operation needs whose permissions nobody describes can't tell what is too much.
  for (const verdict of verdicts.filter(({ requirement }) => !requirement.isByName)) {
    for (const reason of findGrants(verdict)) {
      const what = describeExcess(reason.statement, verdict);
      const key = `${formatStatementReference(reason)}\n${what}`;
      if (what !== undefined && !findings.has(key))
        findings.set(key, createOverPermissiveFinding(verdict, reason, what));
    }
  }
  return [...findings.values()];
}

/**
 * The Allow statements to check. A trust policy for everyone is over-permissive whether or not it allows the
 * service.
 */
function findGrants(verdict: PermissionDecision): readonly Reason[] {
  const { decision, considered, decidedBy } = verdict.decision;
  const reasons = isTrustDecision(verdict) ? considered : decision === "allowed" ? decidedBy : [];
  return reasons.filter(
    ({ policy, statement }) =>
      statement.effect === "Allow" &&
      !statement.isFaulty &&
      statement.conditions.length === 0 &&
      ["identity", "trust", "resource"].includes(policy.kind),
  );
}

/** Describes what is over-permissive about a statement; undefined when nothing is. */
function describeExcess(
  { action, resource, principal }: Statement,
  verdict: PermissionDecision,
): string | undefined {
  if (isTrustDecision(verdict)) return isAnyone(principal) ? "lets anyone assume the role" : undefined;
  if (isAnyone(principal)) return "lets anyone in";
  if (!resource || resource.isNegated) return undefined;
  const isEverything = resource.values.includes("*");
  if (verdict.action === "iam:PassRole" && (isEverything || resource.values.some(isEveryRole)))
    return "lets every role be passed";
  const all = action.isNegated ? [] : action.values.filter((value) => /^(?:[\w-]+:)?\*$/.test(value));
  return isEverything && all.length > 0 ? `allows ${formatList(all, "and")} on \`*\`` : undefined;
}

const isEveryRole = (value: string): boolean => /^arn:[^:]*:iam::[^:]*:role\/\*$/.test(value);

const isAnyone = (principal: Statement["principal"]): boolean =>
  principal !== undefined && !principal.isNegated && principal.aws.includes("*");

function createOverPermissiveFinding(verdict: PermissionDecision, reason: Reason, what: string): Finding {
  const { path } = verdict.requirement;
  const who = quoteLong(principalNameOf(verdict.principal));
  return {
    code: "iam/over-permissive",
    path: path ?? [],
    ...(path === undefined && { at: "operation" as const }),
    message: isTrustDecision(verdict)
      ? `a statement ${what} ${quoteLong(verdict.resource)}: ${formatStatementReference(reason)}`
      : `what ${who} needs is allowed by a statement that ${what}: ${formatStatementReference(reason)}`,
    help: suggestNarrowing(verdict, reason.statement),
    related: relatedFromReasons([reason]),
  };
}

function suggestNarrowing(verdict: PermissionDecision, { principal }: Statement): string {
  const { principal: asked } = verdict;
  if (isTrustDecision(verdict))
    return "name the service alone as `Principal`, with `aws:SourceArn` and `aws:SourceAccount`";
  if (isAnyone(principal) && !("service" in asked))
    return `name who may, as \`Principal\`: ${escapeHarmful(JSON.stringify({ AWS: asked.ownArn }))}`;
  return `name the actions that are needed, such as ${quoted(verdict.action)}, and the resource, ${quoteLong(verdict.resource)}`;
}
