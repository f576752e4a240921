import type { Permission } from "./permission.ts";
import type { Rule } from "./rule.ts";
import { RuleSet } from "./rule-set.ts";

/** Rules checked at build time, as JSON. Loading them needs neither the YAML parser nor the type checker. */
export interface StoredRules {
  version: 1;
  rules: Rule[];
  permissions: Permission[];
}

const OMITTED_KEYS = new Set(["place", "examples", "define"]);

export function toJson({ rules, permissions }: RuleSet): StoredRules {
  const text = JSON.stringify(
    { version: 1, rules, permissions },
    function (this: object, key, value: unknown) {
      // Offsets within expressions are needed only for errors in rule files.
      if (OMITTED_KEYS.has(key) || (key === "at" && "kind" in this)) return undefined;
      return typeof value === "bigint" ? Number(value) : value;
    },
  );
  return JSON.parse(text) as StoredRules;
}

export const fromJson = (
  { rules, permissions }: StoredRules,
  deferred?: ConstructorParameters<typeof RuleSet>[2],
): RuleSet => new RuleSet(rules, permissions, deferred);
