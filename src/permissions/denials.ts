import type { Finding } from "../diagnostics/diagnostic.ts";
import { harmless, quoted } from "../diagnostics/text.ts";
import type { GrantingStatement } from "../iam/statement.ts";
import { smallestStatement } from "../iam/statement.ts";
import type { Verdict } from "./judgement.ts";
import { nameOfAsked } from "./judgement.ts";
import { nearMiss, reasonTexts, relatedTo } from "./reasons.ts";
import { joined, longText } from "./texts.ts";
import { guardOf, sendsGateway } from "./trust.ts";

/** Verdicts that are told together: of one principal, for one reason. */
interface Group {
  code: string;
  why: string;
  first: Verdict;
  actions: Set<string>;
  resources: Set<string>;
}

/** What is denied: one finding for everything that has one reason. */
export function denialsOf(verdicts: readonly Verdict[]): Finding[] {
  const byResource = grouped(verdicts, (verdict) => verdict.resource);
  // Two resources are told together where the same actions are denied on both.
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
  [code, nameOfAsked(first.principal), (first.requirement.path ?? []).join("/"), why].join("\n");

export const isTrust = ({ principal, action }: Verdict): boolean =>
  "service" in principal && action === "sts:AssumeRole";

function codeOf(verdict: Verdict): string {
  const { action, decision } = verdict;
  if (isTrust(verdict)) return "iam/untrusted-service";
  if (action === "iam:PassRole") return "iam/pass-role-denied";
  if (decision.partial) return "iam/partial-grant";
  return decision.decision === "explicitDeny" ? "iam/explicit-deny" : "iam/implicit-deny";
}

/** What decided. */
function whyOf(verdict: Verdict): string {
  const { decision } = verdict;
  const { decidedBy, partial, covered, uncovered } = decision;
  const denied = decision.decision === "explicitDeny" ? reasonTexts(decidedBy) : undefined;
  if (partial) {
    const example = uncovered === undefined ? "" : `for example not on ${longText(uncovered)}`;
    const on = covered.length > 0 ? `on ${joined(covered.slice(0, 5).map(longText))}, and ` : "";
    return denied === undefined ? `${on}${example}` : `${on}${example}, because of ${denied}`;
  }
  if (denied !== undefined) return denied;
  const lacking = decision.lackingLayers.map((layer) => lackingText(layer, verdict));
  return lacking.length > 0 ? joined([...new Set(lacking)]) : "no statement allows it";
}

function lackingText(layer: string, verdict: Verdict): string {
  const { principal, decision, resource } = verdict;
  const near = nearMiss(decision);
  const miss = (kind: string): string =>
    near && (near.reason.layer ?? kind) === kind ? `: ${near.text}` : "";
  switch (layer) {
    case "identity": {
      const has = "service" in principal || (principal.policies.identity?.length ?? 0) > 0;
      return `${has ? "none of its policies allows it" : "it has no policies"}${miss("identity")}`;
    }
    case "boundary": {
      const name = "service" in principal ? undefined : principal.policies.boundary?.name;
      return `its ${name ?? "permissions boundary"} doesn't allow it${miss("boundary")}`;
    }
    case "trust":
      return `the role's trust policy doesn't allow it${miss("resource")}`;
    case "key":
      return `the policy of the KMS key doesn't allow it${miss("resource")}`;
    case "resource":
      if (!mayHavePolicy(verdict)) return "it belongs to another account, which can't let others use it";
      return `the policy of ${longText(ownerOf(resource))} doesn't allow it${miss("resource")}`;
    default:
      return `${layer.startsWith("scp") ? `no service control policy of level ${layer.slice(4)}` : "no policy"} allows it`;
  }
}

/** Does the resource take a policy of its own, as far as the requirement says? */
const mayHavePolicy = ({ requirement }: Verdict): boolean => requirement.resourcePolicy !== undefined;

/** The bucket of an object; the resource itself where it is no part of another one. */
const ownerOf = (resource: string): string =>
  /^arn:[\w-]+:s3:::/.test(resource) ? resource.replace(/\/.*$/s, "") : resource;

function findingOf(group: Group): Finding {
  const { code, first } = group;
  const { requirement } = first;
  const path = requirement.path;
  const { decidedBy } = first.decision;
  const near = nearMiss(first.decision)?.reason;
  const related = relatedTo(decidedBy.length > 0 || !near ? decidedBy : [near]);
  return {
    code,
    path: path ?? [],
    ...(path === undefined && { at: "operation" as const }),
    message: messageOf(group),
    help: helpOf(group),
    ...(related.length > 0 && { related }),
  };
}

function messageOf({ code, why, first, actions, resources }: Group): string {
  const who = longText(nameOfAsked(first.principal));
  const what = joined([...actions].map((action) => quoted(action)));
  const on = joined([...resources].map(longText));
  const { decision } = first.decision;
  if (code === "iam/untrusted-service") return `${who} may not assume the role ${on}: ${why}`;
  if (code === "iam/pass-role-denied") return `${who} may not pass the role ${on} (\`iam:PassRole\`): ${why}`;
  if (code === "iam/partial-grant") return `${who} is allowed ${what} only on a part of ${on}: ${why}`;
  return decision === "explicitDeny"
    ? `${who} is denied ${what} on ${on} by ${why}`
    : `${who} is not allowed ${what} on ${on}: ${why}`;
}

/** What would grant it, ready to paste, and where it goes. */
function helpOf(group: Group): string {
  const { decision } = group.first;
  if (decision.decision === "explicitDeny") {
    return "no `Allow` outweighs a `Deny`: narrow that statement, or remove it";
  }
  const layers = decision.partial ? ["identity"] : decision.lackingLayers;
  const ways = [...new Set(layers.length > 0 ? layers : ["identity"])].map((layer) => wayOf(layer, group));
  const hint = hintOf(group);
  return `${hint === undefined ? "" : `${hint}; `}${ways.join("; ")}`;
}

function hintOf({ first }: Group): string | undefined {
  const because = nearMiss(first.decision)?.reason.because;
  if (because?.part !== "condition") return undefined;
  const key = because.key.toLowerCase();
  if (key === "iam:passedtoservice" && because.got === "absent") {
    return "the service doesn't supply `iam:PassedToService`, so leave that condition out";
  }
  return key === "aws:sourcearn" && isTrust(first) && sendsGateway(first)
    ? "Storage Gateway sends the gateway's ARN as `aws:SourceArn`, not the share's"
    : undefined;
}

function wayOf(layer: string, group: Group): string {
  const { first, actions, resources } = group;
  const needed = { actions: [...actions], resources: [...resources] };
  const who = "service" in first.principal ? first.principal : first.principal.ownArn;
  switch (layer) {
    case "trust":
      return add(
        "the role's trust policy",
        smallestStatement({ ...guardOf(first.requirement), actions: [...actions], principal: who }),
      );
    case "key":
      return add(
        "the key's policy",
        smallestStatement({ actions: [...actions], resources: ["*"], principal: who }),
      );
    case "resource":
      if (!mayHavePolicy(first)) return "make the call with a principal of the account that it belongs to";
      return add(
        `the policy of ${longText(ownerOf(first.resource))}`,
        smallestStatement({ ...needed, principal: who }),
      );
    case "boundary":
      return add("the permissions boundary", smallestStatement(needed));
    case "identity":
      return add(`a policy of ${kindOf(first)}`, smallestStatement(needed));
    default:
      return layer.startsWith("scp")
        ? add(
            `a service control policy of level ${layer.slice(4)}`,
            smallestStatement({ actions: [...actions], resources: ["*"] }),
          )
        : "ask whoever manages that policy";
  }
}

const kindOf = ({ principal }: Verdict): string =>
  "service" in principal ? "the service" : principal.kind === "user" ? "the user" : "the role";

const add = (where: string, statement: GrantingStatement): string =>
  `add to ${where}: ${harmless(JSON.stringify(statement))}`;
