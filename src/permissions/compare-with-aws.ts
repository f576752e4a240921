import type { Finding } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import type { SimulationAnswer, SimulationQuery } from "../iam/aws/index.ts";
import type { Decision, KeyState, KeyValues, PolicySet } from "../iam/evaluation/decision.ts";
import { evaluate } from "../iam/evaluation/evaluate.ts";
import type { Policy } from "../iam/policy.ts";
import { resolveConditionKeys } from "./condition-keys.ts";
import { quoteLong } from "./findings/text.ts";
import type { KnownPrincipal } from "./principals.ts";
import type { PermissionDecision } from "./result.ts";

/** A decision that can be compared with SimulatePrincipalPolicy. */
export interface ComparableDecision {
  decision: PermissionDecision;
  principal: KnownPrincipal;
  query: SimulationQuery;
  /**
   * Based on the principal's policies and service control policies, since the simulation ignores resource
   * policies.
   */
  localDecision: Decision;
  /** Keys that the call is known to lack, which the simulation rightly treats as absent. */
  absentKeys: ReadonlySet<string>;
}

/** Inputs that don't come from the principal: given condition keys, and the organization's policies. */
export interface ComparisonInputs {
  given: Readonly<Record<string, unknown>>;
  organization: Pick<PolicySet, "serviceControl">;
}

/**
 * Converts a decision to a query to AWS; undefined when there is no equivalent query. AWS can't simulate
 * services, the root user or trust policies, and has no single answer for a partial grant.
 */
export function toComparable(
  verdict: PermissionDecision,
  { given, organization }: ComparisonInputs,
): ComparableDecision | undefined {
  const { principal, action, resource, requirement } = verdict;
  if ("service" in principal || principal.kind === "root" || !canSimulate(action, resource)) return undefined;
  const { serviceControl } = organization;
  const policies = { ...principal.policies, ...(serviceControl && { serviceControl }) };
  // Treats the resource as local: without its policy, a resource of another account would always be denied.
  const resourceAccount = principal.account;
  const keys = resolveConditionKeys({ requirement, principal, resource, resourceAccount, given });
  const ours = evaluate({ principal: principal.arn, action, resource, keys, resourceAccount }, policies);
  if (ours.decision === "unknown" || ours.partial) return undefined;
  const { context, absent } = splitKeyStates(collectKeys(principal.policies), keys);
  const question = { principal: principal.ownArn, actions: [action], resources: [resource], context };
  return { decision: verdict, principal, query: question, localDecision: ours, absentKeys: absent };
}

/**
 * Trust policies and key policies decide on their own, and the simulation doesn't know them. It also rejects
 * ARNs with a wildcard in the account or the Region.
 */
const canSimulate = (action: string, resource: string): boolean =>
  action !== "sts:AssumeRole" &&
  !action.startsWith("kms:") &&
  !resource.split(":", 5).some((part) => part !== resource && part.includes("*"));

/** The condition keys that the policies use, in conditions and in variables. */
function collectKeys({ identity = [], boundary }: KnownPrincipal["policies"]): Set<string> {
  const keys = new Set<string>();
  for (const policy of boundary ? [...identity, boundary] : identity)
    for (const key of collectPolicyKeys(policy)) keys.add(key.toLowerCase());
  return keys;
}

const collectPolicyKeys = ({ statements, hasVariables }: Policy): string[] =>
  statements.flatMap(({ conditions, resource }) => {
    const texts = [...(resource?.values ?? []), ...conditions.flatMap(({ values }) => values)];
    const variables = hasVariables ? texts.flatMap(findPolicyVariables) : [];
    return [...conditions.map(({ key }) => key), ...variables];
  });

const findPolicyVariables = (text: string): string[] =>
  [...text.matchAll(/\$\{([^},]{1,400})[,}]/g)].map((match) => match[1]!.trim());

function splitKeyStates(names: ReadonlySet<string>, keys: KeyValues) {
  const context: Record<string, readonly string[]> = {};
  const absent = new Set<string>();
  for (const name of [...names].sort()) {
    const state: KeyState = keys.get(name);
    if (state === "absent") absent.add(name);
    else if (Array.isArray(state) && state.length > 0) context[name] = state;
  }
  return { context, absent };
}

/**
 * Merges queries to as few as possible: first the resources of each action, then the actions with the same
 * resources.
 */
export function batchQueries(comparables: readonly ComparableDecision[]): SimulationQuery[] {
  const byAction = mergeParts(
    comparables.map(({ query: { principal, context, actions, resources } }) => ({
      call: [principal, context, actions],
      items: resources,
    })),
  );
  const byResources = mergeParts(
    byAction.map(({ call: [principal, context, actions], items }) => ({
      call: [principal, context, [...items].sort()],
      items: actions as string[],
    })),
  );
  return byResources.map(({ call: [principal, context, resources], items }) => ({
    principal: principal as string,
    context: context as NonNullable<SimulationQuery["context"]>,
    actions: items,
    resources: resources as string[],
  }));
}

interface QueryPart {
  call: readonly unknown[];
  items: readonly string[];
}

/** Merges the items of parts with equal calls. */
function mergeParts(parts: readonly QueryPart[]): { call: readonly unknown[]; items: string[] }[] {
  const found = new Map<string, { call: readonly unknown[]; items: Set<string> }>();
  for (const { call, items } of parts) {
    const key = JSON.stringify(call);
    const known = found.get(key) ?? { call, items: new Set() };
    found.set(key, known);
    for (const item of items) known.items.add(item);
  }
  return [...found.values()].map(({ call, items }) => ({ call, items: [...items] }));
}

/**
 * Reports where AWS's verdict differs. Answers for which AWS lacked a key that the call may have are skipped.
 */
export function findDifferences(
  comparables: readonly ComparableDecision[],
  answers: readonly SimulationAnswer[],
): { verdict: PermissionDecision; finding: Finding }[] {
  const byQuestion = new Map(answers.map((answer) => [serializeQuery(answer.query, answer), answer]));
  return comparables.flatMap((one) => {
    const [action, resource] = [one.query.actions[0]!, one.query.resources[0]!];
    const answer = byQuestion.get(serializeQuery(one.query, { action, resource }));
    if (!answer || answer.verdict === "unknown" || answer.verdict === one.localDecision.decision) return [];
    if (answer.missing.some((key) => !one.absentKeys.has(key.toLowerCase()))) return [];
    return [{ verdict: one.decision, finding: createDifferenceFinding(one, answer) }];
  });
}

const serializeQuery = (
  { principal, context }: SimulationQuery,
  { action, resource }: Pick<SimulationAnswer, "action" | "resource">,
): string => JSON.stringify([principal, context, action, resource]);

const VERDICT_TEXTS = {
  allowed: "allows",
  implicitDeny: "denies (no statement allows it)",
  explicitDeny: "denies (a statement says so)",
} as const;

function createDifferenceFinding(
  { decision: verdict, principal, localDecision: ours }: ComparableDecision,
  answer: SimulationAnswer,
): Finding {
  const { requirement, action, resource } = verdict;
  const says = (decision: string): string => VERDICT_TEXTS[decision as keyof typeof VERDICT_TEXTS];
  const by = answer.deniedBy ? `, by ${DENIED_BY_TEXTS[answer.deniedBy]}` : "";
  return {
    code: "iam/live-difference",
    message: `AWS ${says(answer.verdict)}${by}, and Countersign ${says(ours.decision)}: ${quoted(action)} on ${quoteLong(resource)} for ${quoteLong(principal.ownArn)}`,
    help: answer.deniedBy === "organization" ? ORGANIZATION : OUT_OF_DATE,
    path: requirement.path ?? [],
    ...(requirement.path === undefined && { at: "operation" }),
  };
}

const DENIED_BY_TEXTS = {
  organization: "a policy of the organization",
  boundary: "the permissions boundary",
};

const ORGANIZATION =
  "give the organization's policies in a context file, under `organization`, so that they are checked too";

const OUT_OF_DATE =
  "the context may be out of date: read the principal again with `countersign iam fetch`; where the difference stays, please report it";
