import type { Verdict } from "../result.ts";
import { nearMiss } from "./statement-text.ts";
import { longText } from "./text.ts";

/** The layers that allow nothing, in words, each with the statement that nearly does. */
export const lackingTexts = (verdict: Verdict): string[] => [
  ...new Set(verdict.decision.lackingLayers.map((layer) => lackingText(layer, verdict))),
];

/** What nearly allows it, in one of the layers that don't. */
export const nearMissOf = (verdict: Verdict): ReturnType<typeof nearMiss> =>
  nearMiss(verdict, verdict.decision.lackingLayers.map(reasonLayer));

/** Decisions name the trust policy and the policy of a key; reasons know one kind of resource's policies. */
const reasonLayer = (layer: string): string => (layer === "trust" || layer === "key" ? "resource" : layer);

function lackingText(layer: string, verdict: Verdict): string {
  const { principal, resource } = verdict;
  const near = nearMiss(verdict, [reasonLayer(layer)]);
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
      return `the policy of ${longText(ownerOf(resource))} doesn't allow it${miss}`;
    default:
      return `${layer.startsWith("scp") ? `no service control policy of level ${layer.slice(4)}` : "no policy"} allows it${miss}`;
  }
}

/** Does the resource take a policy of its own, as far as the requirement says? */
export const mayHavePolicy = ({ requirement }: Verdict): boolean => requirement.resourcePolicy !== undefined;

/** The bucket of an object; the resource itself where it is no part of another one. */
export const ownerOf = (resource: string): string =>
  /^arn:[\w-]+:s3:::/.test(resource) ? resource.replace(/\/.*$/s, "") : resource;
