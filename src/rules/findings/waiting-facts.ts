import type { MissingInput } from "../../diagnostics/diagnostic.ts";
import type { MissingFact } from "../runtime/index.ts";
import type { PendingFinding } from "./pending-finding.ts";
import { listMissingInputs } from "./undecided.ts";

/** Findings that wait for facts alone, without texts and places. */
export interface WaitingFacts {
  /** The facts that each of them waits for. */
  facts: readonly (readonly MissingFact[])[];
  /** All of these facts as data, each once. */
  inputs: readonly MissingInput[];
  /** The other findings. */
  others: readonly PendingFinding[];
}

/** Separates the findings of a request that wait for facts alone from the others. */
export function separateWaiting(pending: readonly PendingFinding[], request: unknown): WaitingFacts {
  const facts: (readonly MissingFact[])[] = [];
  const others: PendingFinding[] = [];
  for (const each of pending) {
    const { missingFacts } = each;
    if (missingFacts) facts.push(missingFacts);
    else others.push(each);
  }
  const distinct = new Map(facts.flat().map((fact) => [keyOf(fact), fact]));
  const inputs = [...distinct.values()].flatMap((fact) => listMissingInputs([fact], request));
  return { facts, inputs, others };
}

const keyOf = (fact: MissingFact): string =>
  fact.kind === "context" ? `${fact.name}.${fact.member ?? ""}` : fact.kind;

/** What the fact is called, among missing inputs. */
export const nameMissingFact = (fact: MissingFact): string =>
  fact.kind === "context" ? `context.${fact.name}` : fact.kind;
