import { findNearest } from "../../diagnostics/nearest.ts";
import { toPointer } from "../../diagnostics/pointer.ts";
import { escapeHarmful, formatCount, formatSafeJson, quoted } from "../../diagnostics/text.ts";
import { loadRulePacks } from "../../engine/rule-packs.ts";
import type { ExampleFault, Rule, RuleSet } from "../../rules/index.ts";
import { runExamples } from "../../rules/index.ts";
import { listShippedRuleFiles } from "../../rules/shipped.ts";
import type { DefinitionFlags, RunDefinitions } from "../../run/configured.ts";
import { findDefinitions } from "../../run/configured.ts";
import { EXIT } from "../../run/exit-status.ts";
import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";
import { loadRunSchemas } from "../../run/schemas.ts";
import { checkPayload } from "../../schema/check.ts";
import type { SchemaStore } from "../../schema/store.ts";

export interface RulesFlags extends DefinitionFlags {
  format?: "text" | "json";
}

/** Runs `countersign rules list`: prints one line per rule, with the severities that the configuration gives. */
export async function listRules(flags: RulesFlags, io: Io): Promise<number> {
  const definitions = await findDefinitions(flags);
  const { rules } = await loadAllRules(definitions);
  const listed = rules.map((rule) => configureRule(rule, definitions));
  if (flags.format === "json") io.stdout(`${formatSafeJson(listed.map(toRow))}\n`);
  else io.stdout(listed.map(formatRow).join(""));
  return EXIT.ok;
}

type ListedRule = Omit<Rule, "severity"> & { severity: string };

const configureRule = (rule: Rule, { settings }: RunDefinitions): ListedRule => ({
  ...rule,
  severity: settings[rule.id]?.severity ?? rule.severity,
});

const toRow = ({ id, severity, operation, scope, needs, why }: ListedRule) => ({
  id,
  severity,
  operation,
  scope,
  needs,
  why,
});

const formatRow = ({ id, severity, scope, needs }: ListedRule): string =>
  `${id.padEnd(48)} ${severity.padEnd(8)}${scope === "changeset" ? " whole run" : ""}${needs.length > 0 ? ` needs ${needs.join(", ")}` : ""}\n`;

/** Runs `countersign rules show`: prints a rule with its reason and examples. */
export async function showRule(id: string, flags: RulesFlags, io: Io): Promise<number> {
  const definitions = await findDefinitions(flags);
  const { rules } = await loadAllRules(definitions);
  const rule = rules.find((one) => one.id === id);
  if (!rule) {
    const near = findNearest(
      id,
      rules.map((one) => one.id),
    );
    throw new UsageError(
      `there is no rule ${quoted(id)}`,
      near ? `did you mean ${quoted(near)}?` : "`countersign rules list` lists them",
    );
  }
  const { formatRule } = await import("../../rules/describe.ts");
  io.stdout(formatRule(rule));
  const setting = definitions.settings[id];
  if (setting) io.stdout(`\nin the configuration: ${escapeHarmful(JSON.stringify(setting))}\n`);
  return EXIT.ok;
}

/**
 * Runs `countersign rules test`: runs the examples of the rules in directories, else in the configuration's, else of the
 * built-in rules.
 */
export async function testRules(directories: readonly string[], flags: RulesFlags, io: Io): Promise<number> {
  const { schemas: named, rulePacks } = await findDefinitions(flags);
  const schemas = await loadRunSchemas(named);
  const [tested = []] = [directories, rulePacks, listShippedRuleFiles()].filter(({ length }) => length > 0);
  const set = loadRulePacks(tested, schemas);
  const { count, faults } = runExamples(set, createFaultFinder(schemas));
  for (const fault of faults) io.stdout(formatExampleFault(fault));
  const passed = `${formatCount(set.rules.length, "rule")}, ${formatCount(count, "example")}`;
  io.stdout(
    faults.length === 0
      ? `${passed}: all came out as they say\n`
      : `${passed}: ${faults.length} came out otherwise\n`,
  );
  return faults.length === 0 ? EXIT.ok : EXIT.failed;
}

/**
 * Returns the pointers of an example's schema faults. An example that is invalid by its schema does not test
 * the rule.
 */
const createFaultFinder = (schemas: SchemaStore) => (operation: string, request: unknown) => {
  const schema = schemas.find(operation);
  const findings = schema ? checkPayload(request, schema, "the request") : [];
  return new Set(findings.filter(({ status }) => status === undefined).map(({ path }) => toPointer(path)));
};

function formatExampleFault({ rule, file, place, expected, actual: came, findings }: ExampleFault): string {
  const details = findings.map(({ message }) => `  it said: ${escapeHarmful(message)}\n`).join("");
  return `${escapeHarmful(file)}:${place.line}:${place.column}: ${quoted(rule)}: this example is to ${EXPECTED_WORDS[expected]}, but ${ACTUAL_WORDS[came]}\n${details}`;
}

const EXPECTED_WORDS = { pass: "pass", fail: "fail", undecided: "be undecided" };
const ACTUAL_WORDS = { pass: "it passes", fail: "it fails", undecided: "it is undecided" };

/** The built-in rules, and those of `--rules` and of the configuration. */
async function loadAllRules({ schemas, rulePacks }: RunDefinitions): Promise<RuleSet> {
  return loadRulePacks([...listShippedRuleFiles(), ...rulePacks], await loadRunSchemas(schemas));
}
