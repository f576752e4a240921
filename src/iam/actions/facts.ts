import { nearest, nearestFew } from "../../diagnostics/nearest.ts";
import { matchesPattern } from "../match/glob.ts";
import { operationActions } from "./operations.ts";
import type { ActionFacts } from "./table.ts";
import { actionsOf, prefixes, tabled } from "./table.ts";

/** `service:Name` apart; undefined where the text has no colon. */
export function splitAction(text: string): { service: string; name: string } | undefined {
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { service: text.slice(0, colon), name: text.slice(colon + 1) };
}

/** What is known of an action, in any case; undefined for one that doesn't exist or whose service is not in the table. */
export function actionFacts(action: string): ActionFacts | undefined {
  const { service, name } = splitAction(action) ?? { service: "", name: "" };
  return actionsOf(service)?.get(name.toLowerCase());
}

/** Undefined where the table doesn't have the service's actions. */
export function isKnownAction(action: string): boolean | undefined {
  const service = splitAction(action)?.service;
  if (service === undefined) return false;
  const actions = actionsOf(service);
  if (actions) return actionFacts(action) !== undefined;
  return isService(service) ? undefined : false;
}

/** Whether there is a service with a prefix that matches. */
export const isService = (pattern: string): boolean =>
  prefixes().some((prefix) => matchesPattern(pattern, prefix, { ignoreCase: true }));

/** Whether an action takes a resource; one that doesn't needs `*`. Undefined where that is not known. */
export function takesResource(action: string): boolean | undefined {
  const facts = actionFacts(action);
  return facts && facts.resourceTypes.length > 0;
}

/** The actions that a pattern matches, in AWS's spelling; undefined where it may match others than the table has. */
export function expandActions(pattern: string): string[] | undefined {
  const { service, name } = splitAction(pattern) ?? { service: pattern, name: "*" };
  const matching = prefixes().filter((prefix) => matchesPattern(service, prefix, { ignoreCase: true }));
  const known = matching.map((prefix) => actionsOf(prefix));
  if (known.includes(undefined)) return undefined;
  return known.flatMap((actions) =>
    [...actions!]
      .filter(([action]) => matchesPattern(name, action, { ignoreCase: true }))
      .map(([, facts]) => facts.name),
  );
}

/** Actions that somebody may have meant, the likeliest first. */
export function nearestActions(text: string): string[] {
  const { service, name } = splitAction(text) ?? { service: "", name: text };
  if (service === "") return tabled().flatMap((each) => actionsOf(each)!.get(name.toLowerCase())?.name ?? []);
  const actions = actionsOf(service) ?? actionsOf(nearest(service, prefixes()) ?? "");
  if (!actions) return [];
  const operation = operationActions([...actions.values()][0]!.service, name);
  if (operation) return [...operation];
  const names = [...actions.values()].map((facts) => facts.name.slice(facts.service.length + 1));
  return nearestFew(name, names).map((each) => actions.get(each.toLowerCase())!.name);
}
