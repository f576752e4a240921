import type { Policy } from "../policy.ts";
import type { PolicySet } from "./decision.ts";
import type { Asker } from "./principal.ts";

/** Policies of which one has to allow the request, or that can only deny it. */
export interface Layer {
  /** "identity", "boundary", "session", "scp 2" (levels count from the organization's root), "rcp 1", "resource". */
  name: string;
  kind: LayerKind;
  policies: readonly Policy[];
}

export type LayerKind = "identity" | "boundary" | "session" | "scp" | "rcp" | "resource";

/** What decides which layers apply. */
export interface Scope {
  asker: Asker;
  /** In lower case: `s3:putobject`. */
  action: string;
  /** Whether resource control policies know the action's service. */
  hasResourceControl: boolean;
  /** What kind of resource policy the request can't do without: see `requiredPolicy`. */
  required: "trust" | "key" | undefined;
}

/** The layers that have to do with the request, outermost first. */
export function layersOf(policies: PolicySet, scope: Scope): Layer[] {
  const { identity, boundary, session, serviceControl, resourceControl, resource } = policies;
  const isService = scope.asker.kind === "service";
  const isRoot = scope.asker.kind === "root";
  return [
    ...(hasServiceControl(scope) ? leveled("scp", serviceControl) : []),
    ...(hasResourceControl(scope) ? leveled("rcp", resourceControl) : []),
    ...(resource && concerns(resource, scope) ? [layer("resource", [resource])] : []),
    // The root has no identity policies and no boundary (IAM user guide, "AWS account root user").
    ...(isService || isRoot ? [] : [layer("identity", identity ?? [])]),
    ...(isService || isRoot || !boundary ? [] : [layer("boundary", [boundary])]),
    ...(isService || !session || session.length === 0 ? [] : [layer("session", session)]),
  ];
}

const layer = (kind: LayerKind, policies: readonly Policy[], name: string = kind): Layer => ({
  name,
  kind,
  policies,
});

const leveled = (kind: LayerKind, levels: readonly (readonly Policy[])[] = []): Layer[] =>
  levels.map((policies, index) => layer(kind, policies, `${kind} ${index + 1}`));

/**
 * Organizations user guide, "Service control policies": they hold for users, roles and the root of member accounts, not
 * for service-linked roles, and not for services that call for themselves.
 */
const hasServiceControl = ({ asker }: Scope): boolean =>
  asker.kind !== "service" && asker.serviceLinked !== true;

/**
 * Organizations user guide, "Resource control policies": they hold for whoever asks, services too, but not for
 * service-linked roles; not for every service's resources; and not for kms:RetireGrant.
 */
const hasResourceControl = ({ asker, action, hasResourceControl }: Scope): boolean =>
  hasResourceControl &&
  action !== "kms:retiregrant" &&
  !(asker.kind !== "service" && asker.serviceLinked === true);

/** A role's trust policy says who may assume it, and nothing of other calls. */
const concerns = ({ kind }: Policy, { required }: Scope): boolean => kind !== "trust" || required === "trust";
