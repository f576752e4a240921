import { modules, stored } from "./builtin.generated.js";
import type { RuleSet } from "./rule-set.ts";
import { fromStored } from "./stored.ts";

let rules: RuleSet | undefined;

/** The built-in rules. They are checked and compiled at build time; the code of an operation runs when first needed. */
export function getBuiltinRules(): RuleSet {
  rules ??= fromStored(stored(), modules);
  return rules;
}
