import { isFact } from "../../diagnostics/counted.ts";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { NO_JUSTIFICATION } from "../../requests/containers/cloudtrail.ts";
import type { PendingFinding } from "../../rules/findings/pending-finding.ts";
import { isGivenFact } from "../../rules/findings/undecided.ts";
import type { MissingFact } from "../../rules/runtime/index.ts";

interface Decided {
  findings: Finding[];
  pending: readonly PendingFinding[];
}

/** Is it something that no trail tells: a fact of that day, or why somebody made the call? */
const isUntold = (fact: MissingFact): boolean =>
  isGivenFact(fact) || (fact.kind === "placeholder" && fact.source === NO_JUSTIFICATION.source);

const waitsForFacts = ({ status, missing = [] }: Finding): boolean =>
  status === "undecided" && missing.length > 0 && missing.every(isFact);

/** Takes checks out of decisions on past calls that wait for what no trail tells, and counts them. */
export class PastChecks {
  readonly #hasPolicies: boolean;
  #checks = 0;
  #calls = 0;

  constructor({ hasPolicies = true } = {}) {
    this.#hasPolicies = hasPolicies;
  }

  /** How many checks were left out, of how many calls. */
  get leftOut(): { checks: number; calls: number } {
    return { checks: this.#checks, calls: this.#calls };
  }

  /** Counts the checks of a call that was only counted. */
  addCounted(checks: number): void {
    this.#checks += checks;
    if (checks > 0) this.#calls++;
  }

  selectDecided<T extends Decided>(decision: T): T {
    const pending = decision.pending.filter((one) => !one.waitsFor(isUntold));
    const findings = decision.findings.filter((one) => !waitsForFacts(one) && !this.#waitsForPolicies(one));
    const count = decision.pending.length + decision.findings.length - pending.length - findings.length;
    this.addCounted(count);
    return { ...decision, pending, findings };
  }

  /** Of a caller that isn't known for sure, a permission is undecided for that reason, whether there are policies or not. */
  #waitsForPolicies({ code, status }: Finding): boolean {
    return !this.#hasPolicies && code === "iam/undecided" && status === "undecided";
  }
}
