import { readFileSync } from "node:fs";
import { deferred } from "../schema/builtin.generated.js";
import { deferredPath } from "../schema/package-root.ts";
import { stored } from "./builtin.generated.js";
import type { RuleSet } from "./rule-set.ts";
import type { StoredRules } from "./stored.ts";
import { fromJson } from "./stored.ts";

let rules: RuleSet | undefined;

/** The built-in rules. They are checked at build time; each is planned when a request first needs it. */
export function getBuiltinRules(): RuleSet {
  rules ??= fromJson(stored(), {
    operations: new Set(deferred),
    load: () => JSON.parse(readFileSync(deferredPath("rules.json"), "utf8")) as StoredRules,
  });
  return rules;
}
