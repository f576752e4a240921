import type { Candidate } from "./candidates.ts";
import type { PartDecision, TruthOf } from "./decide.ts";
import type { Verdict } from "./decision.ts";
import type { Parts } from "./resources.ts";

/** What is decided of all parts together: one that is denied, or not known, is enough. */
export function verdictOf(decisions: readonly PartDecision[]): Verdict {
  const verdicts = new Set(decisions.map(({ verdict }) => verdict));
  if (verdicts.has("implicitDeny")) return "implicitDeny";
  if (verdicts.has("explicitDeny")) return "explicitDeny";
  return verdicts.has("unknown") ? "unknown" : "allowed";
}

/** Some parts are allowed, and some are denied. */
export const isPartial = (decisions: readonly PartDecision[]): boolean =>
  decisions.some(({ verdict }) => verdict === "allowed") &&
  decisions.some(({ verdict }) => verdict === "implicitDeny" || verdict === "explicitDeny");

interface PartialGrant {
  candidates: readonly Candidate[];
  parts: Parts;
  decisions: readonly PartDecision[];
  truthIn: (part: number) => TruthOf;
}

/** Patterns of the policies of which all that is asked for is allowed; where there is none, allowed resources. */
export function coveredBy({ candidates, parts, decisions, truthIn }: PartialGrant): string[] {
  const isAllowed = (part: number) => decisions[part]!.verdict === "allowed";
  const partNumbers = [...decisions.keys()];
  const granting = candidates.filter(
    ({ statement: { effect, resource } }) => effect === "Allow" && resource && !resource.isNegated,
  );
  const patterns = granting
    .map((each) => ({ each, where: partNumbers.filter((part) => truthIn(part)(each) === true) }))
    .filter(({ where }) => where.length > 0 && where.every(isAllowed))
    .flatMap(({ each }) => each.statement.resource!.values);
  return patterns.length > 0 ? [...new Set(patterns)] : parts.examples.filter((_, part) => isAllowed(part));
}
