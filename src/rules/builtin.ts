import { deferred } from "../schema/builtin.generated.js";
import { loadDeferred } from "../schema/package-root.ts";
import { modules, stored } from "./builtin.generated.js";
import type { RuleSet } from "./rule-set.ts";
import type { CompiledModules, StoredRules } from "./stored.ts";
import { fromStored } from "./stored.ts";

let rules: RuleSet | undefined;

/** The built-in rules. They are checked and compiled at build time; the code of an operation runs when first needed. */
export function getBuiltinRules(): RuleSet {
  rules ??= fromStored(stored(), modules, { operations: new Set(deferred), load: loadLate });
  return rules;
}

function loadLate(): [StoredRules, CompiledModules] {
  const late = loadDeferred("rules.cjs") as { stored: StoredRules; modules: CompiledModules };
  return [late.stored, late.modules];
}
