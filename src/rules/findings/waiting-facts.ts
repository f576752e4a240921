import type { MissingInput } from "../../diagnostics/diagnostic.ts";
import type { MissingFact } from "../runtime/index.ts";
import type { PendingFinding } from "./pending-finding.ts";
import { listMissingInputs } from "./undecided.ts";

/** Findings that wait for facts alone, without texts and places. */
export interface WaitingFacts {
  /** The facts that each of them waits for. */
  facts: readonly (readonly MissingFact[])[];
  /** The other findings. */
  others: readonly PendingFinding[];
}

/** Separates the findings of a request that wait for facts alone from the others. */
export function separateWaiting(pending: readonly PendingFinding[]): WaitingFacts {
  const facts: (readonly MissingFact[])[] = [];
  const others: PendingFinding[] = [];
  for (const each of pending) {
    const { missingFacts } = each;
    if (missingFacts) facts.push(missingFacts);
    else others.push(each);
  }
  return { facts, others };
}

/** All facts that checks of a request wait for as data, each once. */
export function listDistinctInputs(
  checks: readonly (readonly MissingFact[])[],
  request: unknown,
): readonly MissingInput[] {
  const inputs = new Map<string, readonly MissingInput[]>();
  for (const facts of checks)
    for (const fact of facts) {
      const key = keyOf(fact);
      if (!inputs.has(key)) inputs.set(key, listMissingInputs([fact], request));
    }
  return [...inputs.values()].flat();
}

const keyOf = (fact: MissingFact): string =>
  fact.kind === "context" ? `${fact.name}.${fact.member ?? ""}` : fact.kind;

/** What the fact is called, among missing inputs. */
export const nameMissingFact = (fact: MissingFact): string =>
  fact.kind === "context" ? `context.${fact.name}` : fact.kind;
