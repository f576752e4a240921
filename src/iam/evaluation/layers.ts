import type { Policy } from "../policy.ts";
import type { PolicySet } from "./decision.ts";
import type { ParsedPrincipal } from "./principal.ts";

/** A set of policies of which one has to allow the request (or which, as "rcp", only deny). */
export interface Layer {
  /**
   * "identity", "boundary", "session", "scp 2" (levels count from the organization's root), "rcp 1",
   * "resource".
   */
  name: string;
  kind: LayerKind;
  policies: readonly Policy[];
}

export type LayerKind = "identity" | "boundary" | "session" | "scp" | "rcp" | "resource";

/** Determines which layers apply. */
export interface PolicyScope {
  requester: ParsedPrincipal;
  /** In lower case: `s3:putobject`. */
  action: string;
  /** Whether resource control policies apply to the action's service. */
  hasResourceControl: boolean;
  /** The resource policy that the request requires: see `resolveRequiredPolicy`. */
  required: "trust" | "key" | undefined;
}

/** The layers that apply to the request, outermost first. */
export function selectLayers(policies: PolicySet, scope: PolicyScope): Layer[] {
  const { identity, boundary, session, serviceControl, resourceControl, resource } = policies;
  const isService = scope.requester.kind === "service";
  const isRoot = scope.requester.kind === "root";
  const layers: Layer[] = [];
  if (serviceControl && hasServiceControl(scope)) layers.push(...createLevels("scp", serviceControl));
  if (resourceControl && hasResourceControl(scope)) layers.push(...createLevels("rcp", resourceControl));
  if (resource && isApplicablePolicy(resource, scope)) layers.push(createLayer("resource", [resource]));
  // The root user has no identity policies and no boundary (IAM user guide, "AWS account root user").
  if (!isService && !isRoot) {
    layers.push(createLayer("identity", identity ?? []));
    if (boundary) layers.push(createLayer("boundary", [boundary]));
  }
  if (!isService && session && session.length > 0) layers.push(createLayer("session", session));
  return layers;
}

const createLayer = (kind: LayerKind, policies: readonly Policy[], name: string = kind): Layer => ({
  name,
  kind,
  policies,
});

const createLevels = (kind: LayerKind, levels: readonly (readonly Policy[])[]): Layer[] =>
  levels.map((policies, index) => createLayer(kind, policies, `${kind} ${index + 1}`));

/**
 * Organizations user guide, "Service control policies": they apply to users, roles and the root user of
 * member accounts, but not to service-linked roles or to services that act for themselves.
 */
const hasServiceControl = ({ requester: asker }: PolicyScope): boolean =>
  asker.kind !== "service" && asker.serviceLinked !== true;

/**
 * Organizations user guide, "Resource control policies": they apply to all principals including services,
 * except service-linked roles. They cover only some services, and not kms:RetireGrant.
 */
const hasResourceControl = ({ requester: asker, action, hasResourceControl }: PolicyScope): boolean =>
  hasResourceControl &&
  action !== "kms:retiregrant" &&
  !(asker.kind !== "service" && asker.serviceLinked === true);

/** A trust policy only applies to actions that assume the role. */
const isApplicablePolicy = ({ kind }: Policy, { required }: PolicyScope): boolean =>
  kind !== "trust" || required === "trust";
