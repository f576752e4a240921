import { deferred } from "../schema/builtin.generated.js";
import { loadDeferred } from "../schema/package-root.ts";
import { groups, modules, stored } from "./builtin.generated.js";
import type { RuleSet } from "./rule-set.ts";
import type { CompiledModules, StoredRules } from "./stored.ts";
import { fromStored } from "./stored.ts";

let rules: RuleSet | undefined;

/** The built-in rules. They are checked and compiled at build time; those of an operation are loaded when first needed. */
export function getBuiltinRules(): RuleSet {
  const late = { operations: new Set(deferred), load: loadLate };
  rules ??= fromStored(stored(), modules, [...groups, late]);
  return rules;
}

function loadLate(): [StoredRules, CompiledModules] {
  const late = loadDeferred("rules.cjs") as { stored: StoredRules; modules: CompiledModules };
  return [late.stored, late.modules];
}
