import type { Permission } from "./permission.ts";
import type { Rule } from "./rule.ts";
import { RuleSet } from "./rule-set.ts";

/** Rules that were checked when they were built, as JSON: reading them needs neither YAML nor the checker. */
export interface StoredRules {
  version: 1;
  rules: Rule[];
  permissions: Permission[];
}

const LEFT_OUT = new Set(["place", "examples"]);

export function toJson({ rules, permissions }: RuleSet): StoredRules {
  const text = JSON.stringify(
    { version: 1, rules, permissions },
    function (this: object, key, value: unknown) {
      // Places within expressions serve only those who write them.
      if (LEFT_OUT.has(key) || (key === "at" && "kind" in this)) return undefined;
      return typeof value === "bigint" ? Number(value) : value;
    },
  );
  return JSON.parse(text) as StoredRules;
}

export const fromJson = ({ rules, permissions }: StoredRules): RuleSet => new RuleSet(rules, permissions);
