import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { checkTarget, TARGET_ARGUMENTS } from "./target.ts";
import { COUNT, TEXT, TEXTS, type Tool } from "./tool.ts";

/** Findings and requests that an answer lists; a reader does nothing with more. */
const MOST = 500;

export const checkTool: Tool = {
  name: "check",
  title: "Check AWS API requests",
  description:
    "Checks proposed AWS API requests (request documents, AWS CLI commands in scripts, templates, SDK calls in programs) before they are made: the payload against its schema, cross-field rules, permissions. Reads files only; calls nothing. Outcome `fail`: don't make the call. `undecided`: a fact is missing, which context_plan says how to gather; a person decides. `pass`: nothing found. Calls that could not be read are undecided.",
  inputSchema: { type: "object", properties: TARGET_ARGUMENTS, additionalProperties: false },
  outputSchema: {
    type: "object",
    properties: {
      outcome: { enum: ["pass", "fail", "undecided"] },
      summary: { type: "object", additionalProperties: COUNT },
      requests: {
        type: "array",
        items: {
          type: "object",
          properties: { file: TEXT, line: COUNT, operation: TEXT, container: TEXT, outcome: TEXT },
          required: ["file", "line", "operation", "container", "outcome"],
        },
      },
      diagnostics: {
        type: "array",
        items: {
          type: "object",
          properties: {
            code: TEXT,
            severity: { enum: ["error", "warning", "info"] },
            status: { enum: ["failed", "undecided", "waived"] },
            message: TEXT,
            help: TEXT,
            file: TEXT,
            line: COUNT,
            column: COUNT,
            pointer: TEXT,
            operation: TEXT,
          },
          required: ["code", "severity", "status", "message"],
        },
      },
      omitted: {
        type: "object",
        description: "how many more there are, which the lists leave out",
        properties: { requests: COUNT, diagnostics: COUNT },
        required: ["requests", "diagnostics"],
      },
      warnings: TEXTS,
    },
    required: ["outcome", "summary", "requests", "diagnostics", "omitted", "warnings"],
  },
  async call(given, setting) {
    const { checked, warnings } = await checkTarget(given, setting);
    const { outcome, summary, requests, diagnostics } = checked.report;
    return {
      outcome,
      summary,
      requests: requests.slice(0, MOST),
      diagnostics: selectWorst(diagnostics),
      omitted: {
        requests: Math.max(0, requests.length - MOST),
        diagnostics: Math.max(0, diagnostics.length - MOST),
      },
      warnings,
    };
  },
};

const WORST_FIRST = ["failed", "undecided", "waived"];

/** In their own order, unless they are too many: then what failed comes first. */
const selectWorst = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.length <= MOST
    ? diagnostics
    : WORST_FIRST.flatMap((wanted) => diagnostics.filter(({ status }) => status === wanted)).slice(0, MOST);
