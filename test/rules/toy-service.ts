import { Unknown } from "../../src/documents/document.ts";
import type { RuleFault, RuleInput, RuleOptions } from "../../src/rules/index.ts";
import { loadRules, RuleError, type RuleSet } from "../../src/rules/index.ts";
import type { JsonSchema } from "../../src/schema/json-schema.ts";

/** An invented service, so that these tests don't depend on changes in AWS. */
const BLOCK: JsonSchema = {
  type: "object",
  required: ["Colour"],
  properties: {
    Colour: { type: "string", enum: ["RED", "GREEN"] },
    Name: { type: "string" },
    Weight: { type: "number" },
  },
  additionalProperties: false,
};

const REQUESTS: Record<string, JsonSchema> = {
  "toy:BuildTower": {
    type: "object",
    required: ["Name", "Kind"],
    properties: {
      Name: { type: "string" },
      Kind: { type: "string", enum: ["HIGH", "WIDE"] },
      Height: { type: "integer" },
      Ratio: { type: "number" },
      IsOpen: { type: "boolean" },
      Blocks: { type: "array", items: { $ref: "#/definitions/Block" } },
      Words: { type: "array", items: { type: "string" } },
      Base: {
        type: "object",
        required: ["Depth"],
        properties: { Depth: { type: "integer" }, Note: { type: "string" } },
        additionalProperties: false,
      },
      Labels: { type: "object", additionalProperties: { type: "string" } },
    },
    additionalProperties: false,
    definitions: { Block: BLOCK },
  },
};

export const SCHEMAS = {
  request: (operation: string) => REQUESTS[operation],
  operations: () => Object.keys(REQUESTS),
};

export const CONTEXT: Record<string, JsonSchema> = {
  fileShare: { type: "object", properties: { LocationARN: { type: "string" }, State: { type: "string" } } },
  cacheReports: {
    type: "array",
    items: {
      type: "object",
      properties: { Status: { type: "string", enum: ["DONE", "RUNNING"] }, Id: { type: "string" } },
      additionalProperties: false,
    },
  },
  mountPoint: { type: "string" },
};

export const loadToyRules = (text: string, file = "toy.yaml"): RuleSet =>
  loadRules([{ file, text }], SCHEMAS, CONTEXT);

/** Creates a rule file with one rule from the lines that matter to a test; the others get defaults. */
export const formatRuleFile = (lines: string, operation = "toy:BuildTower"): string =>
  `operation: "${operation}"
rules:
  - id: toy/rule
    severity: error
${/^ *at:/m.test(lines) ? "" : "    at: /Name\n"}${/^ *message:/m.test(lines) ? "" : "    message: broken\n"}${lines
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => `    ${line}\n`)
  .join(
    "",
  )}${/^ *examples:/m.test(lines) ? "" : "    examples: { pass: [{ request: {} }], fail: [{ request: {} }], undecided: [{ request: {} }] }\n"}`;

export const loadFaults = (text: string): readonly RuleFault[] => {
  try {
    loadToyRules(text);
    return [];
  } catch (error) {
    if (error instanceof RuleError) return error.faults;
    throw error;
  }
};

/** The faults of a rule file as `line:column message | help`. */
export const loadFaultLines = (text: string): string[] =>
  loadFaults(text).map(
    ({ place, message, help }) => `${place.line}:${place.column} ${message}${help ? ` | ${help}` : ""}`,
  );

export const createPlaceholder = (source = "${X}"): Unknown => new Unknown(source);

export const createInput = (request: unknown, more: Partial<RuleInput> = {}): RuleInput => ({
  operation: "toy:BuildTower",
  request,
  faulty: new Set<string>(),
  ...more,
});

export type Outcome = "pass" | "fail" | "undecided";

export function evaluateOutcome(rules: RuleSet, given: RuleInput, options?: RuleOptions): Outcome {
  const findings = rules.evaluate(given, options);
  if (findings.some(({ status }) => status === "failed")) return "fail";
  return findings.length > 0 ? "undecided" : "pass";
}

/** The outcome of a rule with this assertion for a request. */
export const evaluateAssertion = (assert: string, given: RuleInput): Outcome =>
  evaluateOutcome(loadToyRules(formatRuleFile(`assert: ${JSON.stringify(assert)}`)), given);
