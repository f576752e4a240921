import type { Candidate } from "./candidates.ts";
import type { Verdict } from "./decision.ts";
import type { Layer } from "./layers.ts";
import { isNamed, type Standing } from "./standing.ts";
import { all, and, any, or, type Truth } from "./truth.ts";

/** What holds for the request as a whole. */
export interface Circumstances {
  layers: readonly Layer[];
  asker: "service" | "root" | "other";
  /** A session whose name is a service-linked role's, for which service control policies would not hold. */
  mayBeServiceLinked: boolean;
  isSameAccount: boolean;
  /** The resource policy that has to allow the request, whatever the identity policies say. */
  required: "trust" | "key" | undefined;
  /** It is not known what the resource policy says. */
  isResourcePolicyUnknown: boolean;
}

/** What becomes of one part of the resource. */
export interface PartDecision {
  verdict: Verdict;
  /** Layers that allow nothing, where the verdict is an implicit deny. */
  lacking: readonly string[];
  /** The candidates that are not known to match, and on which the verdict depends. */
  unsure: readonly Candidate[];
}

export type TruthOf = (candidate: Candidate) => Truth;

/**
 * IAM user guide, "How AWS enforcement code logic evaluates requests to allow or deny access" and "Cross-account policy
 * evaluation logic".
 */
export function decide(
  candidates: readonly Candidate[],
  truthOf: TruthOf,
  circumstances: Circumstances,
): PartDecision {
  const denied = deniedBy(candidates, truthOf, circumstances);
  if (denied === true) return { verdict: "explicitDeny", lacking: [], unsure: [] };
  const allows = allowsOf(candidates, truthOf, circumstances);
  const granted = grantOf(allows, circumstances);
  const allowed = and(granted, all(allows.levels.map(({ truth }) => truth)));
  if (allowed === false) {
    return { verdict: "implicitDeny", lacking: lackingOf(allows, granted, circumstances), unsure: [] };
  }
  if (allowed === true && denied === false) return { verdict: "allowed", lacking: [], unsure: [] };
  const unsure = candidates.filter(
    (each) =>
      truthIn(each, truthOf, circumstances) === "unknown" &&
      (each.statement.effect === "Deny" || (allowed === "unknown" && isOpen(each, allows))),
  );
  return { verdict: "unknown", lacking: [], unsure };
}

/** Of a session that may be a service-linked role's, it is not known whether service control policies matter. */
const truthIn = (candidate: Candidate, truthOf: TruthOf, { mayBeServiceLinked }: Circumstances): Truth => {
  const truth = truthOf(candidate);
  const isLoose =
    mayBeServiceLinked && candidate.layer.kind === "scp" && candidate.statement.effect === "Deny";
  return isLoose && truth === true ? "unknown" : truth;
};

const deniedBy = (candidates: readonly Candidate[], truthOf: TruthOf, circumstances: Circumstances): Truth =>
  any(
    candidates
      .filter(({ statement }) => statement.effect === "Deny")
      .map((each) => truthIn(each, truthOf, circumstances)),
  );

/** What each layer allows. */
interface Allows {
  identity: Truth;
  boundary: Truth;
  session: Truth;
  resource: Standing;
  /** Service control policies, by level. */
  levels: readonly { name: string; truth: Truth }[];
}

function allowsOf(
  candidates: readonly Candidate[],
  truthOf: TruthOf,
  { layers, asker, mayBeServiceLinked, isResourcePolicyUnknown }: Circumstances,
): Allows {
  const granting = candidates.filter(({ statement }) => statement.effect === "Allow");
  const within = (layer: Layer): Truth => any(granting.filter((each) => each.layer === layer).map(truthOf));
  const limit = (kind: Layer["kind"]): Truth =>
    all(layers.filter((layer) => layer.kind === kind).map(within));
  const floor: Truth = isResourcePolicyUnknown && "unknown";
  const resource: Standing = { direct: floor, limited: floor, delegated: floor };
  for (const each of granting) {
    if (each.layer.kind !== "resource") continue;
    const truth = truthOf(each);
    for (const way of ["direct", "limited", "delegated"] as const) {
      resource[way] = or(resource[way], and(truth, each.standing[way]));
    }
  }
  return {
    identity: asker === "root" || (asker === "other" && limit("identity")),
    boundary: limit("boundary"),
    session: limit("session"),
    resource,
    levels: layers
      .filter(({ kind }) => kind === "scp")
      .map((layer) => ({
        name: layer.name,
        truth: mayBeServiceLinked ? or(within(layer), "unknown") : within(layer),
      })),
  };
}

/** Whether the policies of the principal and of the resource grant the request together. */
function grantOf(
  { identity, boundary, session, resource }: Allows,
  { asker, isSameAccount, required }: Circumstances,
): Truth {
  if (asker === "service") return resource.direct;
  // AWS STS API reference, "AssumeRole": an account's root can't call it.
  if (asker === "root" && required === "trust") return false;
  const limits = and(boundary, session);
  const own = and(identity, limits);
  if (!isSameAccount) return and(own, isNamed(resource));
  const direct = or(resource.direct, and(resource.limited, limits));
  return or(direct, required ? and(resource.delegated, own) : own);
}

function lackingOf(allows: Allows, granted: Truth, circumstances: Circumstances): string[] {
  const { isSameAccount, required, asker } = circumstances;
  const levels = allows.levels.filter(({ truth }) => truth === false).map(({ name }) => name);
  if (granted !== false) return levels;
  const needsResource = asker === "service" || !isSameAccount || required !== undefined;
  const named = isNamed(allows.resource);
  const identityDecides = asker !== "service" && (!isSameAccount || allows.resource.limited === false);
  const lacking = [
    identityDecides && allows.identity === false && "identity",
    allows.boundary === false && "boundary",
    allows.session === false && "session",
    needsResource && named === false && (required ?? "resource"),
    asker === "root" && required === "trust" && "trust",
  ];
  return [...levels, ...new Set(lacking.filter((name) => name !== false))];
}

/** Whether what the candidate's layer allows is not known. */
function isOpen({ layer: { kind, name } }: Candidate, allows: Allows): boolean {
  if (kind === "scp") return allows.levels.some((level) => level.name === name && level.truth === "unknown");
  if (kind === "resource") return true;
  return kind !== "rcp" && allows[kind] === "unknown";
}
