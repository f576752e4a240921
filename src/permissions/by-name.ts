import { quoted } from "../diagnostics/text.ts";
import { findActionOfOperation } from "../iam/actions/by-operation.ts";
import { takesResource } from "../iam/actions/facts.ts";
import type { PermissionRequirement } from "../rules/permission.ts";
import type { UndecidedRequirement } from "./result.ts";
import type { PolicyGap } from "./unknown-policy.ts";

const HELP =
  "list what it needs under `permissions` in a file of a rule pack, or check it by hand and waive this";

/**
 * The requirement of an operation whose permissions nobody describes: the action of its name, on some resource. Undefined
 * where no action has its name.
 */
export function toActionRequirement(requirement: PermissionRequirement): PermissionRequirement | undefined {
  const action = findActionOfOperation(requirement.actions[0]!);
  if (action === undefined) return undefined;
  const unknownTags: PolicyGap = { message: "which tags the request sets is not described", help: HELP };
  return {
    ...requirement,
    actions: [action],
    tags: { lacks: unknownTags },
    ...(takesResource(action) && { inexact: { "*": createResourceGap(action) } }),
  };
}

const createResourceGap = (action: string): PolicyGap => ({
  message: `on which resource ${quoted(action)} is needed is not described`,
  help: HELP,
  missing: [{ kind: "fact", name: `the resource of ${action}` }],
});

/** What such an operation needs beyond the action, or altogether. */
export function describeUnknownNeeds(
  { actions: [operation = ""], path }: PermissionRequirement,
  principalName: string,
  action: string | undefined,
): UndecidedRequirement {
  const what = quoted(operation);
  const message =
    action === undefined
      ? `no IAM action is asked for by the name of ${what}, and what it needs is not described`
      : `${quoted(action)} is allowed, and what else ${what} may need is not described`;
  const missing = [{ kind: "fact", name: `permissions of ${operation}` }] as const;
  return { path, principalName, actions: [], resources: [], missingFact: { message, help: HELP, missing } };
}
