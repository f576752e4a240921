import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Policy } from "../iam/policy.ts";
import type { Requirement } from "../rules/permission.ts";
import type { Judge } from "./judge.ts";
import { longText, PRINT_ALL } from "./texts.ts";

/** A request's requirements, and what came with them. */
export interface PermissionInput {
  requirements: readonly Requirement[];
  /** Somebody said who makes the call. */
  isCallerGiven: boolean;
  /** What users say of condition keys. */
  conditionKeys?: unknown;
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
export function checkPermissions(input: PermissionInput, judge: Judge | undefined): PermissionCheck {
  const { requirements, isCallerGiven, conditionKeys } = input;
  if (judge) return judge.judge(requirements, { conditionKeys: membersOf(conditionKeys) });
  const asked = requirements.filter(({ isCallers }) => isCallerGiven || !isCallers);
  const findings = new Map(
    asked.map((requirement) => [subjectOf(requirement), withoutPolicies(requirement)]),
  );
  return { findings: [...findings.values()], consulted: [] };
}

export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/** Whose policies are missing; of a service, those of what it uses. */
function subjectOf({ principal, resources }: Requirement): string {
  const known = "service" in principal ? resources : principal;
  return "lacks" in known ? known.lacks.message : [known.value].flat().join(" ");
}

function withoutPolicies(requirement: Requirement): Finding {
  const { principal, resources, path, isCallers } = requirement;
  const known = "service" in principal ? resources : principal;
  const subject = longText(subjectOf(requirement));
  const said =
    "lacks" in known
      ? { message: `what the request needs permissions for ${known.lacks.message}`, help: known.lacks.help }
      : {
          message: `whether ${subject} is allowed what the request needs can't be told: no policies are given`,
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
