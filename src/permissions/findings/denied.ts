import type { Finding } from "../../diagnostics/diagnostic.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Verdict } from "../result.ts";
import { nameOfAsked } from "../result.ts";
import { lackingTexts, nearMissOf, ownerOf } from "./missing-allow.ts";
import { waysOut } from "./remediation.ts";
import { reasonTexts, relatedTo } from "./statement-text.ts";
import { joined, longText } from "./text.ts";

/** Decisions that are reported together: of one principal, for one reason. */
interface Group {
  code: string;
  why: string;
  first: Verdict;
  actions: Set<string>;
  resources: Set<string>;
}

/** Reports denials, with one finding for each reason. */
export function denialsOf(verdicts: readonly Verdict[]): Finding[] {
  const byResource = grouped(verdicts, (verdict) => verdict.resource);
  // Resources on which the same actions are denied share a finding.
  const merged = new Map<string, Group>();
  for (const group of byResource) {
    const key = [keyOf(group), ...group.actions].join("\n");
    const known = merged.get(key);
    if (known) for (const resource of group.resources) known.resources.add(resource);
    else merged.set(key, group);
  }
  return [...merged.values()].map(findingOf);
}

function grouped(verdicts: readonly Verdict[], by: (verdict: Verdict) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const verdict of verdicts) {
    const group: Group = {
      code: codeOf(verdict),
      why: whyOf(verdict),
      first: verdict,
      actions: new Set([verdict.action]),
      resources: new Set([verdict.resource]),
    };
    const key = `${keyOf(group)}\n${by(verdict)}`;
    const known = groups.get(key);
    if (known) known.actions.add(verdict.action);
    else groups.set(key, group);
  }
  return [...groups.values()];
}

const keyOf = ({ code, why, first }: Group): string =>
  [
    code,
    nameOfAsked(first.principal),
    (first.requirement.path ?? []).join("/"),
    why,
    first.gap?.message,
    first.decision.uncovered,
  ].join("\n");

export const isTrust = ({ principal, action }: Verdict): boolean =>
  "service" in principal && action === "sts:AssumeRole";

function codeOf(verdict: Verdict): string {
  const { action, decision } = verdict;
  if (isTrust(verdict)) return "iam/untrusted-service";
  if (action === "iam:PassRole") return "iam/pass-role-denied";
  if (decision.partial) return "iam/partial-grant";
  return decision.decision === "explicitDeny" ? "iam/explicit-deny" : "iam/implicit-deny";
}

/** Describes the reason for the denial. */
function whyOf(verdict: Verdict): string {
  const { decidedBy, partial, decision } = verdict.decision;
  if (partial) return partsOf(verdict);
  if (decision === "explicitDeny") return reasonTexts(decidedBy);
  const lacking = lackingTexts(verdict);
  return lacking.length > 0 ? joined(lacking) : "no statement allows it";
}

/**
 * Describes which part of a pattern is allowed, and what denies the rest. Without a pattern, both are
 * examples.
 */
function partsOf(verdict: Verdict): string {
  const { decision, covered, uncovered, decidedBy, lackingLayers } = verdict.decision;
  const patterns = covered.some((text) => /[*?]/.test(text));
  const on = covered.length > 0 ? `on ${joined(covered.slice(0, 5).map(longText))}` : "";
  const not = uncovered === undefined ? "" : `not on ${longText(uncovered)}`;
  const parts = patterns
    ? [on, not && `for example ${not}`].filter(Boolean).join(", and ")
    : `for example ${[on, not].filter(Boolean).join(", and ")}`;
  const others = lackingLayers.some((layer) => layer !== "identity");
  if (decision === "explicitDeny") return `${parts}, because of ${reasonTexts(decidedBy)}`;
  return others ? `${parts}: ${joined(lackingTexts(verdict))}` : parts;
}

function findingOf(group: Group): Finding {
  const { code, first } = group;
  const { requirement } = first;
  const path = requirement.path;
  const { decidedBy } = first.decision;
  const near = nearMissOf(first)?.reason;
  const related = relatedTo(decidedBy.length > 0 || !near ? decidedBy : [near]);
  return {
    code,
    ...(first.gap && { status: "undecided" as const }),
    path: path ?? [],
    ...(path === undefined && { at: "operation" as const }),
    message: messageOf(group),
    help: waysOut(group),
    ...(related.length > 0 && { related }),
  };
}

function messageOf({ code, why, first, actions, resources }: Group): string {
  const who = longText(nameOfAsked(first.principal));
  const what = joined([...actions].map((action) => quoted(action)));
  const on = joined([...resources].map(longText));
  const { decision, uncovered } = first.decision;
  if (first.gap) {
    const isPart = code === "iam/partial-grant";
    const may = isPart ? `allow ${what} only on a part of ${on}` : `don't allow ${what} on ${on}`;
    const other = `whether the policy of ${longText(ownerOf(first.resource))} allows ${isPart ? "the rest" : "it"}`;
    return `${who}: its own policies ${may}: ${why}; ${other} ${first.gap.message}`;
  }
  if (code === "iam/untrusted-service") return `${who} may not assume the role ${on}: ${why}`;
  if (code === "iam/pass-role-denied") return `${who} may not pass the role ${on} (\`iam:PassRole\`): ${why}`;
  if (code === "iam/partial-grant") return `${who} is allowed ${what} only on a part of ${on}: ${why}`;
  if (decision !== "explicitDeny") return `${who} is not allowed ${what} on ${on}: ${why}`;
  const where = uncovered === undefined ? on : `a part of ${on}, for example on ${longText(uncovered)},`;
  return `${who} is denied ${what} on ${where} by ${why}`;
}
