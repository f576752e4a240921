import { stored } from "./builtin.generated.js";
import type { RuleSet } from "./rule-set.ts";
import { fromJson } from "./stored.ts";

let rules: RuleSet | undefined;

/** The rules that ship: checked when they were built, planned when a request needs them. */
export function builtinRules(): RuleSet {
  rules ??= fromJson(stored());
  return rules;
}
