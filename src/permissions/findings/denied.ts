import type { Finding } from "../../diagnostics/diagnostic.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { PermissionDecision } from "../result.ts";
import { principalNameOf } from "../result.ts";
import { describeLackingLayers, findLayerNearMiss, policyHolderOf } from "./missing-allow.ts";
import { suggestGrants } from "./remediation.ts";
import { formatStatementReferences, relatedFromReasons } from "./statement-text.ts";
import { joinWithAnd, quoteLong } from "./text.ts";

/** Decisions that are reported together: of one principal, for one reason. */
interface DenialGroup {
  code: string;
  why: string;
  first: PermissionDecision;
  actions: Set<string>;
  resources: Set<string>;
}

/** Reports denials, with one finding for each reason. */
export function describeDenials(verdicts: readonly PermissionDecision[]): Finding[] {
  const byResource = groupDenials(verdicts, (verdict) => verdict.resource);
  // Resources on which the same actions are denied share a finding.
  const merged = new Map<string, DenialGroup>();
  for (const group of byResource) {
    const key = [serializeGroup(group), ...group.actions].join("\n");
    const known = merged.get(key);
    if (known) for (const resource of group.resources) known.resources.add(resource);
    else merged.set(key, group);
  }
  return [...merged.values()].map(createDenialFinding);
}

function groupDenials(
  verdicts: readonly PermissionDecision[],
  by: (verdict: PermissionDecision) => string,
): DenialGroup[] {
  const groups = new Map<string, DenialGroup>();
  for (const verdict of verdicts) {
    const group: DenialGroup = {
      code: selectCode(verdict),
      why: describeCause(verdict),
      first: verdict,
      actions: new Set([verdict.action]),
      resources: new Set([verdict.resource]),
    };
    const key = `${serializeGroup(group)}\n${by(verdict)}`;
    const known = groups.get(key);
    if (known) known.actions.add(verdict.action);
    else groups.set(key, group);
  }
  return [...groups.values()];
}

const serializeGroup = ({ code, why, first }: DenialGroup): string =>
  [
    code,
    principalNameOf(first.principal),
    (first.requirement.path ?? []).join("/"),
    why,
    first.missingFact?.message,
    first.decision.uncovered,
  ].join("\n");

export const isTrustDecision = ({ principal, action }: PermissionDecision): boolean =>
  "service" in principal && action === "sts:AssumeRole";

function selectCode(verdict: PermissionDecision): string {
  const { action, decision } = verdict;
  if (isTrustDecision(verdict)) return "iam/untrusted-service";
  if (action === "iam:PassRole") return "iam/pass-role-denied";
  if (decision.partial) return "iam/partial-grant";
  return decision.decision === "explicitDeny" ? "iam/explicit-deny" : "iam/implicit-deny";
}

/** Describes the reason for the denial. */
function describeCause(verdict: PermissionDecision): string {
  const { decidedBy, partial, decision } = verdict.decision;
  if (partial) return describeParts(verdict);
  if (decision === "explicitDeny") return formatStatementReferences(decidedBy);
  const lacking = describeLackingLayers(verdict);
  return lacking.length > 0 ? joinWithAnd(lacking) : "no statement allows it";
}

/**
 * Describes which part of a pattern is allowed, and what denies the rest. Without a pattern, both are
 * examples.
 */
function describeParts(verdict: PermissionDecision): string {
  const { decision, covered, uncovered, decidedBy, lackingLayers } = verdict.decision;
  const patterns = covered.some((text) => /[*?]/.test(text));
  const on = covered.length > 0 ? `on ${joinWithAnd(covered.slice(0, 5).map(quoteLong))}` : "";
  const not = uncovered === undefined ? "" : `not on ${quoteLong(uncovered)}`;
  const parts = patterns
    ? [on, not && `for example ${not}`].filter(Boolean).join(", and ")
    : `for example ${[on, not].filter(Boolean).join(", and ")}`;
  const others = lackingLayers.some((layer) => layer !== "identity");
  if (decision === "explicitDeny") return `${parts}, because of ${formatStatementReferences(decidedBy)}`;
  return others ? `${parts}: ${joinWithAnd(describeLackingLayers(verdict))}` : parts;
}

function createDenialFinding(group: DenialGroup): Finding {
  const { code, first } = group;
  const { requirement } = first;
  const path = requirement.path;
  const { decidedBy } = first.decision;
  const near = findLayerNearMiss(first)?.reason;
  const related = relatedFromReasons(decidedBy.length > 0 || !near ? decidedBy : [near]);
  return {
    code,
    path: path ?? [],
    ...(path === undefined && { at: "operation" as const }),
    ...("service" in first.principal || !first.principal.template
      ? {}
      : { location: first.principal.template.location }),
    message: formatDenial(group),
    help: suggestGrants(group),
    ...(related.length > 0 && { related }),
  };
}

function formatDenial({ code, why, first, actions, resources }: DenialGroup): string {
  const who = quoteLong(principalNameOf(first.principal));
  const what = joinWithAnd([...actions].map((action) => quoted(action)));
  const on = joinWithAnd([...resources].map(quoteLong));
  const { decision, uncovered } = first.decision;
  if (code === "iam/untrusted-service") return `${who} may not assume the role ${on}: ${why}`;
  if (code === "iam/pass-role-denied") return `${who} may not pass the role ${on} (\`iam:PassRole\`): ${why}`;
  const other = first.missingFact ? `; ${formatUngivenPolicy(first)}` : "";
  if (code === "iam/partial-grant")
    return `${who} is allowed ${what} only on a part of ${on}: ${why}${other}`;
  if (decision !== "explicitDeny") return `${who} is not allowed ${what} on ${on}: ${why}${other}`;
  const where = uncovered === undefined ? on : `a part of ${on}, for example on ${quoteLong(uncovered)},`;
  return `${who} is denied ${what} on ${where} by ${why}`;
}

/** Another policy might allow it, but a grant counts only where it is shown. */
const formatUngivenPolicy = ({ resource }: PermissionDecision): string =>
  `the policy of ${quoteLong(policyHolderOf(resource))} might, and is not given`;
