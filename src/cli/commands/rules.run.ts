import { nearest } from "../../diagnostics/nearest.ts";
import { toPointer } from "../../diagnostics/pointer.ts";
import { counted, escapedJson, harmless, quoted } from "../../diagnostics/text.ts";
import { loadPacks } from "../../engine/load.ts";
import type { ExampleFault, Rule, RuleSet } from "../../rules/index.ts";
import { runExamples } from "../../rules/index.ts";
import { shippedRuleFiles } from "../../rules/shipped.ts";
import { EXIT } from "../../run/exit-status.ts";
import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";
import { schemasOf } from "../../run/schemas.ts";
import { checkPayload } from "../../schema/check.ts";
import type { SchemaStore } from "../../schema/store.ts";

export interface RulesFlags {
  schemas?: readonly string[];
  rules?: readonly string[];
  format?: "text" | "json";
}

/** Runs `countersign rules list`: prints one line per rule. */
export async function list(flags: RulesFlags, io: Io): Promise<number> {
  const { rules } = await allRules(flags);
  if (flags.format === "json") io.stdout(`${escapedJson(rules.map(row))}\n`);
  else io.stdout(rules.map(line).join(""));
  return EXIT.ok;
}

const row = ({ id, severity, operation, scope, needs, why }: Rule) => ({
  id,
  severity,
  operation,
  scope,
  needs,
  why,
});

const line = ({ id, severity, scope, needs }: Rule): string =>
  `${id.padEnd(48)} ${severity.padEnd(8)}${scope === "changeset" ? " whole run" : ""}${needs.length > 0 ? ` needs ${needs.join(", ")}` : ""}\n`;

/** Runs `countersign rules show`: prints a rule with its reason and examples. */
export async function show(id: string, flags: RulesFlags, io: Io): Promise<number> {
  const { rules } = await allRules(flags);
  const rule = rules.find((one) => one.id === id);
  if (!rule) {
    const near = nearest(
      id,
      rules.map((one) => one.id),
    );
    throw new UsageError(
      `there is no rule ${quoted(id)}`,
      near ? `did you mean ${quoted(near)}?` : "`countersign rules list` lists them",
    );
  }
  const { ruleText } = await import("../../rules/describe.ts");
  io.stdout(ruleText(rule));
  return EXIT.ok;
}

/** Runs `countersign rules test`: runs the examples of the rules in directories, or of the built-in rules. */
export async function test(directories: readonly string[], flags: RulesFlags, io: Io): Promise<number> {
  const schemas = await schemasOf(flags.schemas ?? []);
  const set = loadPacks(directories.length > 0 ? directories : shippedRuleFiles(), schemas);
  const { count, faults } = runExamples(set, faultyBy(schemas));
  for (const fault of faults) io.stdout(faultText(fault));
  const passed = `${counted(set.rules.length, "rule")}, ${counted(count, "example")}`;
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
const faultyBy = (schemas: SchemaStore) => (operation: string, request: unknown) => {
  const schema = schemas.find(operation);
  const findings = schema ? checkPayload(request, schema, "the request") : [];
  return new Set(findings.filter(({ status }) => status === undefined).map(({ path }) => toPointer(path)));
};

function faultText({ rule, file, place, expected, came, findings }: ExampleFault): string {
  const details = findings.map(({ message }) => `  it said: ${harmless(message)}\n`).join("");
  return `${harmless(file)}:${place.line}:${place.column}: ${quoted(rule)}: this example is to ${WORDS[expected]}, but ${CAME[came]}\n${details}`;
}

const WORDS = { pass: "pass", fail: "fail", undecided: "be undecided" };
const CAME = { pass: "it passes", fail: "it fails", undecided: "it is undecided" };

/** The built-in rules, and those of `--rules`. */
async function allRules({ schemas = [], rules = [] }: RulesFlags): Promise<RuleSet> {
  return loadPacks([...shippedRuleFiles(), ...rules], await schemasOf(schemas));
}
