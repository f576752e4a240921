import type { Permission } from "./permission.ts";
import type { Expression, Rule } from "./rule.ts";

/** What a rule or a permission evaluates, in a fixed order: what decides, and what messages show. */
export function listExpressions(entry: Rule | Permission): {
  deciding: Expression[];
  shown: Expression[];
} {
  if ("actions" in entry) {
    const { when, principal, resource, resourceAccount, resourcePolicy, tags, keys } = entry;
    const own = [when, principal, resource, resourceAccount, resourcePolicy, tags];
    return { deciding: [...own, ...Object.values(keys)].filter((each) => each !== undefined), shown: [] };
  }
  const { when, each = [], assert, message, help = [] } = entry;
  // A list at a path is read as data.
  const lists = each.filter(({ path }) => path === undefined);
  return {
    deciding: [when, ...lists, assert].filter((part) => part !== undefined),
    shown: [...message, ...help].filter((part) => typeof part !== "string"),
  };
}
