import type { Candidate } from "./candidates.ts";
import type { PartDecision } from "./decide-part.ts";
import type { Verdict } from "./decision.ts";
import type { ResourceParts } from "./resource-partition.ts";

/** Combines the verdicts of all parts: a single denied or unknown part decides. */
export function combineVerdicts(decisions: readonly PartDecision[]): Verdict {
  const [only] = decisions;
  if (only && decisions.length === 1) return only.verdict;
  const verdicts = new Set(decisions.map(({ verdict }) => verdict));
  if (verdicts.has("implicitDeny")) return "implicitDeny";
  if (verdicts.has("explicitDeny")) return "explicitDeny";
  return verdicts.has("unknown") ? "unknown" : "allowed";
}

/** Whether some parts are allowed and some are denied. */
export const isPartial = (decisions: readonly PartDecision[]): boolean =>
  decisions.some(({ verdict }) => verdict === "allowed") &&
  decisions.some(({ verdict }) => verdict === "implicitDeny" || verdict === "explicitDeny");

/**
 * Values of `Resource` of which every requested resource is allowed; when there are none, examples of allowed
 * resources.
 */
export function findCovered(
  candidates: readonly Candidate[],
  { truths, examples, valuesOf }: ResourceParts,
  decisions: readonly PartDecision[],
): readonly string[] {
  const isAllowed = (part: number) => decisions[part]!.verdict === "allowed";
  const patterns = candidates.flatMap(({ statement: { effect, resource } }, index) => {
    if (effect !== "Allow" || !resource || resource.isNegated) return [];
    const isGranted = (part: number) => isAllowed(part) && truths[part]![index] === true;
    return valuesOf(index).flatMap(({ written, parts }) =>
      parts.length > 0 && parts.every(isGranted) ? written : [],
    );
  });
  return patterns.length > 0 ? [...new Set(patterns)] : examples.filter((_, part) => isAllowed(part));
}
