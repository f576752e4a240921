import { findNearest, findNearestFew } from "../../diagnostics/nearest.ts";
import { matchesPattern } from "../match/glob.ts";
import { findOperationActions } from "./operations.ts";
import type { ActionFacts } from "./table.ts";
import { listServicePrefixes, loadActions } from "./table.ts";

/** Splits `service:Name` at its first colon; undefined when there is no colon. */
export function splitAction(text: string): { service: string; name: string } | undefined {
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { service: text.slice(0, colon), name: text.slice(colon + 1) };
}

/**
 * The facts about an action, whatever its case; undefined when the action doesn't exist or the table lacks
 * its service.
 */
export function findActionFacts(action: string): ActionFacts | undefined {
  const { service, name } = splitAction(action) ?? { service: "", name: "" };
  return loadActions(service)?.get(name.toLowerCase());
}

/** Whether the action exists; undefined when the table lacks the actions of its service. */
export function isKnownAction(action: string): boolean | undefined {
  const service = splitAction(action)?.service;
  if (service === undefined) return false;
  const actions = loadActions(service);
  if (actions) return findActionFacts(action) !== undefined;
  return isService(service) ? undefined : false;
}

/** Whether the pattern matches the prefix of any service. */
export const isService = (pattern: string): boolean =>
  listServicePrefixes().some((prefix) => matchesPattern(pattern, prefix, { ignoreCase: true }));

/**
 * Whether the action takes a resource; one that doesn't is matched by `*` only. Undefined when that isn't
 * known.
 */
export function takesResource(action: string): boolean | undefined {
  const facts = findActionFacts(action);
  return facts && facts.resourceTypes.length > 0;
}

/** A pattern of more services than this matches some action of one of them; reading them all would take long. */
const MAX_SERVICES = 3;

/**
 * The actions that a pattern matches, in AWS's spelling; undefined when it may match actions that the table
 * lacks, or those of many services.
 */
export function expandActions(pattern: string): string[] | undefined {
  const { service, name } = splitAction(pattern) ?? { service: pattern, name: "*" };
  const matching = listServicePrefixes().filter((prefix) =>
    matchesPattern(service, prefix, { ignoreCase: true }),
  );
  if (matching.length > MAX_SERVICES) return undefined;
  const known = matching.map((prefix) => loadActions(prefix));
  if (known.includes(undefined)) return undefined;
  return known.flatMap((actions) =>
    [...actions!]
      .filter(([action]) => matchesPattern(name, action, { ignoreCase: true }))
      .map(([, facts]) => facts.name),
  );
}

/** Where an action is looked for whose service is not given. */
const COMMON_SERVICES = [
  "storagegateway",
  "fsx",
  "s3",
  "kms",
  "iam",
  "sts",
  "lambda",
  "logs",
  "dynamodb",
  "ssm",
];

/** Suggests existing actions for a misspelt one, the closest first. */
export function suggestActions(text: string): string[] {
  const { service, name } = splitAction(text) ?? { service: "", name: text };
  if (service === "")
    return COMMON_SERVICES.flatMap((each) => loadActions(each)?.get(name.toLowerCase())?.name ?? []);
  const actions = loadActions(service) ?? loadActions(findNearest(service, listServicePrefixes()) ?? "");
  if (!actions) return [];
  const operation = findOperationActions([...actions.values()][0]!.service, name);
  if (operation) return [...operation];
  const names = [...actions.values()].map((facts) => facts.name.slice(facts.service.length + 1));
  return findNearestFew(name, names).map((each) => actions.get(each.toLowerCase())!.name);
}
