import type { Finding } from "../diagnostics/diagnostic.ts";
import { Unknown } from "../documents/document.ts";
import { mapChildren } from "../documents/parts.ts";
import type { Policy } from "../iam/policy.ts";
import type { RuleInput } from "../rules/input.ts";
import type { PermissionHolder } from "../rules/permission.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import type { DefinedBucket } from "./defined-bucket.ts";
import type { PermissionEvaluator } from "./evaluator.ts";
import { createMissingPolicies, PRINT_ALL, quoteLong } from "./findings/text.ts";
import type { TemplatePrincipal } from "./template-principal.ts";

/** What permission checks need: the rules that list required permissions, and the policies. */
export interface PermissionDependencies {
  rules: RuleSet;
  /** Undefined when there are no policies. */
  evaluator?: PermissionEvaluator | undefined;
  /** The caller, if a template of the run defines it. */
  caller?: TemplatePrincipal | undefined;
  /** The roles that the payload hands over, by member, of those that templates of the run define. */
  roles?: ReadonlyMap<string, TemplatePrincipal> | undefined;
  /** The bucket that the payload names, if a template of the run defines it. */
  bucket?: DefinedBucket | undefined;
}

export interface PermissionCheck {
  findings: Finding[];
  /** The policies that were evaluated. */
  consulted: readonly Policy[];
}

/**
 * Checks whether principals have the permissions that a request needs. Without policies, the result is
 * undecided for every known principal. An unknown caller is reported only if there are policies to evaluate.
 */
export function checkPermissions(
  input: RuleInput,
  { rules, evaluator: judge, caller, roles, bucket }: PermissionDependencies,
): PermissionCheck {
  if (!judge) return { findings: rules.findHolders(input).map(createNoPoliciesFinding), consulted: [] };
  const conditionKeys = toObject(input.context?.conditionKeys);
  const request = roles ? nameRoles(input.request, roles) : input.request;
  return judge.evaluate(rules.findRequirements({ ...input, request }), {
    conditionKeys,
    caller,
    roles,
    bucket,
  });
}

/** The payload with what is known of the ARNs of roles that it refers to. */
const nameRoles = (payload: unknown, roles: ReadonlyMap<string, TemplatePrincipal>): unknown =>
  mapChildren(payload, (value, name) =>
    value instanceof Unknown ? (roles.get(String(name))?.arn ?? value) : value,
  );

export const toObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

function createNoPoliciesFinding({ arn, path, isCallers }: PermissionHolder): Finding {
  const said =
    "lacks" in arn
      ? {
          message: `what the request needs permissions for ${arn.lacks.message}`,
          help: arn.lacks.help,
          missing: arn.lacks.missing ?? [],
        }
      : {
          message: `whether ${quoteLong(arn.value)} is allowed what the request needs can't be told: no policies are given`,
          help: `give them: ${PRINT_ALL}`,
          missing: [createMissingPolicies(arn.value)],
        };
  return {
    code: "iam/undecided",
    status: "undecided",
    path: isCallers ? [] : (path ?? []),
    ...((isCallers || path === undefined) && { at: "operation" as const }),
    ...said,
  };
}
