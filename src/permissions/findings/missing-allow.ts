import type { Verdict } from "../result.ts";
import { nearMiss } from "./statement-text.ts";
import { longText } from "./text.ts";

/** Describes the layers that allow nothing, each with the statement that came closest. */
export const lackingTexts = (verdict: Verdict): string[] => [
  ...new Set(verdict.decision.lackingLayers.map((layer) => lackingText(layer, verdict))),
];

/** Finds the statement that came closest in the layers that allow nothing. */
export const nearMissOf = (verdict: Verdict): ReturnType<typeof nearMiss> =>
  nearMiss(verdict, verdict.decision.lackingLayers.map(reasonLayer));

/** Decisions distinguish trust and key policies; reasons have a single "resource" layer. */
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

/** Whether the resource may have a policy, according to the requirement. */
export const mayHavePolicy = ({ requirement }: Verdict): boolean => requirement.resourcePolicy !== undefined;

/** The bucket of an object; for other resources, the resource itself. */
export const ownerOf = (resource: string): string =>
  /^arn:[\w-]+:s3:::/.test(resource) ? resource.replace(/\/.*$/s, "") : resource;
