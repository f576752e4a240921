import { quoted } from "../diagnostics/text.ts";
import { type Asker, askerOf } from "./asker.ts";
import { type Candidate, candidatesOf, reasonOf } from "./candidates.ts";
import { type Circumstances, decide, type PartDecision, type TruthOf } from "./decide.ts";
import type { AccessRequest, Decision, PolicySet } from "./decision.ts";
import { type Layer, layersOf, type Scope } from "./layers.ts";
import { type Parts, partsOf } from "./resources.ts";
import { resourceAccountOf, scopeOf } from "./scope.ts";
import { coveredBy, isPartial, verdictOf } from "./summary.ts";
import { and, any, type Truth } from "./truth.ts";

/**
 * Whether the policies allow the request. A pattern of resources is cut into parts that the policies treat alike, and
 * each part is decided by itself: allowed is what is allowed in all of them.
 */
export function evaluate(request: AccessRequest, policies: PolicySet): Decision {
  const asker = askerOf(request.principal);
  if ("fault" in asker) return undecided(asker.fault);
  if (!/^[\w-]+:\w+$/.test(request.action)) {
    return undecided(`${quoted(request.action)} is no action: one looks like \`s3:PutObject\``);
  }
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
    // Every key has a policy: where none is given, what it says isn't known.
    isResourcePolicyUnknown: required === "key" && policies.resource === undefined,
  };
}

function combined(candidates: readonly Candidate[], parts: Parts, circumstances: Circumstances): Decision {
  const truthIn =
    (part: number): TruthOf =>
    (candidate) =>
      and(candidate.matches, parts.truths.get(candidate)?.[part] ?? false);
  const decisions = parts.examples.map((_, part) => decide(candidates, truthIn(part), circumstances));
  const decision = verdictOf(decisions);
  const partial = isPartial(decisions);
  const truthOf = (candidate: Candidate): Truth => any(decisions.map((_, part) => truthIn(part)(candidate)));
  const unsure = decision === "unknown" ? unsureOf(decisions) : [];
  const deciding = decision === "unknown" ? unsure : decidingOf(candidates, truthOf, { decision, partial });
  const uncovered = decisions.findIndex(({ verdict }) => verdict.endsWith("Deny"));
  return {
    decision,
    partial,
    decidedBy: deciding.map((each) => reasonOf(each, truthOf(each))),
    missing: [...new Set(unsure.flatMap((each) => [...each.missing, ...(parts.missing.get(each) ?? [])]))],
    considered: candidates.map((each) => reasonOf(each, truthOf(each))),
    lackingLayers: decisions.find(({ verdict }) => verdict === "implicitDeny")?.lacking ?? [],
    covered: partial ? coveredBy({ candidates, parts, decisions, truthIn }) : [],
    ...(partial && { uncovered: parts.examples[uncovered]! }),
    ...(circumstances.isResourcePolicyUnknown && { notes: ["the policy of the KMS key is not given"] }),
  };
}

const unsureOf = (decisions: readonly PartDecision[]): Candidate[] => [
  ...new Set(decisions.flatMap(({ unsure }) => unsure)),
];

/** The Denies, or the Allows; of a grant in part the Allows, too, unless a Deny takes away the rest. */
function decidingOf(
  candidates: readonly Candidate[],
  truthOf: TruthOf,
  { decision, partial }: { decision: Decision["decision"]; partial: boolean },
): Candidate[] {
  if (decision === "implicitDeny" && !partial) return [];
  const effect = decision === "explicitDeny" ? "Deny" : "Allow";
  return candidates.filter((each) => each.statement.effect === effect && truthOf(each) === true);
}
