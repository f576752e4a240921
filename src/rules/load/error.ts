import type { Place } from "../../diagnostics/diagnostic.ts";

/** One thing wrong with a rule file. */
export interface RuleFault {
  file: string;
  message: string;
  help?: string;
  place: Place;
}

/** The rules can't be used; every fault of every file, in order of place. */
export class RuleError extends Error {
  readonly faults: readonly RuleFault[];

  constructor(faults: readonly RuleFault[]) {
    const [first] = faults;
    super(`${first?.file}:${first?.place.line}:${first?.place.column}: ${first?.message}`);
    this.faults = faults;
  }
}
