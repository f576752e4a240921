import type { Candidate } from "./candidates.ts";
import type { Verdict } from "./decision.ts";
import type { Layer } from "./layers.ts";
import { isNamed, type Standing } from "./principal-match.ts";
import { and, or, type Truth } from "./ternary.ts";

/** The properties of the request that apply to all parts of its resource. */
export interface Circumstances {
  layers: readonly Layer[];
  asker: "service" | "root" | "other";
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
  lacking: readonly string[];
  /** The candidates whose unknown result decides the verdict. */
  unsure: readonly Candidate[];
}

const NOTHING: readonly never[] = [];
const EXPLICIT_DENY: PartDecision = { verdict: "explicitDeny", lacking: NOTHING, unsure: NOTHING };
const ALLOWED: PartDecision = { verdict: "allowed", lacking: NOTHING, unsure: NOTHING };

/**
 * Decides from which candidates match. IAM user guide, "How AWS enforcement code logic evaluates requests to
 * allow or deny access" and "Cross-account policy evaluation logic".
 */
export function decide(
  candidates: readonly Candidate[],
  truths: readonly Truth[],
  circumstances: Circumstances,
): PartDecision {
  const tally = tallyOf(candidates, truths, circumstances);
  if (tally.denied === true) return EXPLICIT_DENY;
  const allows = allowsOf(tally, circumstances);
  const granted = grantOf(allows, circumstances);
  const allowed = and(granted, allows.serviceControl);
  if (allowed === false) {
    const lacking = lackingOf({ allows, tally, isGranted: granted !== false }, circumstances);
    return { verdict: "implicitDeny", lacking, unsure: NOTHING };
  }
  if (allowed === true && tally.denied === false) return ALLOWED;
  const unsure = candidates.filter(
    (candidate, index) =>
      isUnsure(candidate, truths[index]!, circumstances) &&
      (candidate.statement.effect === "Deny" || (allowed === "unknown" && isOpen(candidate, tally))),
  );
  return { verdict: "unknown", lacking: NOTHING, unsure };
}

/** The combined effect of the matching statements. */
interface Tally {
  denied: Truth;
  /** What each layer allows, except resource policies; layers that allow nothing are left out. */
  allowed: ReadonlyMap<Layer, Truth>;
  resource: Standing;
}

function tallyOf(candidates: readonly Candidate[], truths: readonly Truth[], c: Circumstances): Tally {
  const floor: Truth = c.isResourcePolicyUnknown && "unknown";
  const resource: Standing = { direct: floor, limited: floor, delegated: floor };
  const allowed = new Map<Layer, Truth>();
  let denied: Truth = false;
  for (let index = 0; index < candidates.length; index += 1) {
    const truth = truths[index]!;
    if (truth === false) continue;
    const { layer, statement, standing } = candidates[index]!;
    if (statement.effect === "Deny") denied = or(denied, isLoose(layer, c) ? "unknown" : truth);
    else if (layer.kind === "resource") addStanding(resource, standing, truth);
    else allowed.set(layer, or(allowed.get(layer) ?? false, truth));
  }
  return { denied, allowed, resource };
}

function addStanding(to: Standing, { direct, limited, delegated }: Standing, truth: Truth): void {
  to.direct = or(to.direct, and(truth, direct));
  to.limited = or(to.limited, and(truth, limited));
  to.delegated = or(to.delegated, and(truth, delegated));
}

/**
 * Whether it is unknown that the layer applies: service control policies don't apply to service-linked roles.
 */
const isLoose = ({ kind }: Layer, { mayBeServiceLinked }: Circumstances): boolean =>
  mayBeServiceLinked && kind === "scp";

const isUnsure = ({ layer, statement }: Candidate, truth: Truth, circumstances: Circumstances): boolean =>
  truth === "unknown" || (truth && statement.effect === "Deny" && isLoose(layer, circumstances));

/** What each kind of policy allows. */
interface Allows {
  identity: Truth;
  boundary: Truth;
  session: Truth;
  serviceControl: Truth;
  resource: Standing;
}

function allowsOf(
  { allowed, resource }: Tally,
  { layers, asker, mayBeServiceLinked }: Circumstances,
): Allows {
  const allows = { identity: asker !== "service", boundary: true, session: true, serviceControl: true };
  const result: Allows = { ...allows, resource };
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
function grantOf(
  { identity, boundary, session, resource }: Allows,
  { asker, isSameAccount, required }: Circumstances,
): Truth {
  if (asker === "service") return resource.direct;
  // AWS STS API reference, "AssumeRole": the root user of an account can't call it.
  if (asker === "root" && required === "trust") return false;
  const limits = and(boundary, session);
  const own = and(identity, limits);
  if (!isSameAccount) return and(own, isNamed(resource));
  const direct = or(resource.direct, and(resource.limited, limits));
  return or(direct, required ? and(resource.delegated, own) : own);
}

interface Refusal {
  allows: Allows;
  tally: Tally;
  isGranted: boolean;
}

function lackingOf({ allows, tally, isGranted }: Refusal, circumstances: Circumstances): string[] {
  const { isSameAccount, required, asker, layers } = circumstances;
  const levels = layers
    .filter((layer) => layer.kind === "scp" && (tally.allowed.get(layer) ?? false) === false)
    .map(({ name }) => name);
  if (isGranted) return levels;
  const needsResource = asker === "service" || !isSameAccount || required !== undefined;
  const needsIdentity = asker === "other" && (!isSameAccount || allows.resource.limited === false);
  const lacksResource = needsResource && isNamed(allows.resource) === false;
  return [
    ...levels,
    ...(needsIdentity && allows.identity === false ? ["identity"] : []),
    ...(allows.boundary === false ? ["boundary"] : []),
    ...(allows.session === false ? ["session"] : []),
    ...(lacksResource || (asker === "root" && required === "trust") ? [required ?? "resource"] : []),
  ];
}

/** Whether it is unknown what the candidate's layer allows. */
const isOpen = ({ layer }: Candidate, { allowed }: Tally): boolean =>
  layer.kind === "resource" || allowed.get(layer) === "unknown";
