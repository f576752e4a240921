import { countSteps } from "./backtracking.ts";
import { createHostileInputs, growInput } from "./hostile-inputs.ts";
import { parseRegExp } from "./regexp-syntax.ts";

/** Steps of one search; more would take an engine milliseconds for a few hundred characters. */
const BUDGET = 200_000;
const SHORT = 40;
const LONG = 200;
/** Below this a search is over soon even if it is not linear in so short a text. */
const FEW_STEPS = 4000;

/** The first input that is five times as long and takes much more than five times the steps. */
export function findSuperlinearInput(source: string, flags: string): string | undefined {
  const parsed = parseRegExp(source, flags);
  const found = createHostileInputs(parsed).find((input) => {
    const count = (length: number): number =>
      countSteps(parsed.root, flags, growInput(input, length), BUDGET);
    const steps = count(LONG);
    return steps >= BUDGET || (steps > FEW_STEPS && steps > 9 * count(SHORT));
  });
  return found && JSON.stringify(found);
}
