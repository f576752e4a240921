import type { Severity } from "../diagnostics/codes.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { pathFromPointer } from "../diagnostics/pointer.ts";
import { escapeHarmful, quoted } from "../diagnostics/text.ts";
import { Unknown } from "../documents/document.ts";
import type { Budget, CelVariables, MissingFact, Program, Result } from "./cel/index.ts";
import { createProgram, formatCelValue, toCelValue } from "./cel/index.ts";
import { MAX_ITEMS } from "./limits.ts";
import { dependsOnFaulty } from "./references.ts";
import type { Expression, Rule, Template } from "./rule.ts";
import { formatPath } from "./typecheck/presence.ts";
import { explainUndecided } from "./undecided.ts";

/**
 * An expression in a message; `isFormatted` if its source contains backticks, so that its value is formatted
 * text.
 */
interface TemplateExpression {
  program: Program;
  isFormatted: boolean;
}

/** A rule with its expressions planned. */
export interface PlannedRule {
  rule: Rule;
  severity: Severity;
  params: unknown;
  when: Program | undefined;
  assert: Program;
  /** The lists whose items it checks; undefined if it checks the request as a whole. */
  each: readonly ItemSource[] | undefined;
  at: readonly (readonly string[])[];
  message: readonly (string | TemplateExpression)[];
  help: readonly (string | TemplateExpression)[] | undefined;
  /** References into the payload, and into the item. */
  requestReferences: Rule["references"];
  itemReferences: Rule["references"];
}

/** The source of the items: a path into the data, which gives every item a position, or an expression. */
type ItemSource = { root: string; path: readonly string[] } | { program: Program };

/** One request with the variables that rules see. */
export interface RuleSubject {
  request: unknown;
  context: Readonly<Record<string, unknown>>;
  variables: CelVariables;
  faulty: readonly (readonly string[])[];
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
    when: rule.when && createProgram(rule.when.node),
    assert: createProgram(rule.assert.node),
    each: rule.each?.map(planItems),
    at: rule.at.map(pathFromPointer),
    message: planTemplate(rule.message),
    help: rule.help && planTemplate(rule.help),
    requestReferences: [
      ...rule.references.filter(({ root }) => root === "request"),
      ...(rule.each
        ? []
        : rule.at.map((pointer) => ({ path: pathFromPointer(pointer), required: [] }) as never)),
    ],
    itemReferences: rule.references.filter(({ root }) => root === "item"),
  };
}

function planItems({ node }: Expression): ItemSource {
  const [root, ...path] = formatPath(node)?.split(".") ?? [];
  return root === "request" || root === "context" ? { root, path } : { program: createProgram(node) };
}

const planTemplate = (template: Template): (string | TemplateExpression)[] =>
  template.map((part) =>
    typeof part === "string"
      ? part
      : { program: createProgram(part.node), isFormatted: part.text.includes("`") },
  );

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
    return verdict ? [createRuleFinding(runner, subject, running, runner.at[0] ?? [], verdict)] : [];
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
  items: ItemSource;
  /** The path of the findings, with `*` for the item's index. */
  pattern: readonly string[];
  /** The result of a `when` that doesn't depend on the item; undefined if it does. */
  applies: Result | undefined;
}

function runItems(runner: PlannedRule, run: ItemRun, subject: RuleSubject, running: Evaluation): Finding[] {
  const { items, pattern } = run;
  const { variables, budget } = running;
  const found = resolveItems(items, subject, running);
  if (!("list" in found)) {
    const star = pattern.indexOf("*");
    return [createRuleFinding(runner, subject, running, star < 0 ? pattern : pattern.slice(0, star), found)];
  }
  const base = "path" in items && items.root === "request" ? items.path : undefined;
  const findings: Finding[] = [];
  for (const [index, item] of found.list.entries()) {
    const at = pattern.map((part) => (part === "*" ? index : part));
    if (base && subject.faulty.length > 0 && isItemFaulty(runner, subject, [...base, String(index)], at))
      continue;
    variables.item = toCelValue(item, found.where);
    variables.index = BigInt(index);
    const applies = runner.rule.isWhenOfItem ? runner.when?.(variables, budget) : run.applies;
    const verdict = evaluateVerdict(applies, () => runner.assert(variables, budget));
    if (verdict) findings.push(createRuleFinding(runner, subject, running, at, verdict));
    // The remaining items would exceed the budget too.
    if (verdict && isOverrun(verdict)) break;
  }
  return findings;
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

type ResolvedItems = { list: readonly unknown[]; where?: string } | Exclude<Result, { kind: "value" }>;

/** An absent list has no items. Neither has a value that is not a list, which the schema check reports. */
function resolveItems(
  items: ItemSource,
  subject: RuleSubject,
  { variables, budget }: Evaluation,
): ResolvedItems {
  if ("program" in items) {
    const result = items.program(variables, budget);
    return result.kind === "value" ? { list: Array.isArray(result.value) ? result.value : [] } : result;
  }
  const isContext = items.root === "context";
  const value = resolvePath(isContext ? subject.context : subject.request, items.path, isContext);
  if (isUnknownItems(value)) return value;
  if (!Array.isArray(value)) return { list: [] };
  if (value.length > MAX_ITEMS) {
    return createUnknownItems({ kind: "overrun", what: `it goes through a list of over ${MAX_ITEMS} items` });
  }
  return { list: value, ...(isContext && { where: `${items.path.join(".")}[]` }) };
}

/** The value at a path; `UnknownItems` if it can't be determined. */
function resolvePath(root: unknown, path: readonly string[], isContext: boolean): unknown {
  let value = root;
  for (const [depth, part] of path.entries()) {
    value = readOwnMember(value, part);
    if (value instanceof Unknown) return createUnknownItems({ kind: "placeholder", source: value.source });
    if (value !== undefined && value !== null) continue;
    return isContext ? createUnknownItems(missingFactFromPath(path.slice(0, depth + 1))) : undefined;
  }
  return value;
}

function missingFactFromPath([name = "", ...members]: readonly string[]): MissingFact {
  return { kind: "context", name, ...(members.length > 0 && { member: members.join(".") }) };
}

const readOwnMember = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

class UnknownItems {
  readonly kind = "unknown";
  readonly missing: readonly MissingFact[];

  constructor(missing: MissingFact) {
    this.missing = [missing];
  }
}

const isUnknownItems = (value: unknown): value is UnknownItems => value instanceof UnknownItems;

const createUnknownItems = (missing: MissingFact): UnknownItems => new UnknownItems(missing);

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
      return { ...finding, status: "undecided", ...explainUndecided(verdict.missing, subject.request) };
    case "failed":
      return {
        ...finding,
        status: "undecided",
        message: `this rule can't be evaluated: ${escapeHarmful(verdict.reason).slice(0, 200)}`,
        help: `mend the rule in ${quoted(rule.file)}`,
      };
    default: {
      const help = runner.help && renderTemplate(runner.help, running);
      const message = renderTemplate(runner.message, running);
      return { ...finding, status: "failed", message, ...(help !== undefined && { help }) };
    }
  }
}

/** The longest prefix of the path that exists: an absent member is reported at the object that lacks it. */
function trimToExisting(request: unknown, path: Path): Path {
  let value = request;
  for (const [depth, part] of path.entries()) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part))
      return path.slice(0, depth);
    value = (value as Record<string | number, unknown>)[part];
  }
  return Array.isArray(request) || path.length === 0 ? path : numberIndexes(request, path);
}

/** Converts list indexes to numbers, the form that `Path` requires. */
function numberIndexes(request: unknown, path: Path): Path {
  let value = request;
  return path.map((part) => {
    const isIndex = Array.isArray(value);
    value = (value as Record<string | number, unknown>)[part];
    return isIndex ? Number(part) : part;
  });
}

function renderTemplate(template: PlannedRule["message"], { variables, budget }: Evaluation): string {
  return template
    .map((part) => {
      if (typeof part === "string") return part;
      const result = part.program(variables, { left: Math.max(budget.left, 1000) });
      // Values from the payload must not reach a terminal unescaped.
      return result.kind === "value" ? formatRendered(formatCelValue(result.value), part.isFormatted) : "…";
    })
    .join("");
}

/** Formats a value for a message. A value of the payload can't close the backticks that the message puts around it. */
const formatRendered = (text: string, isFormatted: boolean): string =>
  isFormatted ? escapeHarmful(text).slice(0, 500) : quoted(text).slice(1, -1);
