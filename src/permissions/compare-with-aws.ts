import type { Finding } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import type { SimulationAnswer, SimulationQuestion } from "../iam/aws/index.ts";
import type { Decision, KeyState, KeyValues, PolicySet } from "../iam/evaluation/decision.ts";
import { evaluate } from "../iam/evaluation/evaluate.ts";
import type { Policy } from "../iam/policy.ts";
import { keysOf } from "./condition-keys.ts";
import { longText } from "./findings/text.ts";
import type { KnownPrincipal } from "./principals.ts";
import type { Verdict } from "./result.ts";

/** A decision that can be compared with SimulatePrincipalPolicy. */
export interface Comparable {
  verdict: Verdict;
  principal: KnownPrincipal;
  question: SimulationQuestion;
  /**
   * Based on the principal's policies and service control policies, since the simulation ignores resource
   * policies.
   */
  ours: Decision;
  /** Keys that the call is known to lack, which the simulation rightly treats as absent. */
  absent: ReadonlySet<string>;
}

/** Inputs that don't come from the principal: given condition keys, and the organization's policies. */
export interface Beside {
  given: Readonly<Record<string, unknown>>;
  organization: Pick<PolicySet, "serviceControl">;
}

/**
 * Converts a decision to a query to AWS; undefined when there is no equivalent query. AWS can't simulate
 * services, the root user or trust policies, and has no single answer for a partial grant.
 */
export function comparable(verdict: Verdict, { given, organization }: Beside): Comparable | undefined {
  const { principal, action, resource, requirement } = verdict;
  if ("service" in principal || principal.kind === "root" || !isAskable(action, resource)) return undefined;
  const { serviceControl } = organization;
  const policies = { ...principal.policies, ...(serviceControl && { serviceControl }) };
  // Treats the resource as local: without its policy, a resource of another account would always be denied.
  const resourceAccount = principal.account;
  const keys = keysOf({ requirement, principal, resource, resourceAccount, given });
  const ours = evaluate({ principal: principal.arn, action, resource, keys, resourceAccount }, policies);
  if (ours.decision === "unknown" || ours.partial) return undefined;
  const { context, absent } = statesOf(keysIn(principal.policies), keys);
  const question = { principal: principal.ownArn, actions: [action], resources: [resource], context };
  return { verdict, principal, question, ours, absent };
}

/**
 * Trust policies and key policies decide on their own, and the simulation doesn't know them. It also rejects
 * ARNs with a wildcard in the account or the Region.
 */
const isAskable = (action: string, resource: string): boolean =>
  action !== "sts:AssumeRole" &&
  !action.startsWith("kms:") &&
  !resource.split(":", 5).some((part) => part !== resource && part.includes("*"));

/** The condition keys that the policies use, in conditions and in variables. */
function keysIn({ identity = [], boundary }: KnownPrincipal["policies"]): Set<string> {
  const keys = new Set<string>();
  for (const policy of boundary ? [...identity, boundary] : identity)
    for (const key of keysOfPolicy(policy)) keys.add(key.toLowerCase());
  return keys;
}

const keysOfPolicy = ({ statements, hasVariables }: Policy): string[] =>
  statements.flatMap(({ conditions, resource }) => {
    const texts = [...(resource?.values ?? []), ...conditions.flatMap(({ values }) => values)];
    const variables = hasVariables ? texts.flatMap(variablesIn) : [];
    return [...conditions.map(({ key }) => key), ...variables];
  });

const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{\s*([^},]{1,200}?)\s*[,}]/g)].map((match) => match[1]!);

function statesOf(names: ReadonlySet<string>, keys: KeyValues) {
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
export function questionsOf(comparables: readonly Comparable[]): SimulationQuestion[] {
  const byAction = gathered(
    comparables.map(({ question: { principal, context, actions, resources } }) => ({
      call: [principal, context, actions],
      items: resources,
    })),
  );
  const byResources = gathered(
    byAction.map(({ call: [principal, context, actions], items }) => ({
      call: [principal, context, [...items].sort()],
      items: actions as string[],
    })),
  );
  return byResources.map(({ call: [principal, context, resources], items }) => ({
    principal: principal as string,
    context: context as NonNullable<SimulationQuestion["context"]>,
    actions: items,
    resources: resources as string[],
  }));
}

interface Part {
  call: readonly unknown[];
  items: readonly string[];
}

/** Merges the items of parts with equal calls. */
function gathered(parts: readonly Part[]): { call: readonly unknown[]; items: string[] }[] {
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
export function differencesOf(
  comparables: readonly Comparable[],
  answers: readonly SimulationAnswer[],
): { verdict: Verdict; finding: Finding }[] {
  const byQuestion = new Map(answers.map((answer) => [keyOf(answer.question, answer), answer]));
  return comparables.flatMap((one) => {
    const [action, resource] = [one.question.actions[0]!, one.question.resources[0]!];
    const answer = byQuestion.get(keyOf(one.question, { action, resource }));
    if (!answer || answer.verdict === "unknown" || answer.verdict === one.ours.decision) return [];
    if (answer.missing.some((key) => !one.absent.has(key.toLowerCase()))) return [];
    return [{ verdict: one.verdict, finding: findingOf(one, answer) }];
  });
}

const keyOf = (
  { principal, context }: SimulationQuestion,
  { action, resource }: Pick<SimulationAnswer, "action" | "resource">,
): string => JSON.stringify([principal, context, action, resource]);

const WORDS = {
  allowed: "allows",
  implicitDeny: "denies (no statement allows it)",
  explicitDeny: "denies (a statement says so)",
} as const;

function findingOf({ verdict, principal, ours }: Comparable, answer: SimulationAnswer): Finding {
  const { requirement, action, resource } = verdict;
  const says = (decision: string): string => WORDS[decision as keyof typeof WORDS];
  const by = answer.deniedBy ? `, by ${BY[answer.deniedBy]}` : "";
  return {
    code: "iam/live-difference",
    message: `AWS ${says(answer.verdict)}${by}, and Countersign ${says(ours.decision)}: ${quoted(action)} on ${longText(resource)} for ${longText(principal.ownArn)}`,
    help: answer.deniedBy === "organization" ? ORGANIZATION : OUT_OF_DATE,
    path: requirement.path ?? [],
    ...(requirement.path === undefined && { at: "operation" }),
  };
}

const BY = { organization: "a policy of the organization", boundary: "the permissions boundary" };

const ORGANIZATION =
  "give the organization's policies in a context file, under `organization`, so that they are checked too";

const OUT_OF_DATE =
  "the context may be out of date: read the principal again with `countersign iam fetch`; where the difference stays, please report it";
