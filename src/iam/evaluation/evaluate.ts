import { quoted } from "../../diagnostics/text.ts";
import { type Candidate, type CandidateQuery, collectCandidates, createReason } from "./candidates.ts";
import { type DecisionInputs, decidePart, type PartDecision } from "./decide-part.ts";
import type { AccessRequest, Decision, PolicySet, Reason, Verdict } from "./decision.ts";
import { type Layer, type PolicyScope, selectLayers } from "./layers.ts";
import { type ParsedPrincipal, parsePrincipal } from "./principal.ts";
import { IS_PATTERN, partitionResource, type ResourceParts } from "./resource-partition.ts";
import { isAliasOfKey, isFederatedAction, resolveResourceAccount, resolveScope } from "./scope.ts";
import { combineVerdicts, findCovered, isPartial } from "./summarize.ts";
import { or, type Ternary } from "./ternary.ts";

/**
 * Evaluates whether the policies allow the request. A resource pattern is partitioned into parts that the
 * policies treat alike, each of which is decided on its own. The request is allowed if all parts are.
 */
export function evaluate(request: AccessRequest, policies: PolicySet): Decision {
  const asker = parsePrincipal(request.principal);
  if ("fault" in asker) return createUndecidedDecision(asker.fault);
  const obstacle = findObstacle(request);
  if (obstacle !== undefined) return createUndecidedDecision(obstacle);
  const scope = resolveScope(request, asker);
  const layers = selectLayers(policies, scope);
  const question: CandidateQuery = {
    requester: asker,
    action: scope.action,
    keys: request.keys,
    requesterLimits: {
      hasBoundary: policies.boundary !== undefined,
      hasSession: (policies.session?.length ?? 0) > 0,
    },
  };
  const resource = scope.takesResource ? request.resource : "*";
  const isOne = !scope.takesResource || !IS_PATTERN.test(resource);
  const { candidates, isSelection } = collectCandidates(layers, question, isOne ? resource : undefined);
  const parts = partitionResource({ resource, isOne }, candidates, request.keys);
  if (parts === "too-complex") {
    return createUndecidedDecision(
      `the resource ${quoted(request.resource)} and the resources of the policies are too complex to compare`,
    );
  }
  const decision = combineParts(
    candidates,
    parts,
    collectDecisionInputs({ request, policies, requester: asker, scope, layers }),
  );
  if (isSelection) addTrace(decision, () => considerAll({ layers, question, resource, keys: request.keys }));
  return decision;
}

/** A trace of very many statements, of which most aren't looked at for a decision, is worked out when it is read. */
function addTrace(decision: Decision, consider: () => readonly Reason[]): void {
  let known: readonly Reason[] | undefined;
  const get = () => {
    known ??= consider();
    return known;
  };
  Object.defineProperty(decision, "considered", { get, enumerable: true });
  decision.isTraceLate = true;
}

interface TraceQuestion {
  layers: readonly Layer[];
  question: CandidateQuery;
  /** No pattern. */
  resource: string;
  keys: AccessRequest["keys"];
}

/** What all statements that concern the action contribute. One resource is never too complex. */
function considerAll({ layers, question, resource, keys }: TraceQuestion): readonly Reason[] {
  const { candidates } = collectCandidates(layers, question);
  const parts = partitionResource({ resource, isOne: true }, candidates, keys) as ResourceParts;
  return candidates.map((each, index) => createReason(each, matchInAnyPart(parts, index)));
}

/** Why the request can't be evaluated at all. */
function findObstacle({ action, resource }: AccessRequest): string | undefined {
  if (!/^[\w-]+:\w+$/.test(action)) {
    return `${quoted(action)} is no action: one looks like \`s3:PutObject\``;
  }
  if (resource !== "*" && !resource.startsWith("arn:")) {
    return `${quoted(resource)} is no resource: give an ARN, a pattern of ARNs, or \`*\``;
  }
  if (isAliasOfKey(action, resource)) {
    return `${quoted(action)} is allowed or denied on a key, and ${quoted(resource)} is an alias: give the key's ARN`;
  }
  return isFederatedAction(action)
    ? `${quoted(action)} is called by users of an identity provider, whom no principal's ARN names`
    : undefined;
}

const createUndecidedDecision = (note: string): Decision => ({
  decision: "unknown",
  partial: false,
  decidedBy: [],
  missing: [],
  considered: [],
  lackingLayers: [],
  covered: [],
  notes: [note],
});

interface EvaluationParts {
  request: AccessRequest;
  policies: PolicySet;
  requester: ParsedPrincipal;
  scope: PolicyScope;
  layers: readonly Layer[];
}

function collectDecisionInputs({
  request,
  policies,
  requester: asker,
  scope,
  layers,
}: EvaluationParts): DecisionInputs {
  const { required } = scope;
  const isAccounts = asker.kind !== "service";
  return {
    layers,
    requesterKind: asker.kind === "service" || asker.kind === "root" ? asker.kind : "other",
    mayBeServiceLinked: isAccounts && asker.serviceLinked === "unknown",
    isSameAccount: isAccounts && resolveResourceAccount(request, asker) === asker.account,
    required,
    // Every KMS key has a policy; when it isn't given, its content is unknown.
    isResourcePolicyUnknown: required === "key" && policies.resource === undefined,
  };
}

function combineParts(
  candidates: readonly Candidate[],
  parts: ResourceParts,
  circumstances: DecisionInputs,
): Decision {
  const decisions = parts.truths.map((truths) => decidePart(candidates, truths, circumstances));
  const verdict = combineVerdicts(decisions);
  const partial = decisions.length > 1 && isPartial(decisions);
  const considered = candidates.map((each, index) => createReason(each, matchInAnyPart(parts, index)));
  const unsure = verdict === "unknown" ? new Set(decisions.flatMap((each) => each.uncertain)) : undefined;
  const decision: Decision = {
    decision: verdict,
    partial,
    decidedBy: unsure
      ? considered.filter((_, index) => unsure.has(candidates[index]!))
      : findDecidingReasons(considered, verdict, partial),
    missing: unsure ? collectMissingKeys(candidates, parts, unsure) : [],
    considered,
    lackingLayers: collectLackingLayers(decisions),
    covered: partial ? findCovered(candidates, parts, decisions) : [],
  };
  if (partial) {
    const uncovered = decisions.findIndex((each) => each.verdict.endsWith("Deny"));
    decision.uncovered = parts.examples[uncovered]!;
  }
  if (decisions.length > 1 && verdict !== "unknown" && decisions.some((each) => each.verdict === "unknown"))
    decision.isOpenInPart = true;
  if (verdict === "unknown" && circumstances.isResourcePolicyUnknown)
    decision.notes = ["the policy of the KMS key is not given"];
  return decision;
}

/** Collects the lacking layers of all parts, which may differ. */
function collectLackingLayers(decisions: readonly PartDecision[]): readonly string[] {
  const [first, ...others] = decisions;
  if (others.length === 0) return first?.lackingLayers ?? [];
  return [...new Set(decisions.flatMap(({ lackingLayers: lacking }) => lacking))];
}

/** Whether the candidate matches in any part. */
function matchInAnyPart({ truths }: ResourceParts, candidate: number): Ternary {
  let result: Ternary = false;
  for (const part of truths) result = or(result, part[candidate]!);
  return result;
}

const collectMissingKeys = (
  candidates: readonly Candidate[],
  parts: ResourceParts,
  unsure: ReadonlySet<Candidate>,
): string[] => [
  ...new Set(
    candidates.flatMap((each, index) =>
      unsure.has(each) ? [...each.missing, ...parts.missingOf(index)] : [],
    ),
  ),
];

/**
 * Denies decide a deny, Allows an allow. Both decide a partial grant, unless Denies cover everything that
 * isn't allowed.
 */
function findDecidingReasons(considered: readonly Reason[], verdict: Verdict, partial: boolean): Reason[] {
  const decide = {
    Allow: verdict === "allowed" || (verdict === "implicitDeny" && partial),
    Deny: verdict !== "allowed",
  };
  return considered.filter(({ statement, outcome }) => outcome === "matched" && decide[statement.effect]);
}
