import type { Path } from "../diagnostics/pointer.ts";
import { PendingFinding, type RuleVerdict } from "./findings/pending-finding.ts";
import type { UnknownItems } from "./items.ts";
import { resolveItems } from "./items.ts";
import type { PlannedRule, RuleSubject } from "./planned-rule.ts";
import { dependsOnFaulty } from "./references.ts";
import type { ItemExpression } from "./rule.ts";
import type { Budget, CelVariables, Result } from "./runtime/index.ts";
import { createFailure, toCelInt, toCelValue } from "./runtime/index.ts";

/**
 * Evaluates a rule for a request. Sets variables in `subject.variables`. Never throws, whatever the payload
 * holds.
 */
export function runRule(
  runner: PlannedRule,
  subject: RuleSubject,
  budget: Budget,
): readonly PendingFinding[] {
  const { faulty, request, variables } = subject;
  if (faulty.length > 0 && dependsOnFaulty(runner.requestReferences, faulty, request)) return NONE;
  variables.params = runner.params;
  const running: Evaluation = { variables, budget };
  if (!runner.each) {
    const verdict = evaluateVerdict(runner, runner.when?.(variables, budget), running);
    return verdict ? listPending(runner, subject, running, undefined, verdict) : NONE;
  }
  const applies = runner.rule.isWhenOfItem ? undefined : runner.when?.(variables, budget);
  if (applies?.kind === "value" && applies.value !== true) return NONE;
  return runner.each.flatMap((items, list) =>
    runItems(runner, { items, pattern: runner.at[list] ?? [], applies }, subject, running),
  );
}

const NONE: readonly PendingFinding[] = [];

interface Evaluation {
  variables: CelVariables;
  budget: Budget;
}

interface ItemRun {
  items: ItemExpression;
  /** The path of the findings, with `*` for the item's index. */
  pattern: readonly string[];
  /** The result of a `when` that doesn't depend on the item; undefined if it does. */
  applies: Result | undefined;
}

function runItems(
  runner: PlannedRule,
  run: ItemRun,
  subject: RuleSubject,
  running: Evaluation,
): PendingFinding[] {
  const { items, pattern } = run;
  const { variables, budget } = running;
  const { list, where, rest } = resolveItems(items, subject, running);
  const base = items.path?.root === "request" ? items.path.path : undefined;
  const findings: PendingFinding[] = [];
  for (const [index, item] of list.entries()) {
    if (base && subject.faulty.length > 0) {
      const at = locateItem(pattern, index);
      if (isItemFaulty(runner, subject, [...base, String(index)], at)) continue;
    }
    variables.item = toCelValue(item, where);
    variables.index = toCelInt(index);
    const applies = runner.rule.isWhenOfItem ? runner.when?.(variables, budget) : run.applies;
    const verdict = evaluateVerdict(runner, applies, running);
    if (!verdict) continue;
    findings.push(...listPending(runner, subject, running, locateItem(pattern, index), verdict));
    // The remaining items would exceed the budget too.
    if (isOverrun(verdict)) return findings;
  }
  const others = rest && evaluateUnknownItem(runner, run, running, rest);
  const star = pattern.indexOf("*");
  if (others)
    findings.push(
      ...listPending(runner, subject, running, star < 0 ? pattern : pattern.slice(0, star), others),
    );
  return findings;
}

/** What the rule says of items of which nothing is known, not even whether they exist. */
function evaluateUnknownItem(
  runner: PlannedRule,
  { applies }: ItemRun,
  running: Evaluation,
  rest: UnknownItems,
): RuleVerdict | undefined {
  const { variables, budget } = running;
  const [first] = rest.kind === "unknown" ? rest.missing : [];
  if (!first) return rest;
  const failure = createFailure(first);
  Object.assign(variables, { item: failure, index: failure });
  const own = runner.rule.isWhenOfItem ? runner.when?.(variables, budget) : applies;
  const verdict = evaluateVerdict(runner, own, running);
  return verdict?.kind === "broken" ? rest : verdict;
}

const locateItem = (pattern: readonly string[], index: number): Path =>
  pattern.map((part) => (part === "*" ? index : part));

const isOverrun = (verdict: RuleVerdict): boolean =>
  verdict.kind === "unknown" && verdict.missing.some(({ kind }) => kind === "overrun");

function isItemFaulty(
  { itemReferences: ofItem }: PlannedRule,
  { faulty, request }: RuleSubject,
  base: readonly string[],
  at: Path,
): boolean {
  const own = { path: at.map(String), required: [] };
  const below = ofItem.map(({ path, required, isWhole }) => ({
    path: [...base, ...path],
    required: [...base.map(() => false), ...required],
    ...(isWhole && { isWhole }),
  }));
  return dependsOnFaulty([own, ...below], faulty, request);
}

/** Evaluates `when` → `assert`: if `assert` holds, the rule holds even if `when` is unknown. */
function evaluateVerdict(
  { assert }: PlannedRule,
  applies: Result | undefined,
  { variables, budget }: Evaluation,
): RuleVerdict | undefined {
  if (applies?.kind === "value" && applies.value !== true) return undefined;
  const holds = assert(variables, budget);
  if (holds.kind === "value" && holds.value === true) return undefined;
  const open = applies && applies.kind !== "value" ? applies : undefined;
  if (holds.kind === "value") return open ?? BROKEN;
  return open ? joinResults(open, holds) : holds;
}

const BROKEN: RuleVerdict = { kind: "broken" };

type OpenResult = Exclude<Result, { kind: "value" }>;

/** What is missing of both; the first that failed if nothing is. */
function joinResults(applies: OpenResult, holds: OpenResult): RuleVerdict {
  const missing = [applies, holds].flatMap((each) => (each.kind === "unknown" ? each.missing : []));
  return missing.length > 0 ? { kind: "unknown", missing } : applies;
}

/** None where the rule fails because of what the schema check has found already: a misspelt member, for one. */
function listPending(
  runner: PlannedRule,
  subject: RuleSubject,
  { variables, budget }: Evaluation,
  at: Path | undefined,
  verdict: RuleVerdict,
): readonly PendingFinding[] {
  if (verdict.kind === "failed" && subject.faulty.length > 0) return NONE;
  const { item, index } = variables;
  return [new PendingFinding({ runner, subject, at, verdict, item, index, stepsLeft: budget.left })];
}
