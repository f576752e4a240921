import { runRule } from "../evaluate.ts";
import type { RuleOptions } from "../input.ts";
import { MAX_STEPS } from "../limits.ts";
import type { PlannedRule } from "../planned-rule.ts";
import type { RuleSet } from "../rule-set.ts";
import type { MissingFact } from "../runtime/index.ts";
import { runWith } from "../runtime/index.ts";
import { toPlainData } from "../runtime/values.ts";
import { createSubject } from "../subject.ts";
import { COUNTING_RUNTIME } from "./counting-runtime.ts";
import type {
  CountedRequest,
  CountedSubject,
  CounterModule,
  CountRule,
  FindCounter,
  PlannedNeed,
} from "./finding-counter.ts";
import { createCountedSubject, needsPermission, planNeeds } from "./finding-counter.ts";

/** The facts that each undecided check of a request waits for, in the order of its findings. */
export type WaitingChecks = readonly (readonly MissingFact[])[];

/** A rule that finds something in some requests. */
interface PlannedWait {
  rule: PlannedRule;
  count: CountRule;
  params: unknown;
  /** What it waits for whenever it is undecided. Undefined if only the rule itself can tell. */
  factsOf(request: unknown): KnownFacts | undefined;
}

interface KnownFacts {
  facts: readonly MissingFact[];
  names: string;
}

/** The checks of one request, and what tells them from those of others. */
interface Collected {
  checks: (readonly MissingFact[])[];
  key: string;
}

/** Lists what the undecided checks of requests of one operation wait for, without making findings. */
export class WaitingLister {
  readonly #slots: number;
  readonly #rules: readonly PlannedWait[];
  readonly #needs: readonly PlannedNeed[];
  readonly #options: RuleOptions;
  /** One list for all requests whose checks wait for the same. */
  readonly #lists = new Map<string, WaitingChecks>();

  private constructor(
    { slots }: ReturnType<CounterModule>,
    { rules, needs, options }: { rules: PlannedWait[]; needs: readonly PlannedNeed[]; options: RuleOptions },
  ) {
    this.#slots = slots;
    this.#rules = rules;
    this.#needs = needs;
    this.#options = options;
  }

  /** Undefined if one of the rules is interpreted, or has no counting code. */
  static create(
    rules: RuleSet,
    find: FindCounter,
    { operation, options }: { operation: string; options: RuleOptions },
  ): WaitingLister | undefined {
    const module = find(operation)?.(COUNTING_RUNTIME);
    const needs = module && planNeeds(rules.planPermissions(operation), module);
    if (!module || !needs) return undefined;
    const planned: PlannedWait[] = [];
    for (const rule of rules.planRules(operation, options)) {
      const { id } = rule.rule;
      const count = Object.hasOwn(module.rules, id) ? module.rules[id] : undefined;
      if (!rule.assert.loadCode || count === undefined) return undefined;
      if (count === 0) continue;
      const factsOf = createLookup(Object.hasOwn(module.facts, id) ? module.facts[id] : undefined);
      planned.push({ rule, count, params: toPlainData(rule.params), factsOf });
    }
    return new WaitingLister(module, { rules: planned, needs, options });
  }

  /** Undefined for a request of which anything else is to be said, or of which only the rules themselves can tell. */
  list(request: CountedRequest): WaitingChecks | undefined {
    const subject = createCountedSubject(request, this.#slots);
    const collected: Collected = { checks: [], key: "" };
    try {
      if (needsPermission(this.#needs, subject) || !this.#collect(subject, collected)) return undefined;
    } catch {
      return undefined;
    }
    const known = this.#lists.get(collected.key) ?? collected.checks;
    this.#lists.set(collected.key, known);
    return known;
  }

  /** Returns false if a rule is broken, or waits for something else than facts. */
  #collect(subject: CountedSubject, to: Collected): boolean {
    for (let index = 0; index < this.#rules.length; index++) {
      const planned = this.#rules[index]!;
      const { count, params } = planned;
      const found = typeof count === "number" ? count : count(subject, params);
      if ((found & 0xffff) !== 0) return false;
      if (found === 0) continue;
      const times = found >> 16;
      const known = planned.factsOf(subject.request);
      if (!known) {
        if (!this.#run(planned.rule, subject, to)) return false;
        continue;
      }
      for (let check = 0; check < times; check++) to.checks.push(known.facts);
      to.key += `${index}x${times}${known.names} `;
    }
    return true;
  }

  #run(rule: PlannedRule, { kept: _, ...request }: CountedSubject, to: Collected): boolean {
    const subject = createSubject({ ...request, faulty: NOTHING_FAULTY }, this.#options);
    const budget = { left: MAX_STEPS };
    return runWith(subject.variables, budget, () =>
      runRule(rule, subject, budget).every(({ missingFacts }) => {
        if (missingFacts) to.checks.push(missingFacts);
        to.key += `${rule.rule.id} ${JSON.stringify(missingFacts)} `;
        return missingFacts !== undefined;
      }),
    );
  }
}

function createLookup(known: ReturnType<CounterModule>["facts"][string] | undefined) {
  if (!known) return () => undefined;
  if (!("member" in known)) {
    const facts = toKnownFacts(known);
    return () => facts;
  }
  const { member } = known;
  const of = new Map(Object.entries(known.of).map(([value, names]) => [value, toKnownFacts(names)]));
  return (request: unknown) => of.get((request as Record<string, string>)[member]!);
}

const NOTHING_FAULTY: ReadonlySet<string> = new Set();

const toKnownFacts = (names: readonly string[]): KnownFacts => ({
  facts: names.map(toMissingFact),
  names: names.join(),
});

const toMissingFact = (name: string): MissingFact =>
  name === "caller" ? { kind: "caller" } : { kind: "context", name };
