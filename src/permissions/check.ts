import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Policy } from "../iam/policy.ts";
import type { Holder } from "../rules/permission.ts";
import type { RuleInput, RuleSet } from "../rules/rule-set.ts";
import type { Judge } from "./evaluator.ts";
import { longText, PRINT_ALL } from "./findings/text.ts";

/** The rules and the policies that a request is checked with. */
export interface PermissionWorld {
  rules: RuleSet;
  /** Absent where there are no policies. */
  judge?: Judge | undefined;
}

export interface PermissionCheck {
  findings: Finding[];
  /** The policies that were looked at. */
  consulted: readonly Policy[];
}

/**
 * Whether those who need permissions for a request have them. Without any policies there is no judge, and only that
 * can be said. Nothing is said of a caller whom nobody named, unless there are policies to ask.
 */
export function checkPermissions(input: RuleInput, { rules, judge }: PermissionWorld): PermissionCheck {
  if (!judge) return { findings: rules.holders(input).map(withoutPolicies), consulted: [] };
  const conditionKeys = membersOf(input.context?.conditionKeys);
  return judge.judge(rules.requirements(input), { conditionKeys });
}

export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

function withoutPolicies({ arn, path, isCallers }: Holder): Finding {
  const said =
    "lacks" in arn
      ? { message: `what the request needs permissions for ${arn.lacks.message}`, help: arn.lacks.help }
      : {
          message: `whether ${longText(arn.value)} is allowed what the request needs can't be told: no policies are given`,
          help: `give them: ${PRINT_ALL}`,
        };
  return {
    code: "iam/undecided",
    status: "undecided",
    path: isCallers ? [] : (path ?? []),
    ...((isCallers || path === undefined) && { at: "operation" as const }),
    ...said,
  };
}
