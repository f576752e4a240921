import { CODES } from "../diagnostics/codes.ts";
import { findNearest } from "../diagnostics/nearest.ts";
import { quoted } from "../diagnostics/text.ts";
import { loadRulesWithPacks } from "../engine/rule-packs.ts";
import { readCodePage } from "../run/code-page.ts";
import { UsageError } from "../run/io.ts";
import { createNoSchemaError, loadRunSchemas } from "../run/schemas.ts";
import { withPolicy } from "./policy.ts";
import { TEXT, TEXTS, type Tool, type ToolSetting } from "./tool.ts";

export const explainTool: Tool = {
  name: "explain",
  title: "Explain a code",
  description: "What a code or rule id of a finding means, why it matters, and how to fix what it reports.",
  inputSchema: {
    type: "object",
    properties: {
      code: {
        type: "string",
        maxLength: 200,
        description: "a code as findings name it, such as schema/enum or fsx/paths-linked",
      },
    },
    required: ["code"],
    additionalProperties: false,
  },
  outputSchema: {
    type: "object",
    properties: { code: TEXT, kind: { enum: ["code", "rule"] }, severity: TEXT, text: TEXT },
    required: ["code", "kind", "severity", "text"],
  },
  async call(given, setting) {
    const code = String(given.code);
    if (Object.hasOwn(CODES, code))
      return {
        code,
        kind: "code",
        severity: CODES[code as keyof typeof CODES],
        text: readCodePage(code),
      };
    return explainRule(code, setting);
  },
};

const explainRule = (id: string, { policy, io }: ToolSetting) =>
  withPolicy(policy, io, async ({ schemas, rulePacks }) => {
    const { rules } = loadRulesWithPacks(rulePacks, await loadRunSchemas(schemas));
    const rule = rules.find((each) => each.id === id);
    if (!rule) throw createNoCodeError(id, [...Object.keys(CODES), ...rules.map((each) => each.id)]);
    const { formatRule } = await import("../rules/describe.ts");
    return { code: id, kind: "rule", severity: rule.severity, text: formatRule(rule) };
  });

function createNoCodeError(code: string, codes: readonly string[]): UsageError {
  const near = findNearest(code, codes);
  return new UsageError(
    `there is no code ${quoted(code)}`,
    near ? `did you mean ${quoted(near)}?` : "give a code as `check` names it in its findings",
  );
}

export const schemaTool: Tool = {
  name: "schema",
  title: "Show a request's schema",
  description:
    "The JSON Schema of an operation's request. Without an operation: the operations that have one, and are checked.",
  inputSchema: {
    type: "object",
    properties: {
      operation: {
        type: "string",
        maxLength: 200,
        description: "service:Operation, such as storagegateway:StartCacheReport",
      },
    },
    additionalProperties: false,
  },
  outputSchema: {
    type: "object",
    properties: { operations: TEXTS, operation: TEXT, schema: { type: "object" } },
  },
  call: ({ operation }, { policy, io }) =>
    withPolicy(policy, io, async (directories) => {
      const schemas = await loadRunSchemas(directories.schemas);
      if (operation === undefined) return { operations: schemas.operations() };
      const found = schemas.find(String(operation));
      if (!found) throw createNoSchemaError(String(operation), schemas);
      return { operation, schema: found.source };
    }),
};
