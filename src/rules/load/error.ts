import type { Place } from "../../diagnostics/diagnostic.ts";

/** An error in a rule file. */
export interface RuleFault {
  file: string;
  message: string;
  help?: string;
  place: Place;
}

/**
 * The rules can't be used. Holds every fault: files in the order given, faults of a file in order of
 * position.
 */
export class RuleError extends Error {
  readonly faults: readonly RuleFault[];

  constructor(faults: readonly RuleFault[]) {
    const [first] = faults;
    super(`${first?.file}:${first?.place.line}:${first?.place.column}: ${first?.message}`);
    this.faults = faults;
  }
}
