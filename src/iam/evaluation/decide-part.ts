import type { Candidate } from "./candidates.ts";
import type { Verdict } from "./decision.ts";
import type { Layer } from "./layers.ts";
import { hasMatch, type PrincipalMatch } from "./principal-match.ts";
import { and, or, type Ternary } from "./ternary.ts";

/** The properties of the request that apply to all parts of its resource. */
export interface DecisionInputs {
  layers: readonly Layer[];
  requesterKind: "service" | "root" | "other";
  /**
   * True for a session that is named like a service-linked role, to which service control policies wouldn't
   * apply.
   */
  mayBeServiceLinked: boolean;
  isSameAccount: boolean;
  /** The resource policy that has to allow the request even if identity policies do. */
  required: "trust" | "key" | undefined;
  /** True when the content of the resource policy isn't known. */
  isResourcePolicyUnknown: boolean;
}

/** The decision on one part of the resource. */
export interface PartDecision {
  verdict: Verdict;
  /** Layers that allow nothing, for an implicit deny. */
  lackingLayers: readonly string[];
  /** The candidates whose unknown result decides the verdict. */
  uncertain: readonly Candidate[];
}

const NOTHING: readonly never[] = [];
const EXPLICIT_DENY: PartDecision = { verdict: "explicitDeny", lackingLayers: NOTHING, uncertain: NOTHING };
const ALLOWED: PartDecision = { verdict: "allowed", lackingLayers: NOTHING, uncertain: NOTHING };

/**
 * Decides from which candidates match. IAM user guide, "How AWS enforcement code logic evaluates requests to
 * allow or deny access" and "Cross-account policy evaluation logic".
 */
export function decidePart(
  candidates: readonly Candidate[],
  truths: readonly Ternary[],
  circumstances: DecisionInputs,
): PartDecision {
  const tally = tallyStatements(candidates, truths, circumstances);
  if (tally.denied === true) return EXPLICIT_DENY;
  const allows = collectGrants(tally, circumstances);
  const granted = resolveGrant(allows, circumstances);
  const allowed = and(granted, allows.serviceControl);
  if (allowed === false) {
    const lacking = findLackingLayers({ allows, tally, isGranted: granted !== false }, circumstances);
    return { verdict: "implicitDeny", lackingLayers: lacking, uncertain: NOTHING };
  }
  if (allowed === true && tally.denied === false) return ALLOWED;
  const unsure = candidates.filter(
    (candidate, index) =>
      isUncertain(candidate, truths[index]!, circumstances) &&
      (candidate.statement.effect === "Deny" ||
        (allowed === "unknown" && isLayerUncertain(candidate, tally))),
  );
  return { verdict: "unknown", lackingLayers: NOTHING, uncertain: unsure };
}

/** The combined effect of the matching statements. */
interface Tally {
  denied: Ternary;
  /** What each layer allows, except resource policies; layers that allow nothing are left out. */
  allowed: ReadonlyMap<Layer, Ternary>;
  resource: PrincipalMatch;
}

function tallyStatements(
  candidates: readonly Candidate[],
  truths: readonly Ternary[],
  c: DecisionInputs,
): Tally {
  const floor: Ternary = c.isResourcePolicyUnknown && "unknown";
  const resource: PrincipalMatch = { direct: floor, limited: floor, delegated: floor };
  const allowed = new Map<Layer, Ternary>();
  let denied: Ternary = false;
  for (let index = 0; index < candidates.length; index += 1) {
    const truth = truths[index]!;
    if (truth === false) continue;
    const { layer, statement, principalMatch: standing } = candidates[index]!;
    if (statement.effect === "Deny") denied = or(denied, mayNotApply(layer, c) ? "unknown" : truth);
    else if (layer.kind === "resource") addPrincipalMatch(resource, standing, truth);
    else allowed.set(layer, or(allowed.get(layer) ?? false, truth));
  }
  return { denied, allowed, resource };
}

function addPrincipalMatch(
  to: PrincipalMatch,
  { direct, limited, delegated }: PrincipalMatch,
  truth: Ternary,
): void {
  to.direct = or(to.direct, and(truth, direct));
  to.limited = or(to.limited, and(truth, limited));
  to.delegated = or(to.delegated, and(truth, delegated));
}

/**
 * Whether it is unknown that the layer applies: service control policies don't apply to service-linked roles.
 */
const mayNotApply = ({ kind }: Layer, { mayBeServiceLinked }: DecisionInputs): boolean =>
  mayBeServiceLinked && kind === "scp";

const isUncertain = (
  { layer, statement }: Candidate,
  truth: Ternary,
  circumstances: DecisionInputs,
): boolean =>
  truth === "unknown" || (truth && statement.effect === "Deny" && mayNotApply(layer, circumstances));

/** What each kind of policy allows. */
interface LayerGrants {
  identity: Ternary;
  boundary: Ternary;
  session: Ternary;
  serviceControl: Ternary;
  resource: PrincipalMatch;
}

function collectGrants(
  { allowed, resource }: Tally,
  { layers, requesterKind: asker, mayBeServiceLinked }: DecisionInputs,
): LayerGrants {
  const result: LayerGrants = {
    identity: asker !== "service",
    boundary: true,
    session: true,
    serviceControl: true,
    resource,
  };
  for (const layer of layers) {
    const truth = allowed.get(layer) ?? false;
    if (layer.kind === "scp") {
      result.serviceControl = and(result.serviceControl, mayBeServiceLinked ? or(truth, "unknown") : truth);
    } else if (layer.kind !== "rcp" && layer.kind !== "resource") {
      result[layer.kind] = and(result[layer.kind], truth);
    }
  }
  return result;
}

/** Whether the policies of the principal and of the resource together grant the request. */
function resolveGrant(
  { identity, boundary, session, resource }: LayerGrants,
  { requesterKind: asker, isSameAccount, required }: DecisionInputs,
): Ternary {
  if (asker === "service") return resource.direct;
  // AWS STS API reference, "AssumeRole": the root user of an account can't call it.
  if (asker === "root" && required === "trust") return false;
  const limits = and(boundary, session);
  const own = and(identity, limits);
  if (!isSameAccount) return and(own, hasMatch(resource));
  const direct = or(resource.direct, and(resource.limited, limits));
  return or(direct, required ? and(resource.delegated, own) : own);
}

interface Refusal {
  allows: LayerGrants;
  tally: Tally;
  isGranted: boolean;
}

function findLackingLayers({ allows, tally, isGranted }: Refusal, circumstances: DecisionInputs): string[] {
  const { isSameAccount, required, requesterKind: asker, layers } = circumstances;
  const levels = layers
    .filter((layer) => layer.kind === "scp" && (tally.allowed.get(layer) ?? false) === false)
    .map(({ name }) => name);
  if (isGranted) return levels;
  const needsResource = asker === "service" || !isSameAccount || required !== undefined;
  const needsIdentity = asker === "other" && (!isSameAccount || allows.resource.limited === false);
  const lacksResource = needsResource && hasMatch(allows.resource) === false;
  return [
    ...levels,
    ...(needsIdentity && allows.identity === false ? ["identity"] : []),
    ...(allows.boundary === false ? ["boundary"] : []),
    ...(allows.session === false ? ["session"] : []),
    ...(lacksResource || (asker === "root" && required === "trust") ? [required ?? "resource"] : []),
  ];
}

/** Whether it is unknown what the candidate's layer allows. */
const isLayerUncertain = ({ layer }: Candidate, { allowed }: Tally): boolean =>
  layer.kind === "resource" || allowed.get(layer) === "unknown";
