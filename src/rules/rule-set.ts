import type { Severity } from "../diagnostics/codes.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import { pathFromPointer, valueAt } from "../diagnostics/pointer.ts";
import { Unknown } from "../documents/document.ts";
import { knownPartOf, listUnknownParts } from "../documents/partial.ts";
import type { CelVariables } from "./cel/index.ts";
import { createUnknownFailure, DataMap, OpenDataList, runWith, toCelValue } from "./cel/index.ts";
import type { PlannedRule, RuleSubject } from "./evaluate.ts";
import { planRule, runRule } from "./evaluate.ts";
import { trimToExisting } from "./items.ts";
import { MAX_RUN_STEPS, MAX_STEPS } from "./limits.ts";
import type { Permission, PermissionHolder, PermissionRequirement } from "./permission.ts";
import { createPermissionByName } from "./permission.ts";
import { dependsOnFaulty, toFaultyPaths } from "./references.ts";
import type { PlannedPermission } from "./requirements.ts";
import { evaluateRequirement, findHolders, planPermission } from "./requirements.ts";
import type { Rule } from "./rule.ts";
import { ANY_OPERATION } from "./rule.ts";

/** One request to evaluate rules for. */
export interface RuleInput {
  operation: string;
  request: unknown;
  justification?: string | Unknown | undefined;
  caller?: string | Unknown | undefined;
  context?: Readonly<Record<string, unknown>> | undefined;
  /** Lists of the context of which only some items are known: they exist, and others may. */
  partialLists?: Readonly<Record<string, readonly unknown[]>> | undefined;
  /** The time of the check in ISO 8601; by default, when it is made. */
  now?: string | undefined;
  /**
   * JSON pointers of the values that the schema check rejected. Rules that depend on one of them are skipped.
   */
  faulty: ReadonlySet<string>;
  /** The subset of `faulty` whose value has the right type, and only the wrong form, length or position. */
  wellTyped?: ReadonlySet<string> | undefined;
}

export interface RuleOptions {
  /** Parameter values by rule id. */
  params?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
  /** Severities by rule id. */
  severities?: Readonly<Record<string, Severity | "off">> | undefined;
}

export interface ChangesetFinding {
  /** The index of the input that the finding belongs to. */
  index: number;
  finding: Finding;
}

/** A set of rules and permissions to evaluate requests against. Each is planned when first needed. */
export class RuleSet {
  readonly rules: readonly Rule[];
  readonly permissions: readonly Permission[];
  /** Planned rules by the options they were planned with, then by operation and scope. */
  readonly #runners = new WeakMap<RuleOptions, Map<string, PlannedRule[]>>();

  readonly #planned = new Map<string, PlannedPermission[]>();

  constructor(rules: readonly Rule[], permissions: readonly Permission[]) {
    this.rules = rules;
    this.permissions = permissions;
  }

  /** Evaluates the rules of scope `request` for one request. */
  evaluate(input: RuleInput, options: RuleOptions = NO_OPTIONS): Finding[] {
    const runners = this.#runnersOf(input.operation, "request", options);
    if (runners.length === 0) return NO_FINDINGS;
    const subject = createSubject(input);
    const budget = { left: MAX_STEPS };
    return runWith(subject.variables, budget, () => {
      const findings: Finding[] = [];
      for (const runner of runners) {
        budget.left = MAX_STEPS;
        const found = runRule(runner, subject, budget);
        if (found.length > 0) findings.push(...found);
      }
      return findings;
    });
  }

  /** Evaluates the rules of scope `changeset` for all requests of a run. */
  evaluateChangeset(inputs: readonly RuleInput[], options: RuleOptions = NO_OPTIONS): ChangesetFinding[] {
    const findings: ChangesetFinding[] = [];
    const operations = new Set([...inputs.map(({ operation }) => operation)]);
    for (const operation of [...operations, ANY_OPERATION]) {
      const runners = this.#runnersOf(operation, "changeset", options).filter(
        ({ rule }) => rule.operation === operation,
      );
      const concerned = operation === ANY_OPERATION ? [...inputs.keys()] : findIndexes(inputs, operation);
      for (const runner of runners) findings.push(...runChangesetRule(runner, inputs, concerned));
    }
    return findings.sort((a, b) => a.index - b.index);
  }

  /** The permissions that a request needs. */
  findRequirements(input: RuleInput): PermissionRequirement[] {
    const planned = this.#plannedOf(input.operation);
    if (planned.length === 0) return [];
    const subject = createSubject(input);
    return planned.flatMap((each) => evaluateRequirement(each, subject) ?? []);
  }

  /** The principals whose policies matter for a request; the caller only if it is known or a placeholder. */
  findHolders(input: RuleInput): PermissionHolder[] {
    const planned = this.#plannedOf(input.operation);
    const concerned = input.caller === undefined ? planned.filter(isNotCallers) : planned;
    return concerned.length === 0 ? [] : findHolders(concerned, createSubject(input));
  }

  #plannedOf(operation: string): PlannedPermission[] {
    const known = this.#planned.get(operation);
    if (known) return known;
    const own = this.permissions.filter(
      (permission) => permission.operation === operation || permission.operation === ANY_OPERATION,
    );
    const isDescribed = own.some((permission) => permission.operation === operation);
    const planned = (isDescribed ? own : [createPermissionByName(operation), ...own]).map(planPermission);
    this.#planned.set(operation, planned);
    return planned;
  }

  #runnersOf(operation: string, scope: Rule["scope"], options: RuleOptions): PlannedRule[] {
    const cache = this.#runners.get(options) ?? new Map<string, PlannedRule[]>();
    this.#runners.set(options, cache);
    const key = `${scope} ${operation}`;
    const runners = cache.get(key) ?? this.#makeRunners(operation, scope, options);
    cache.set(key, runners);
    return runners;
  }

  #makeRunners(operation: string, scope: Rule["scope"], { params, severities }: RuleOptions): PlannedRule[] {
    return this.rules
      .filter(
        (rule) => rule.scope === scope && (rule.operation === operation || rule.operation === ANY_OPERATION),
      )
      .flatMap((rule) => {
        const severity = severities?.[rule.id] ?? rule.severity;
        return severity === "off" ? [] : [planRule(rule, severity, params?.[rule.paramsOf ?? rule.id] ?? {})];
      });
  }
}

const isNotCallers = ({ permission }: PlannedPermission): boolean => !permission.isCallers;

const NO_OPTIONS: RuleOptions = {};
const NO_FINDINGS: Finding[] = [];

const findIndexes = (inputs: readonly RuleInput[], operation: string): number[] =>
  [...inputs.keys()].filter((index) => inputs[index]?.operation === operation);

function createSubject({
  operation,
  request,
  justification = "",
  caller,
  context = {},
  partialLists = {},
  now = new Date().toISOString(),
  faulty,
  wellTyped: sound,
}: RuleInput): RuleSubject {
  const listsInPart = Object.fromEntries(
    Object.entries(partialLists).map(([name, items]) => {
      const rest = createUnknownFailure({ kind: "context", name });
      return [name, new OpenDataList(items, rest, name)];
    }),
  );
  const variables: CelVariables = {
    request: toCelValue(request) ?? null,
    context: new DataMap({ ...context, ...listsInPart }, ""),
    operation,
    now,
    justification: toCelValue(justification),
    caller: caller === undefined ? createUnknownFailure({ kind: "caller" }) : toCelValue(caller),
  };
  return { request, context, variables, faulty: toFaultyPaths(faulty, sound) };
}

/** Requests that are faulty in a part that the rule reads are excluded from the comparison. */
function runChangesetRule(
  runner: PlannedRule,
  inputs: readonly RuleInput[],
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
    moveToHolders(runOnGroup(runner, inputs, group, budget), runner, inputs, group),
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
  const names = new Map(group.map((index) => [index, listUnknownNames(inputs[index]?.request)] as const));
  const held = new Map<number, ChangesetFinding>();
  const isHeld = (index: number, { missing = [] }: Finding) =>
    missing.some(({ name }) => names.get(index)?.has(name));
  const kept = findings.filter((each) => {
    if (!isUndecidedByValues(each.finding) || isHeld(each.index, each.finding)) return true;
    const holder = group.find((index) => isHeld(index, each.finding));
    if (holder === undefined) return true;
    const path = trimToExisting(inputs[holder]?.request, runner.at[0] ?? []);
    if (!held.has(holder)) held.set(holder, { index: holder, finding: { ...each.finding, path } });
    return false;
  });
  const own = new Set(kept.map(({ index }) => index));
  return [...kept, ...[...held.values()].filter(({ index }) => !own.has(index))];
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

/** Evaluates a rule for each request of a group. `requests` is the whole group, `index` a position in it. */
function runOnGroup(
  runner: PlannedRule,
  inputs: readonly RuleInput[],
  group: readonly number[],
  budget: { left: number },
): ChangesetFinding[] {
  const requests = toCelValue(
    group.map((index, position) => {
      const { operation, request, justification = "" } = inputs[index] as RuleInput;
      return { operation, request, justification, index: position };
    }),
  );
  return group.flatMap((index, position) => {
    const subject = createSubject(inputs[index] as RuleInput);
    Object.assign(subject.variables, { requests, index: BigInt(position) });
    const own = { left: Math.min(MAX_STEPS, budget.left) };
    const before = own.left;
    const findings = runRule(runner, subject, own);
    budget.left -= before - own.left;
    return findings.map((finding) => ({ index, finding }));
  });
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
