import type { Finding, Place } from "../diagnostics/diagnostic.ts";
import type { RuleInput, RuleOptions } from "./input.ts";
import type { Example, ExampleInput, ExampleKind, Rule } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";

/** An example whose outcome differs from the one its rule declares. */
export interface ExampleFault {
  rule: string;
  file: string;
  place: Place;
  expected: ExampleKind;
  actual: ExampleKind;
  /** The rule's findings for it. */
  findings: readonly Finding[];
}

export interface ExampleRun {
  /** The number of examples run. */
  count: number;
  faults: readonly ExampleFault[];
}

/** Returns the pointers of the values that the schema check rejects in a request. */
export type FindFaulty = (operation: string, request: unknown) => ReadonlySet<string>;

const NOTHING_FAULTY: FindFaulty = () => new Set();

/** Runs every example of every rule, with the options that the rules would be evaluated with. */
export function runExamples(
  ruleSet: RuleSet,
  faultyOf = NOTHING_FAULTY,
  options: RuleOptions = {},
): ExampleRun {
  const examples = ruleSet.rules.flatMap((rule) =>
    (rule.examples ?? []).map((example) => ({ rule, example })),
  );
  const faults = examples.flatMap(({ rule, example }) => {
    const findings = evaluateExample(ruleSet, rule, example, faultyOf, options);
    const came = toExampleKind(findings);
    if (came === example.kind) return [];
    const { kind: expected, place } = example;
    return [{ rule: rule.id, file: rule.file, place, expected, actual: came, findings }];
  });
  return { count: examples.length, faults };
}

function evaluateExample(
  ruleSet: RuleSet,
  rule: Rule,
  { inputs }: Example,
  faultyOf: FindFaulty,
  options: RuleOptions,
): Finding[] {
  const given = inputs.map((input): RuleInput => toRuleInput(input, faultyOf));
  const now = inputs.find((input) => input.now !== undefined)?.now;
  const timed = now === undefined ? options : { ...options, now: new Date(now) };
  const found =
    rule.scope === "changeset"
      ? ruleSet.evaluateChangeset(given, timed).map(({ finding }) => finding)
      : given.flatMap((input) => ruleSet.evaluate(input, timed));
  return found.filter(({ code }) => code === rule.id);
}

const toRuleInput = ({ now: _, ...input }: ExampleInput, faultyOf: FindFaulty): RuleInput => ({
  ...input,
  faulty: faultyOf(input.operation, input.request),
});

function toExampleKind(findings: readonly Finding[]): ExampleKind {
  if (findings.some(({ status }) => status === "failed")) return "fail";
  return findings.length > 0 ? "undecided" : "pass";
}
