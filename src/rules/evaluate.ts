import type { Severity } from "../diagnostics/codes.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { pathFromPointer } from "../diagnostics/pointer.ts";
import { escapeHarmful, quoted } from "../diagnostics/text.ts";
import type { Unknown } from "../documents/document.ts";
import { PartialText } from "../documents/partial.ts";
import { joinPartSources } from "../documents/parts.ts";
import type { UnknownItems } from "./items.ts";
import { resolveItems, trimToExisting } from "./items.ts";
import { dependsOnFaulty } from "./references.ts";
import type { ItemExpression, Rule, Template } from "./rule.ts";
import type { Budget, CelVariables, Program, Result } from "./runtime/index.ts";
import { createUnknownFailure, formatCelValue, toCelValue } from "./runtime/index.ts";
import type { UndecidedExplanation } from "./undecided.ts";
import { explainUndecided } from "./undecided.ts";

/** A rule with its expressions planned. */
export interface PlannedRule {
  rule: Rule;
  severity: Severity;
  params: unknown;
  when: Program | undefined;
  assert: Program;
  /** The lists whose items it checks; undefined if it checks the request as a whole. */
  each: Rule["each"];
  at: readonly (readonly string[])[];
  /** References into the payload, and into the item. */
  requestReferences: Rule["references"];
  itemReferences: Rule["references"];
}

/** One request with the variables that rules see. */
export interface RuleSubject {
  request: unknown;
  context: Readonly<Record<string, unknown>>;
  variables: CelVariables;
  faulty: readonly (readonly string[])[];
  /** Puts the container's names of members into the text of a message. */
  renameInText: (text: string) => string;
}

export function planRule(
  rule: Rule,
  severity: Severity,
  params: Readonly<Record<string, unknown>>,
): PlannedRule {
  return {
    rule,
    severity,
    params: toCelValue({ ...rule.params, ...params }),
    when: rule.when?.program,
    assert: rule.assert.program,
    each: rule.each,
    at: rule.at.map(pathFromPointer),
    requestReferences: [
      ...rule.references.filter(({ root }) => root === "request"),
      ...(rule.each
        ? []
        : rule.at.map((pointer) => ({ path: pathFromPointer(pointer), required: [] }) as never)),
    ],
    itemReferences: rule.references.filter(({ root }) => root === "item"),
  };
}

/**
 * Evaluates a rule for a request. Sets variables in `subject.variables`. Never throws, whatever the payload
 * holds.
 */
export function runRule(runner: PlannedRule, subject: RuleSubject, budget: Budget): Finding[] {
  const { faulty, request } = subject;
  if (faulty.length > 0 && dependsOnFaulty(runner.requestReferences, faulty, request)) return [];
  const { variables } = subject;
  variables.params = runner.params;
  const running: Evaluation = { variables, budget };
  if (!runner.each) {
    const applies = runner.when?.(running.variables, budget);
    const verdict = evaluateVerdict(applies, () => runner.assert(running.variables, budget));
    return verdict ? listRuleFinding(runner, subject, running, findPresent(runner.at, request), verdict) : [];
  }
  const applies = runner.rule.isWhenOfItem ? undefined : runner.when?.(running.variables, budget);
  if (applies?.kind === "value" && applies.value !== true) return [];
  return runner.each.flatMap((items, list) =>
    runItems(runner, { items, pattern: runner.at[list] ?? [], applies }, subject, running),
  );
}

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

function runItems(runner: PlannedRule, run: ItemRun, subject: RuleSubject, running: Evaluation): Finding[] {
  const { items, pattern } = run;
  const { variables, budget } = running;
  const { list, where, rest } = resolveItems(items, subject, running);
  const base = items.path?.root === "request" ? items.path.path : undefined;
  const findings: Finding[] = [];
  for (const [index, item] of list.entries()) {
    const at = pattern.map((part) => (part === "*" ? index : part));
    if (base && subject.faulty.length > 0 && isItemFaulty(runner, subject, [...base, String(index)], at))
      continue;
    variables.item = toCelValue(item, where);
    variables.index = BigInt(index);
    const applies = runner.rule.isWhenOfItem ? runner.when?.(variables, budget) : run.applies;
    const verdict = evaluateVerdict(applies, () => runner.assert(variables, budget));
    if (verdict) findings.push(...listRuleFinding(runner, subject, running, at, verdict));
    // The remaining items would exceed the budget too.
    if (verdict && isOverrun(verdict)) return findings;
  }
  const others = rest && evaluateUnknownItem(runner, run, running, rest);
  const star = pattern.indexOf("*");
  if (others)
    findings.push(
      ...listRuleFinding(runner, subject, running, star < 0 ? pattern : pattern.slice(0, star), others),
    );
  return findings;
}

/** What the rule says of items of which nothing is known, not even whether they exist. */
function evaluateUnknownItem(
  runner: PlannedRule,
  { applies }: ItemRun,
  { variables, budget }: Evaluation,
  rest: UnknownItems,
): RuleVerdict | undefined {
  const [first] = rest.kind === "unknown" ? rest.missing : [];
  if (!first) return rest;
  variables.item = createUnknownFailure(first);
  variables.index = createUnknownFailure(first);
  const own = runner.rule.isWhenOfItem ? runner.when?.(variables, budget) : applies;
  const verdict = evaluateVerdict(own, () => runner.assert(variables, budget));
  return verdict?.kind === "broken" ? rest : verdict;
}

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

/** The reason for a finding. There is none if the rule holds or doesn't apply. */
type RuleVerdict = { kind: "broken" } | Exclude<Result, { kind: "value" }>;

/** Evaluates `when` → `assert`: if `assert` holds, the rule holds even if `when` is unknown. */
function evaluateVerdict(applies: Result | undefined, assert: () => Result): RuleVerdict | undefined {
  if (applies?.kind === "value" && applies.value !== true) return undefined;
  const holds = assert();
  if (holds.kind === "value" && holds.value === true) return undefined;
  const open = [applies, holds].filter((each) => each !== undefined && each.kind !== "value");
  const missing = open.flatMap((each) => (each?.kind === "unknown" ? each.missing : []));
  if (missing.length > 0) return { kind: "unknown", missing };
  const [failed] = open;
  return failed?.kind === "failed" ? failed : { kind: "broken" };
}

/** The first of the pointers that leads to something, or the first. */
const findPresent = (pointers: PlannedRule["at"], request: unknown): Path =>
  pointers.find((path) => path.length > 0 && trimToExisting(request, path).length === path.length) ??
  pointers[0] ??
  [];

/** None where the rule fails because of what the schema check has found already: a misspelt member, for one. */
const listRuleFinding = (
  runner: PlannedRule,
  subject: RuleSubject,
  running: Evaluation,
  at: Path,
  verdict: RuleVerdict,
): Finding[] =>
  verdict.kind === "failed" && subject.faulty.length > 0
    ? []
    : [createRuleFinding(runner, subject, running, at, verdict)];

function createRuleFinding(
  runner: PlannedRule,
  subject: RuleSubject,
  running: Evaluation,
  at: Path,
  verdict: RuleVerdict,
): Finding {
  const { rule, severity } = runner;
  const finding = { code: rule.id, path: trimToExisting(subject.request, at), severity };
  switch (verdict.kind) {
    case "unknown":
      return createUndecidedRuleFinding(finding, explainUndecided(verdict.missing, subject.request));
    case "failed":
      return {
        ...finding,
        status: "undecided",
        message: `this rule can't be evaluated: ${escapeHarmful(verdict.reason).slice(0, 200)}`,
        help: `fix the rule in ${quoted(rule.file)}`,
      };
    default: {
      const help = rule.help && renderTemplate(rule.help, running, subject);
      const message = renderTemplate(rule.message, running, subject);
      return { ...finding, status: "failed", message, ...(help !== undefined && { help }) };
    }
  }
}

/** Written out, since spreading objects is slow, and most requests have several of these. */
const createUndecidedRuleFinding = (
  { code, path, severity }: Pick<Finding, "code" | "path"> & { severity: Severity },
  { message, help, missing }: Required<UndecidedExplanation>,
): Finding => ({ code, path, severity, status: "undecided", message, help, missing });

/** A text that an expression makes is no text of the file; its parts are. */
const formatPartial = (partial: Unknown): string =>
  partial instanceof PartialText ? joinPartSources(partial.parts) : partial.source;

function renderTemplate(
  template: Template,
  { variables, budget }: Evaluation,
  { renameInText }: RuleSubject,
): string {
  return template
    .map((part) => {
      if (typeof part === "string") return renameInText(part);
      const result = part.program(variables, { left: Math.max(budget.left, 1000) });
      if (result.kind === "unknown" && result.partial)
        return formatRendered(formatPartial(result.partial), part.isFormatted);
      // Values from the payload must not reach a terminal unescaped.
      return result.kind === "value" ? formatRendered(formatCelValue(result.value), part.isFormatted) : "…";
    })
    .join("");
}

/** Formats a value for a message. A value of the payload can't close the backticks that the message puts around it. */
const formatRendered = (text: string, isFormatted: boolean): string =>
  isFormatted ? escapeHarmful(text).slice(0, 500) : quoted(text).slice(1, -1);
