import type { Severity } from "../diagnostics/codes.ts";
import { resolveItems } from "./items.ts";
import { MAX_STEPS } from "./limits.ts";
import type { PlannedRule, RuleSubject } from "./planned-rule.ts";
import type { PlannedPermission } from "./requirements.ts";
import type { ItemExpression } from "./rule.ts";
import type { Budget, CelVariables, EvaluateCode } from "./runtime/index.ts";
import { createFailure, isBudgetSpent, isOpenValue, runWith, toCelInt, toCelValue } from "./runtime/index.ts";

/** How much is found, which decides the outcome. */
export interface FindingCounts {
  errors: number;
  warnings: number;
  undecided: number;
}

/** A rule whose compiled code is run without a thought of what it will say. */
export interface CountedRule {
  severity: Severity;
  params: unknown;
  when: EvaluateCode | undefined;
  isWhenOfItem: boolean;
  assert: EvaluateCode;
  each: readonly ItemExpression[] | undefined;
}

/** Undefined if one of the rules is interpreted. */
export function toCountedRules(runners: readonly PlannedRule[]): readonly CountedRule[] | undefined {
  const counted = runners.map(({ rule, severity, params, when, assert, each }): CountedRule | undefined => {
    const [whenCode, assertCode] = [when?.loadCode?.(), assert.loadCode?.()];
    if (!assertCode || (when && !whenCode)) return undefined;
    const isWhenOfItem = rule.isWhenOfItem === true;
    return { severity, params, when: whenCode, isWhenOfItem, assert: assertCode, each };
  });
  return counted.every((rule) => rule !== undefined) ? counted : undefined;
}

/**
 * Counts what the rules find for a request without faulty values. Undefined where only the rules themselves can tell: if
 * one of them takes too many steps, or fails.
 */
export function countRuleFindings(
  rules: readonly CountedRule[],
  subject: RuleSubject,
): FindingCounts | undefined {
  const budget: Budget = { left: MAX_STEPS };
  const counts: FindingCounts = { errors: 0, warnings: 0, undecided: 0 };
  const countAll = (variables: CelVariables): FindingCounts | undefined => {
    for (const rule of rules) {
      budget.left = MAX_STEPS;
      variables.params = rule.params;
      countRule(rule, subject, { variables, budget }, counts);
      if (isBudgetSpent()) return undefined;
    }
    return counts;
  };
  try {
    return runWith(subject.variables, budget, countAll);
  } catch {
    return undefined;
  }
}

interface Running {
  variables: CelVariables;
  budget: Budget;
}

function countRule(rule: CountedRule, subject: RuleSubject, running: Running, counts: FindingCounts): void {
  const { when, each, isWhenOfItem } = rule;
  const { variables } = running;
  if (!each) {
    count(rule, decide(rule, when ? when(variables) : true, variables), counts);
    return;
  }
  const applies = when && !isWhenOfItem ? when(variables) : true;
  if (applies !== true && !isOpenValue(applies)) return;
  for (const items of each) countItems(rule, items, applies, subject, running, counts);
}

type Decision = "holds" | "broken" | "open";

/** If `assert` holds, the rule holds even if `when` is open. */
function decide({ assert }: CountedRule, applies: unknown, variables: CelVariables): Decision {
  const isOpen = applies !== true && isOpenValue(applies);
  if (applies !== true && !isOpen) return "holds";
  const holds = assert(variables);
  if (holds === true) return "holds";
  return isOpen || isOpenValue(holds) ? "open" : "broken";
}

function count({ severity }: CountedRule, decision: Decision, counts: FindingCounts): void {
  if (decision === "holds") return;
  if (decision === "open") counts.undecided++;
  else if (severity === "error") counts.errors++;
  else if (severity === "warning") counts.warnings++;
}

function countItems(
  rule: CountedRule,
  items: ItemExpression,
  applies: unknown,
  subject: RuleSubject,
  running: Running,
  counts: FindingCounts,
): void {
  const { variables } = running;
  const { list, where, rest } = resolveItems(items, subject, running);
  for (let index = 0; index < list.length; index++) {
    variables.item = toCelValue(list[index], where);
    variables.index = toCelInt(index);
    count(rule, decideItem(rule, applies, variables), counts);
    if (isBudgetSpent()) return;
  }
  if (!rest) return;
  const [first] = rest.kind === "unknown" ? rest.missing : [];
  if (first) {
    variables.item = createFailure(first);
    variables.index = variables.item;
  }
  // Nothing is known of these items, not even whether they exist.
  if (!first || decideItem(rule, applies, variables) !== "holds") counts.undecided++;
}

const decideItem = (rule: CountedRule, applies: unknown, variables: CelVariables): Decision =>
  decide(rule, rule.isWhenOfItem ? rule.when!(variables) : applies, variables);

/** Whether a request needs a permission of anybody; undefined where only its evaluation can tell. */
export function needsPermission(
  permissions: readonly PlannedPermission[],
  { variables }: RuleSubject,
): boolean | undefined {
  if (permissions.some(({ programs: { when } }) => when && !when.loadCode)) return undefined;
  const budget = { left: MAX_STEPS };
  const test = (given: CelVariables): boolean =>
    permissions.some(({ programs: { when } }) => !when || when.loadCode!()(given) !== false);
  try {
    const result = runWith(variables, budget, test);
    return budget.left < 0 ? undefined : result;
  } catch {
    return undefined;
  }
}
