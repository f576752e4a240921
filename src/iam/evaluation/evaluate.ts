import { quoted } from "../../diagnostics/text.ts";
import { type Candidate, candidatesOf, reasonOf } from "./candidates.ts";
import { type Circumstances, decide, type PartDecision } from "./decide-part.ts";
import type { AccessRequest, Decision, PolicySet, Reason, Verdict } from "./decision.ts";
import { type Layer, layersOf, type Scope } from "./layers.ts";
import { type Asker, askerOf } from "./principal.ts";
import { type Parts, partsOf } from "./resource-partition.ts";
import { isForFederated, resourceAccountOf, scopeOf, standsForKey } from "./scope.ts";
import { coveredBy, isPartial, verdictOf } from "./summarize.ts";
import { or, type Truth } from "./ternary.ts";

/**
 * Evaluates whether the policies allow the request. A resource pattern is partitioned into parts that the
 * policies treat alike, each of which is decided on its own. The request is allowed if all parts are.
 */
export function evaluate(request: AccessRequest, policies: PolicySet): Decision {
  const asker = askerOf(request.principal);
  if ("fault" in asker) return undecided(asker.fault);
  const obstacle = obstacleOf(request);
  if (obstacle !== undefined) return undecided(obstacle);
  const scope = scopeOf(request, asker);
  const layers = layersOf(policies, scope);
  const candidates = candidatesOf(layers, {
    asker,
    action: scope.action,
    keys: request.keys,
    limits: {
      hasBoundary: policies.boundary !== undefined,
      hasSession: (policies.session?.length ?? 0) > 0,
    },
  });
  const parts = partsOf(
    { resource: scope.takesResource ? request.resource : "*", isOne: !scope.takesResource },
    candidates,
    request.keys,
  );
  if (parts === "too-complex") {
    return undecided(
      `the resource ${quoted(request.resource)} and the resources of the policies are too complex to compare`,
    );
  }
  return combined(candidates, parts, circumstancesOf({ request, policies, asker, scope, layers }));
}

/** Why the request can't be evaluated at all. */
function obstacleOf({ action, resource }: AccessRequest): string | undefined {
  if (!/^[\w-]+:\w+$/.test(action)) {
    return `${quoted(action)} is no action: one looks like \`s3:PutObject\``;
  }
  if (resource !== "*" && !resource.startsWith("arn:")) {
    return `${quoted(resource)} is no resource: give an ARN, a pattern of ARNs, or \`*\``;
  }
  if (standsForKey(action, resource)) {
    return `${quoted(action)} is allowed or denied on a key, and ${quoted(resource)} is an alias: give the key's ARN`;
  }
  return isForFederated(action)
    ? `${quoted(action)} is called by users of an identity provider, whom no principal's ARN names`
    : undefined;
}

const undecided = (note: string): Decision => ({
  decision: "unknown",
  partial: false,
  decidedBy: [],
  missing: [],
  considered: [],
  lackingLayers: [],
  covered: [],
  notes: [note],
});

interface Situation {
  request: AccessRequest;
  policies: PolicySet;
  asker: Asker;
  scope: Scope;
  layers: readonly Layer[];
}

function circumstancesOf({ request, policies, asker, scope, layers }: Situation): Circumstances {
  const { required } = scope;
  const isAccounts = asker.kind !== "service";
  return {
    layers,
    asker: asker.kind === "service" || asker.kind === "root" ? asker.kind : "other",
    mayBeServiceLinked: isAccounts && asker.serviceLinked === "unknown",
    isSameAccount: isAccounts && resourceAccountOf(request, asker) === asker.account,
    required,
    // Every KMS key has a policy; when it isn't given, its content is unknown.
    isResourcePolicyUnknown: required === "key" && policies.resource === undefined,
  };
}

function combined(candidates: readonly Candidate[], parts: Parts, circumstances: Circumstances): Decision {
  const decisions = parts.truths.map((truths) => decide(candidates, truths, circumstances));
  const verdict = verdictOf(decisions);
  const partial = isPartial(decisions);
  const considered = candidates.map((each, index) => reasonOf(each, overall(parts, index)));
  const unsure = verdict === "unknown" ? new Set(decisions.flatMap((each) => each.unsure)) : undefined;
  const decision: Decision = {
    decision: verdict,
    partial,
    decidedBy: unsure
      ? considered.filter((_, index) => unsure.has(candidates[index]!))
      : decidingOf(considered, verdict, partial),
    missing: unsure ? missingOf(candidates, parts, unsure) : [],
    considered,
    lackingLayers: lackingIn(decisions),
    covered: partial ? coveredBy(candidates, parts, decisions) : [],
  };
  if (partial) {
    const uncovered = decisions.findIndex((each) => each.verdict.endsWith("Deny"));
    decision.uncovered = parts.examples[uncovered]!;
  }
  if (verdict !== "unknown" && decisions.some((each) => each.verdict === "unknown"))
    decision.isOpenInPart = true;
  if (verdict === "unknown" && circumstances.isResourcePolicyUnknown)
    decision.notes = ["the policy of the KMS key is not given"];
  return decision;
}

/** Collects the lacking layers of all parts, which may differ. */
function lackingIn(decisions: readonly PartDecision[]): readonly string[] {
  const [first, ...others] = decisions;
  if (others.length === 0) return first?.lacking ?? [];
  return [...new Set(decisions.flatMap(({ lacking }) => lacking))];
}

/** Whether the candidate matches in any part. */
function overall({ truths }: Parts, candidate: number): Truth {
  let result: Truth = false;
  for (const part of truths) result = or(result, part[candidate]!);
  return result;
}

const missingOf = (
  candidates: readonly Candidate[],
  parts: Parts,
  unsure: ReadonlySet<Candidate>,
): string[] => [
  ...new Set(
    candidates.flatMap((each, index) =>
      unsure.has(each) ? [...each.missing, ...parts.missing[index]!] : [],
    ),
  ),
];

/**
 * Denies decide a deny, Allows an allow. Both decide a partial grant, unless Denies cover everything that
 * isn't allowed.
 */
function decidingOf(considered: readonly Reason[], verdict: Verdict, partial: boolean): Reason[] {
  const effects = [
    ...(verdict === "allowed" || (verdict === "implicitDeny" && partial) ? ["Allow"] : []),
    ...(verdict === "allowed" ? [] : ["Deny"]),
  ];
  return considered.filter(
    ({ statement, outcome }) => outcome === "matched" && effects.includes(statement.effect),
  );
}
