import type { Severity } from "../../diagnostics/codes.ts";
import type { RuleOptions } from "../input.ts";
import type { PlannedPermission } from "../requirements.ts";
import type { RuleSet } from "../rule-set.ts";
import { toPlainData } from "../runtime/values.ts";
import type { CountingRuntime } from "./counting-runtime.ts";
import { COUNTING_RUNTIME } from "./counting-runtime.ts";

/** How much is found, which decides the outcome. */
export interface FindingCounts {
  errors: number;
  warnings: number;
  undecided: number;
}

/** A request of which everything is known, and nothing of its surroundings: there is no context, and no container. */
export interface CountedRequest {
  operation: string;
  /** Small, plain data that the schema accepts. */
  request: unknown;
  justification?: string | undefined;
  caller?: string | undefined;
}

/** What counting code reads, and where it keeps what several expressions have in common. */
export interface CountedSubject extends CountedRequest {
  kept: unknown[];
}

/** How often a rule is broken; in the upper half of the number how often it is undecided. */
export type CountRule = number | ((subject: CountedSubject, params: unknown) => number);

/** Names of records of the context, or `caller`. */
type Facts = readonly string[];

/** The compiled counting code of one operation. */
export type CounterModule = (runtime: CountingRuntime) => {
  slots: number;
  rules: Readonly<Record<string, CountRule>>;
  /** What rules wait for whenever they are undecided, if it is always the same, or depends on the value of one member. */
  facts: Readonly<Record<string, Facts | { member: string; of: Readonly<Record<string, Facts>> }>>;
  /** Whether a request needs a permission that not every request of the operation needs. */
  needs: Readonly<Record<string, boolean | ((subject: CountedSubject) => boolean)>>;
};

export type CounterModules = Readonly<Record<string, CounterModule>>;

/** Finds the counting code of an operation; that of all operations for one that has none of its own. */
export type FindCounter = (operation: string) => CounterModule | undefined;

/** A rule whose findings depend on the request. */
interface PlannedCount {
  count: (subject: CountedSubject, params: unknown) => number;
  severity: Severity;
  params: unknown;
}

export interface PlannedNeed {
  isCallers: boolean;
  test: boolean | ((subject: CountedSubject) => boolean);
}

/** What counts the findings of one operation, under some options. */
export class FindingCounter {
  readonly #slots: number;
  readonly #rules: PlannedCount[] = [];
  /** Of rules that find the same in every request. */
  readonly #always: FindingCounts = { errors: 0, warnings: 0, undecided: 0 };
  /** Whether requests need permissions: of the caller, and of others. */
  readonly #needs: readonly PlannedNeed[];

  private constructor(module: ReturnType<CounterModule>, needs: readonly PlannedNeed[]) {
    this.#slots = module.slots;
    this.#needs = needs;
  }

  /** Undefined if one of the rules is interpreted, or has no counting code. */
  static create(
    rules: RuleSet,
    find: FindCounter,
    { operation, options }: { operation: string; options: RuleOptions },
  ): FindingCounter | undefined {
    const module = find(operation)?.(COUNTING_RUNTIME);
    if (!module) return undefined;
    const needs = planNeeds(rules.planPermissions(operation), module);
    if (!needs) return undefined;
    const counter = new FindingCounter(module, needs);
    for (const { rule, severity, params, assert } of rules.planRules(operation, options)) {
      const count = Object.hasOwn(module.rules, rule.id) ? module.rules[rule.id] : undefined;
      if (!assert.loadCode || count === undefined) return undefined;
      if (typeof count === "number") addFound(counter.#always, severity, count);
      else counter.#rules.push({ count, severity, params: toPlainData(params) });
    }
    return counter;
  }

  /** Undefined where only the rules themselves can tell. */
  count(request: CountedRequest): (FindingCounts & { needsPermission: boolean }) | undefined {
    const subject = createCountedSubject(request, this.#slots);
    const { errors, warnings, undecided } = this.#always;
    const counts = { errors, warnings, undecided, needsPermission: false };
    try {
      for (const { count, severity, params } of this.#rules) {
        const found = count(subject, params);
        if (found !== 0) addFound(counts, severity, found);
      }
      counts.needsPermission = needsPermission(this.#needs, subject);
    } catch {
      return undefined;
    }
    return counts;
  }
}

export function createCountedSubject(
  { operation, request, justification = "", caller }: CountedRequest,
  slots: number,
): CountedSubject {
  return { operation, request, justification, caller, kept: new Array<unknown>(slots).fill(undefined) };
}

/** Whether a request needs one of the permissions. */
export function needsPermission(needs: readonly PlannedNeed[], subject: CountedSubject): boolean {
  for (const { isCallers, test } of needs) {
    if (isCallers && subject.caller === undefined) continue;
    if (typeof test === "boolean" ? test : test(subject)) return true;
  }
  return false;
}

/** Undefined if one of the permissions is of a pack. */
export function planNeeds(
  permissions: readonly PlannedPermission[],
  module: ReturnType<CounterModule>,
): readonly PlannedNeed[] | undefined {
  const needs = permissions.map(({ permission: { id, isCallers, when } }): PlannedNeed | undefined => {
    if (when && !when.program.loadCode) return undefined;
    const test = when ? module.needs[id] : true;
    return test === undefined ? undefined : { isCallers, test };
  });
  return needs.every((need) => need !== undefined) ? needs : undefined;
}

function addFound(counts: FindingCounts, severity: Severity, found: number): void {
  counts.undecided += found >> 16;
  if (severity === "error") counts.errors += found & 0xffff;
  else if (severity === "warning") counts.warnings += found & 0xffff;
}
