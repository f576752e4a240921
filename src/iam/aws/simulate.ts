import type { ContextEntry, EvaluationResult, ResourceSpecificResult } from "@aws-sdk/client-iam";
import { quoted } from "../../diagnostics/text.ts";
import type { Verdict } from "../evaluation/decision.ts";
import type { Calls } from "./calls.ts";
import { fetchAllPages } from "./calls.ts";

/** A query to AWS: may the principal perform each of the actions on each of the resources? */
export interface SimulationQuery {
  /** ARN of a role or a user; for a session, that of its role. */
  principal: string;
  /** `service:Name`, without wildcards. */
  actions: readonly string[];
  /** ARNs; empty for actions that take no resource. */
  resources: readonly string[];
  /** Condition keys and their values. Keys that are left out are absent in the simulation. */
  context?: Readonly<Record<string, readonly string[]>>;
}

/** AWS's verdict on one action on one resource. */
export interface SimulationAnswer {
  /** The query that was answered; other condition keys may give another answer. */
  query: SimulationQuery;
  action: string;
  resource: string;
  /** "unknown" when AWS's response doesn't cover the resource. */
  verdict: Verdict;
  /** Condition keys of the principal's policies that the query lacked; AWS treated them as absent. */
  missing: readonly string[];
  /** Set when a policy of the organization or the permissions boundary denies the action. */
  deniedBy?: "organization" | "boundary";
}

/** Larger batches are soon throttled. */
const MAX_RESOURCES = 20;
const MAX_ACTIONS = 20;

/**
 * Calls `iam:SimulatePrincipalPolicy`. The answers are in the order of the actions, then of the resources.
 * Throws `LiveProblem`.
 */
export async function simulateQuery(calls: Calls, question: SimulationQuery): Promise<SimulationAnswer[]> {
  const resources = question.resources.length > 0 ? question.resources : ["*"];
  const parts = splitIntoBatches(question.actions, MAX_ACTIONS).flatMap((actions) =>
    splitIntoBatches(resources, MAX_RESOURCES).map((batch) => ({ ...question, actions, resources: batch })),
  );
  return (await Promise.all(parts.map((part) => simulateBatch(calls, part)))).flat();
}

const splitIntoBatches = <T>(items: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  );

async function simulateBatch(calls: Calls, query: SimulationQuery): Promise<SimulationAnswer[]> {
  const { principal, actions, resources, context = {} } = query;
  const input = {
    PolicySourceArn: principal,
    ActionNames: [...actions],
    ResourceArns: [...resources],
    ContextEntries: Object.entries(context).map(([key, values]) => toContextEntry(key, values)),
  };
  const pages = await fetchAllPages("SimulatePrincipalPolicy", (marker) =>
    calls.call("SimulatePrincipalPolicy", { ...input, ...marker }, `the principal ${quoted(principal, 200)}`),
  );
  const results = pages.flatMap(({ EvaluationResults }) => EvaluationResults ?? []);
  return actions.flatMap((action) => {
    const own = results.filter((result) => isSameName(result.EvalActionName, action));
    return resources.map((resource) => ({
      query,
      action,
      resource,
      ...findAnswer(own, resource, resources.length === 1),
    }));
  });
}

const isSameName = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/**
 * IAM API reference, EvaluationResult: one result of an action may cover several resources.
 * `EvalResourceName` is then a template of their ARNs with the most restrictive decision, and
 * `ResourceSpecificResults` has the decision of each ARN.
 */
function findAnswer(
  results: readonly EvaluationResult[],
  resource: string,
  isAlone: boolean,
): Pick<SimulationAnswer, "verdict" | "missing" | "deniedBy"> {
  for (const result of results) {
    const specific = result.ResourceSpecificResults?.find((one) => one.EvalResourceName === resource);
    if (specific) return toAnswer(result, specific);
  }
  const own = results.find((result) => result.EvalResourceName === resource);
  if (own) return toAnswer(own);
  const only = isAlone && results.length === 1 ? results[0]! : undefined;
  return only ? toAnswer(only) : { verdict: "unknown", missing: [] };
}

const AWS_VERDICTS: ReadonlySet<string> = new Set(["allowed", "implicitDeny", "explicitDeny"]);

function toAnswer(
  whole: EvaluationResult,
  specific?: ResourceSpecificResult,
): Pick<SimulationAnswer, "verdict" | "missing" | "deniedBy"> {
  const verdict = specific ? specific.EvalResourceDecision : whole.EvalDecision;
  const missing = [...(whole.MissingContextValues ?? []), ...(specific?.MissingContextValues ?? [])];
  const boundary = specific?.PermissionsBoundaryDecisionDetail ?? whole.PermissionsBoundaryDecisionDetail;
  const deniedBy =
    whole.OrganizationsDecisionDetail?.AllowedByOrganizations === false
      ? "organization"
      : boundary?.AllowedByPermissionsBoundary === false
        ? "boundary"
        : undefined;
  return {
    verdict: AWS_VERDICTS.has(verdict ?? "") ? (verdict as Verdict) : "unknown",
    missing: [...new Set(missing)].sort(),
    ...(deniedBy && verdict !== "allowed" && { deniedBy }),
  };
}

/**
 * Global condition keys whose values aren't strings (IAM user guide, "AWS global condition context keys").
 */
const KEY_TYPES: Readonly<Record<string, ContextEntry["ContextKeyType"]>> = {
  "aws:securetransport": "boolean",
  "aws:multifactorauthpresent": "boolean",
  "aws:viaawsservice": "boolean",
  "aws:principalisawsservice": "boolean",
  "aws:multifactorauthage": "numeric",
  "aws:epochtime": "date",
  "aws:currenttime": "date",
  "aws:tokenissuetime": "date",
  "aws:sourceip": "ip",
  "aws:vpcsourceip": "ip",
};

/** Multivalued keys, which take a list even for one value. */
const MULTIVALUED_KEYS: ReadonlySet<string> = new Set([
  "aws:tagkeys",
  "aws:principalorgpaths",
  "aws:calledvia",
]);

function toContextEntry(key: string, values: readonly string[]): ContextEntry {
  const name = key.toLowerCase();
  const text = values.length === 1 && !MULTIVALUED_KEYS.has(name) ? "string" : "stringList";
  return {
    ContextKeyName: key,
    ContextKeyValues: [...values],
    ContextKeyType: (values.length === 1 ? KEY_TYPES[name] : undefined) ?? text,
  };
}
