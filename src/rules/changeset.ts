import type { Finding } from "../diagnostics/diagnostic.ts";
import { pathFromPointer, valueAt } from "../diagnostics/pointer.ts";
import { Unknown } from "../documents/document.ts";
import { knownPartOf, listUnknownParts } from "../documents/partial.ts";
import { runRule } from "./evaluate.ts";
import type { ChangesetFinding, RuleInput, RuleOptions } from "./input.ts";
import { trimToExisting } from "./items.ts";
import { MAX_ITEMS, MAX_RUN_STEPS, MAX_STEPS } from "./limits.ts";
import { listCandidates } from "./pairs/pair-index.ts";
import type { PlannedRule } from "./planned-rule.ts";
import { dependsOnFaulty, toFaultyPaths } from "./references.ts";
import { toCelValue } from "./runtime/index.ts";
import { createSubject } from "./subject.ts";

/** A rule over all requests of a run. */
export interface ChangesetRun {
  runner: PlannedRule;
  inputs: readonly RuleInput[];
  options: RuleOptions;
}

/** Requests that are faulty in a part that the rule reads are excluded from the comparison. */
export function runChangesetRule(
  { runner, inputs, options }: ChangesetRun,
  concerned: readonly number[],
): ChangesetFinding[] {
  const paths = runner.rule.references.flatMap((reference) => {
    if (reference.root === "request") return [reference];
    const [item, member] = reference.path;
    if (reference.root !== "requests" || item !== "*" || member !== "request") return [];
    return [{ ...reference, path: reference.path.slice(2), required: reference.required.slice(2) }];
  });
  const sound = concerned.filter((index) => {
    const { faulty, wellTyped: kinds, request } = inputs[index] as RuleInput;
    return faulty.size === 0 || !dependsOnFaulty(paths, toFaultyPaths(faulty, kinds), request);
  });
  const budget = { left: MAX_RUN_STEPS };
  return groupInputs(runner.rule.among, inputs, sound).flatMap((group) =>
    moveToHolders(runOnGroup({ runner, inputs, options }, group, budget), runner, inputs, group),
  );
}

/**
 * Moves findings that are undecided because of a placeholder in another request to that request, where it is one
 * finding however many requests are compared with it.
 */
function moveToHolders(
  findings: readonly ChangesetFinding[],
  runner: PlannedRule,
  inputs: readonly RuleInput[],
  group: readonly number[],
): ChangesetFinding[] {
  if (!findings.some(({ finding }) => isUndecidedByValues(finding))) return [...findings];
  const holders = findFirstHolders(inputs, group);
  const held = new Map<number, ChangesetFinding>();
  const kept = findings.filter((each) => {
    if (!isUndecidedByValues(each.finding)) return true;
    const own = listUnknownNames(inputs[each.index]?.request);
    const names = (each.finding.missing ?? []).map(({ name }) => name);
    const found = names.flatMap((name) => holders.get(name) ?? []);
    if (found.length === 0 || names.some((name) => own.has(name))) return true;
    const holder = group[Math.min(...found)]!;
    const path = trimToExisting(inputs[holder]?.request, runner.at[0] ?? []);
    if (!held.has(holder)) held.set(holder, { index: holder, finding: { ...each.finding, path } });
    return false;
  });
  const own = new Set(kept.map(({ index }) => index));
  return [...kept, ...[...held.values()].filter(({ index }) => !own.has(index))];
}

/** The first position in the group of a request with a placeholder, by the placeholder's name. */
function findFirstHolders(inputs: readonly RuleInput[], group: readonly number[]): Map<string, number> {
  const holders = new Map<string, number>();
  for (const [position, index] of group.entries())
    for (const name of listUnknownNames(inputs[index]?.request))
      if (!holders.has(name)) holders.set(name, position);
  return holders;
}

const isUndecidedByValues = ({ status, missing = [] }: Finding): boolean =>
  status === "undecided" && missing.length > 0 && missing.every(({ kind }) => kind === "value");

function listUnknownNames(value: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (value instanceof Unknown) for (const name of listUnknownParts(value)) names.add(name);
  const known = knownPartOf(value);
  if (typeof known === "object" && known !== null && !(known instanceof Unknown))
    for (const part of Object.values(known)) listUnknownNames(part, names);
  return names;
}

/**
 * Evaluates a rule for each request of a group. `requests` is the whole group, or the part of it that matters for
 * the request; `index` is a position in the group.
 */
function runOnGroup(
  { runner, inputs, options }: ChangesetRun,
  group: readonly number[],
  budget: { left: number },
): ChangesetFinding[] {
  const requests = group.map((index, position) => {
    const { operation, request, justification = "" } = inputs[index] as RuleInput;
    return { operation, request, justification, index: position };
  });
  const candidates =
    runner.rule.comparison &&
    listCandidates(
      runner.rule.comparison,
      requests.map(({ request }) => request),
    );
  return group.flatMap((index, position) => {
    const findCandidates: (() => readonly number[]) | undefined = candidates?.next().value;
    const own = inputs[index] as RuleInput;
    if (findCandidates && !mayApply(runner, own, options)) return [];
    const positions = findCandidates?.();
    // No request is compared with this one, so that `!requests.exists(…)` holds.
    if (positions?.length === 0) return [];
    const compared = (positions?.slice(0, MAX_ITEMS + 1).map((each) => requests[each]!) ?? requests).filter(
      (other) => areMadeTogether(own.choices, inputs[group[other.index]!]?.choices),
    );
    const subject = createSubject(own, options);
    Object.assign(subject.variables, { requests: toCelValue(compared), index: BigInt(position) });
    // A comparison with few is linear, and has a budget for each request.
    const isShared = compared.length > MAX_UNSHARED;
    const steps = { left: isShared ? Math.min(MAX_STEPS, budget.left) : MAX_STEPS };
    const before = steps.left;
    const findings = runRule(runner, subject, steps).map((pending) => pending.toFinding());
    if (isShared) budget.left -= before - steps.left;
    return findings.map((finding) => ({ index, finding }));
  });
}

const MAX_UNSHARED = 2;

/** Whether a rule that is a comparison applies to a request: its condition is about the payload alone (`recogniseComparison`). */
function mayApply({ when }: PlannedRule, input: RuleInput, options: RuleOptions): boolean {
  const applies = when?.(createSubject(input, options).variables, { left: MAX_STEPS });
  return applies?.kind !== "value" || applies.value === true;
}

/** Of the requests that one document may make in one place, it makes one. */
function areMadeTogether(a: RuleInput["choices"], b: RuleInput["choices"]): boolean {
  if (!a || !b || a === b || a.document !== b.document) return true;
  return ![...a.taken].some(([name, branch]) => (b.taken.get(name) ?? branch) !== branch);
}

/**
 * Groups requests by their value at the `among` pointer. A placeholder could turn out to be any of the
 * values, so all requests form one group then.
 */
function groupInputs(
  among: string | undefined,
  inputs: readonly RuleInput[],
  sound: readonly number[],
): number[][] {
  if (among === undefined) return [[...sound]];
  const path = pathFromPointer(among);
  const groups = new Map<string, number[]>();
  for (const index of sound) {
    const value = valueAt(inputs[index]?.request, path);
    if (value instanceof Unknown) return [[...sound]];
    const key = JSON.stringify(value) ?? "";
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return [...groups.values()];
}
