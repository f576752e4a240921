import type { PermissionDecision } from "../result.ts";
import { findNearMiss } from "./statement-text.ts";
import { quoteLong } from "./text.ts";

/** Describes the layers that allow nothing, each with the statement that came closest. */
export const describeLackingLayers = (verdict: PermissionDecision): string[] => [
  ...new Set(verdict.decision.lackingLayers.map((layer) => describeLackingLayer(layer, verdict))),
];

/** Finds the statement that came closest in the layers that allow nothing. */
export const findLayerNearMiss = (verdict: PermissionDecision): ReturnType<typeof findNearMiss> =>
  findNearMiss(verdict, verdict.decision.lackingLayers.map(toReasonLayer));

/** Decisions distinguish trust and key policies; reasons have a single "resource" layer. */
const toReasonLayer = (layer: string): string => (layer === "trust" || layer === "key" ? "resource" : layer);

function describeLackingLayer(layer: string, verdict: PermissionDecision): string {
  const { principal, resource } = verdict;
  const near = findNearMiss(verdict, [toReasonLayer(layer)]);
  const miss = near ? `: ${near.text}` : "";
  switch (layer) {
    case "identity": {
      const has = "service" in principal || (principal.policies.identity?.length ?? 0) > 0;
      return `${has ? "none of its policies allows it" : "it has no policies"}${miss}`;
    }
    case "boundary": {
      const name = "service" in principal ? undefined : principal.policies.boundary?.name;
      return `its ${name ?? "permissions boundary"} doesn't allow it${miss}`;
    }
    case "trust":
      return `the role's trust policy doesn't allow it${miss}`;
    case "key":
      return `the policy of the KMS key doesn't allow it${miss}`;
    case "resource":
      if (!mayHavePolicy(verdict)) return "it belongs to another account, which can't let others use it";
      return `the policy of ${quoteLong(policyHolderOf(resource))} doesn't allow it${miss}`;
    default:
      return `${layer.startsWith("scp") ? `no service control policy of level ${layer.slice(4)}` : "no policy"} allows it${miss}`;
  }
}

/** Whether the resource may have a policy, according to the requirement. */
export const mayHavePolicy = ({ requirement }: PermissionDecision): boolean =>
  requirement.resourcePolicy !== undefined;

/** The bucket of an object; for other resources, the resource itself. */
export const policyHolderOf = (resource: string): string =>
  /^arn:[\w-]+:s3:::/.test(resource) ? resource.replace(/\/.*$/s, "") : resource;
