import { findNearestFew } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatCount, formatList, quoted } from "../../diagnostics/text.ts";
import type { ListElement, Policy, PolicyFault, Statement } from "../policy.ts";
import { expandActions, findActionFacts, isService, splitAction, suggestActions } from "./facts.ts";
import { canOverlap, tokenizeArnFormat, tokenizeResource } from "./overlap.ts";
import type { ActionFacts } from "./table.ts";
import { listServicePrefixes } from "./table.ts";

/** In characters. AWS limits policies to a few thousand; longer ones are skipped to bound the work. */
const MAX_POLICY_LENGTH = 50_000;

/**
 * Warns about actions that don't exist, and about actions that can't apply to the resources of their
 * statement.
 */
export function findActionFaults(policy: Pick<Policy, "statements">): PolicyFault[] {
  if (measureStatements(policy.statements) > MAX_POLICY_LENGTH) return [];
  return policy.statements.flatMap((statement) => findStatementFaults(statement));
}

function measureStatements(statements: readonly Statement[]): number {
  const lists = statements.flatMap(({ action, resource }) => [action, ...(resource ? [resource] : [])]);
  return lists.reduce((sum, { values }) => sum + values.join(" ").length, 0);
}

function findStatementFaults(statement: Statement): PolicyFault[] {
  const { action, resource, path = ["Statement", statement.index] } = statement;
  const canApply = createApplicabilityCheck(action, resource);
  return action.values.flatMap((pattern, index): PolicyFault[] => {
    const at: Path = [...path, action.isNegated ? "NotAction" : "Action", index];
    const found = findUnknownAction(pattern) ?? (canApply && findMisappliedAction(pattern, canApply));
    return found ? [{ severity: "warning", ...found, path: at }] : [];
  });
}

/** Why the action is never evaluated on the resource (an ARN or a pattern); undefined when it may be. */
export function findResourceFault(action: string, resource: string): ActionFault | undefined {
  const list = (value: string): ListElement => ({ isNegated: false, values: [value] });
  const canApply = createApplicabilityCheck(list(action), list(resource));
  const found = canApply && findMisappliedAction(action, canApply);
  return found && { ...found, message: `${quoted(action)} is never asked for on ${quoted(resource, 200)}` };
}

type ActionFault = Pick<PolicyFault, "message" | "help">;

/** Why a pattern of actions, or one action, matches none that exists; undefined when it may. */
export function findUnknownAction(pattern: string): ActionFault | undefined {
  const { service, name } = splitAction(pattern) ?? { service: "*", name: "*" };
  if (!isService(service)) {
    const near = findNearestFew(service, listServicePrefixes(), 1);
    const help = near.length > 0 && `did you mean ${formatList(near.map((each) => `${each}:${name}`))}?`;
    return { message: `there is no service ${quoted(service)}`, ...(help && { help }) };
  }
  if (expandActions(pattern)?.length !== 0) return undefined;
  const message = /[*?]/.test(pattern)
    ? `no action matches ${quoted(pattern)}`
    : `there is no action ${quoted(pattern)}`;
  const near = suggestActions(pattern.replaceAll(/[*?]/g, ""));
  return { message, ...(near.length > 0 && { help: `did you mean ${formatList(near)}?` }) };
}

/**
 * Returns a predicate that tells whether an action can apply to the statement's resources; undefined when
 * every action can.
 */
function createApplicabilityCheck(
  action: ListElement,
  resource: ListElement | undefined,
): ((facts: ActionFacts) => boolean) | undefined {
  if (action.isNegated || !resource || resource.isNegated || resource.values.length === 0) return undefined;
  if (resource.values.some((value) => /^\*+$/.test(value))) return undefined;
  const resources = resource.values.map(tokenizeResource);
  const known = new Map<string, boolean>();
  const isMatched = (format: string): boolean => {
    const before = known.get(format);
    if (before !== undefined) return before;
    const pattern = tokenizeArnFormat(format);
    const isOverlapping = resources.some((each) => canOverlap(each, pattern));
    known.set(format, isOverlapping);
    return isOverlapping;
  };
  return ({ resourceTypes }) =>
    resourceTypes.some(({ arnFormats }) => arnFormats.length === 0 || arnFormats.some(isMatched));
}

/**
 * Reports a pattern only if none of its actions can apply: `s3:*` on a bucket alone is common, and does
 * something.
 */
function findMisappliedAction(
  pattern: string,
  canApply: (facts: ActionFacts) => boolean,
): ActionFault | undefined {
  const facts = (expandActions(pattern) ?? []).flatMap((name) => findActionFacts(name) ?? []);
  if (facts.length === 0 || facts.some(canApply)) return undefined;
  const formats = new Set(
    facts.flatMap(({ resourceTypes }) => resourceTypes.flatMap(({ arnFormats }) => arnFormats)),
  );
  if (formats.size === 0) {
    return {
      message: `${quoted(pattern)} takes no resource, so it never applies to the one that is given`,
      help: "it needs `*`: in a policy, give it a statement of its own",
    };
  }
  const what =
    facts.length === 1
      ? `${quoted(pattern)} never applies`
      : `none of the ${formatCount(facts.length, "action")} of ${quoted(pattern)} applies`;
  return {
    message: `${what} to the resources of this statement`,
    help: `it takes ${formatArnFormats(formats)}`,
  };
}

/** The shortest formats are the common ones: `arn:aws:s3:::BucketName/ObjectName`. */
function formatArnFormats(formats: ReadonlySet<string>): string {
  const formatted = [...formats]
    .map((format) => format.replace("${Partition}", "aws").replaceAll(/\$\{([^}]*)\}/g, "$1"))
    .sort((a, b) => a.length - b.length);
  const first = formatted.slice(0, 3).map((format) => quoted(format, 200));
  const rest = formatted.length > first.length ? `, and ${formatted.length - first.length} more` : "";
  return `${first.join(" or ")}${rest}`;
}
