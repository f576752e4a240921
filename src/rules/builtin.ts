import { stored } from "./builtin.generated.js";
import type { RuleSet } from "./rule-set.ts";
import { fromJson } from "./stored.ts";

let rules: RuleSet | undefined;

/** The built-in rules. They are checked at build time; each is planned when a request first needs it. */
export function getBuiltinRules(): RuleSet {
  rules ??= fromJson(stored());
  return rules;
}
