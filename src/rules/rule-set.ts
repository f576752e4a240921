import type { Finding } from "../diagnostics/diagnostic.ts";
import { runChangesetRule } from "./changeset.ts";
import { runRule } from "./evaluate.ts";
import type { PendingFinding } from "./findings/pending-finding.ts";
import type { ChangesetFinding, RuleInput, RuleOptions } from "./input.ts";
import { MAX_STEPS } from "./limits.ts";
import type { Permission, PermissionHolder, PermissionRequirement } from "./permission.ts";
import { createPermissionByName } from "./permission.ts";
import type { PlannedRule } from "./planned-rule.ts";
import { planRule } from "./planned-rule.ts";
import type { PlannedPermission } from "./requirements.ts";
import { evaluateRequirement, findHolders, planPermission } from "./requirements.ts";
import type { Rule } from "./rule.ts";
import { ANY_OPERATION } from "./rule.ts";
import { runWith } from "./runtime/index.ts";
import { createSubject } from "./subject.ts";

interface RuleParts {
  readonly rules: readonly Rule[];
  readonly permissions: readonly Permission[];
}

/** Rules and permissions that are loaded when a request of one of these operations is evaluated. */
export interface DeferredRules {
  readonly operations: ReadonlySet<string>;
  load(): RuleParts;
}

/** A set of rules and permissions to evaluate requests against. Each is planned when first needed. */
export class RuleSet {
  readonly #parts: RuleParts;
  readonly #deferred: readonly DeferredRules[];
  readonly #loaded = new Map<DeferredRules, RuleParts>();
  #all: RuleParts | undefined;
  /** Planned rules by the options they were planned with, then by operation and scope. */
  readonly #runners = new WeakMap<RuleOptions, Map<string, PlannedRule[]>>();
  readonly #planned = new Map<string, PlannedPermission[]>();

  constructor(
    rules: readonly Rule[],
    permissions: readonly Permission[],
    deferred: readonly DeferredRules[] = [],
  ) {
    this.#parts = { rules, permissions };
    this.#deferred = deferred;
  }

  /** All rules: deferred ones are loaded. */
  get rules(): readonly Rule[] {
    return this.#loadAll().rules;
  }

  get permissions(): readonly Permission[] {
    return this.#loadAll().permissions;
  }

  /** The rule of an id. Deferred ones are loaded only if no other has it. */
  find(id: string): Rule | undefined {
    const hasId = (rule: Rule): boolean => rule.id === id;
    return this.#parts.rules.find(hasId) ?? this.rules.find(hasId);
  }

  #loadAll(): RuleParts {
    this.#all ??= this.#withParts(this.#deferred);
    return this.#all;
  }

  #partsFor(operation: string): RuleParts {
    return this.#withParts(this.#deferred.filter(({ operations }) => operations.has(operation)));
  }

  #withParts(deferred: readonly DeferredRules[]): RuleParts {
    const parts = [this.#parts, ...deferred.map((each) => this.#load(each))];
    if (parts.length === 1) return this.#parts;
    return {
      rules: parts.flatMap(({ rules }) => rules),
      permissions: parts.flatMap(({ permissions }) => permissions),
    };
  }

  #load(deferred: DeferredRules): RuleParts {
    const loaded = this.#loaded.get(deferred) ?? deferred.load();
    this.#loaded.set(deferred, loaded);
    return loaded;
  }

  /** Evaluates the rules of scope `request` for one request. */
  evaluate(input: RuleInput, options: RuleOptions = NO_OPTIONS): Finding[] {
    return this.decide(input, options).map((pending) => pending.toFinding());
  }

  /** The same without the texts and places of the findings. */
  decide(input: RuleInput, options: RuleOptions = NO_OPTIONS): readonly PendingFinding[] {
    const runners = this.#runnersOf(input.operation, "request", options);
    if (runners.length === 0) return NO_FINDINGS;
    const subject = createSubject(input, options);
    const budget = { left: MAX_STEPS };
    return runWith(subject.variables, budget, () => {
      const findings: PendingFinding[] = [];
      for (const runner of runners) {
        budget.left = MAX_STEPS;
        const found = runRule(runner, subject, budget);
        for (const finding of found) findings.push(finding);
      }
      return findings;
    });
  }

  /** The rules of scope `request` for an operation, as these options have them. */
  planRules(operation: string, options: RuleOptions = NO_OPTIONS): readonly PlannedRule[] {
    return this.#runnersOf(operation, "request", options);
  }

  /** The permissions that requests of an operation may need. */
  planPermissions(operation: string): readonly PlannedPermission[] {
    return this.#plannedOf(operation);
  }

  /** Whether rules compare requests of an operation with the others of a run. */
  compares(operation: string, options: RuleOptions = NO_OPTIONS): boolean {
    return this.#runnersOf(operation, "changeset", options).length > 0;
  }

  /** Evaluates the rules of scope `changeset` for all requests of a run. */
  evaluateChangeset(inputs: readonly RuleInput[], options: RuleOptions = NO_OPTIONS): ChangesetFinding[] {
    const findings: ChangesetFinding[] = [];
    const operations = new Set(inputs.map(({ operation }) => operation));
    const runners = new Map<string, PlannedRule>();
    for (const operation of operations)
      for (const runner of this.#runnersOf(operation, "changeset", options))
        if (!runners.has(runner.rule.id)) runners.set(runner.rule.id, runner);
    for (const runner of runners.values()) {
      const concerned = findIndexes(inputs, runner.rule);
      findings.push(...runChangesetRule({ runner, inputs, options }, concerned));
    }
    return findings.sort((a, b) => a.index - b.index);
  }

  /** The rules that compare requests of an operation with others of the run. */
  listComparing(operation: string, options: RuleOptions = NO_OPTIONS): Rule[] {
    return this.#runnersOf(operation, "changeset", options).map(({ rule }) => rule);
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
    const concerned = this.#concernedOf(input);
    return concerned.length === 0 ? [] : findHolders(concerned, createSubject(input));
  }

  #concernedOf({ operation, caller }: RuleInput): readonly PlannedPermission[] {
    const planned = this.#plannedOf(operation);
    return caller === undefined ? planned.filter(isNotCallers) : planned;
  }

  #plannedOf(operation: string): PlannedPermission[] {
    const known = this.#planned.get(operation);
    if (known) return known;
    const own = commonFirst(this.#partsFor(operation).permissions).filter(
      (permission) => permission.operation === operation || permission.operation === ANY_OPERATION,
    );
    const isDescribed = own.some((permission) => permission.operation === operation);
    const planned = (isDescribed ? own : [createPermissionByName(operation), ...own]).map(planPermission);
    this.#planned.set(operation, planned);
    return planned;
  }

  #runnersOf(operation: string, scope: Rule["scope"], options: RuleOptions): PlannedRule[] {
    let cache = this.#runners.get(options);
    if (!cache) {
      cache = new Map<string, PlannedRule[]>();
      this.#runners.set(options, cache);
    }
    const key = `${scope} ${operation}`;
    const known = cache.get(key);
    if (known) return known;
    const runners = this.#makeRunners(operation, scope, options);
    cache.set(key, runners);
    return runners;
  }

  #makeRunners(operation: string, scope: Rule["scope"], { params, severities }: RuleOptions): PlannedRule[] {
    return commonFirst(this.#partsFor(operation).rules)
      .filter((rule) => rule.scope === scope && isFor(rule, operation))
      .flatMap((rule) => {
        const severity = severities?.[rule.id] ?? rule.severity;
        return severity === "off" ? [] : [planRule(rule, severity, params?.[rule.paramsOf ?? rule.id] ?? {})];
      });
  }
}

/** What is for several operations comes first, since it may be loaded apart from what is for one. */
const commonFirst = <T extends Rule | Permission>(entries: readonly T[]): T[] => [
  ...entries.filter(({ operation }) => operation === ANY_OPERATION),
  ...entries.filter(({ operation }) => operation !== ANY_OPERATION),
];

const isFor = (rule: Rule, operation: string): boolean =>
  rule.operation === operation ||
  (rule.operation === ANY_OPERATION && (rule.operations?.includes(operation) ?? true));

const isNotCallers = ({ permission }: PlannedPermission): boolean => !permission.isCallers;

const NO_OPTIONS: RuleOptions = {};
const NO_FINDINGS: readonly PendingFinding[] = [];

const findIndexes = (inputs: readonly RuleInput[], rule: Rule): number[] =>
  [...inputs.keys()].filter((index) => isFor(rule, inputs[index]!.operation));
