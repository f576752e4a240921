import { stringify } from "yaml";
import type { Example, Expression, Rule, Template } from "./rule.ts";
import { isParsed } from "./rule.ts";

/** Formats a rule as Markdown, for `countersign rules show` and docs/rules.md. */
export function formatRule(rule: Rule): string {
  const parts = [
    `## ${rule.id}`,
    formatHeadline(rule),
    rule.why && toSentence(rule.why),
    `\`\`\`cel\n${formatExpressions(rule)}\n\`\`\``,
    `Says: ${formatTemplate(rule.message)}`,
    rule.help && `Help: ${formatTemplate(rule.help)}`,
    Object.keys(rule.params).length > 0 && `Parameters: ${formatParams(rule)}`,
    rule.source && `Source: <${rule.source}>`,
    ...(rule.examples ?? []).map(formatExample),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function formatHeadline({ severity, operation, operations, scope, needs, at }: Rule): string {
  const parts = [
    `**${severity}**`,
    operations
      ? operations.map((name) => `\`${name}\``).join(", ")
      : operation === "*"
        ? "every operation"
        : `\`${operation}\``,
    ...(at.length > 0 && at[0] !== "" ? [`at ${at.map((pointer) => `\`${pointer}\``).join(", ")}`] : []),
    ...(scope === "changeset" ? ["looks at all requests of the run"] : []),
    ...(needs.length > 0 ? [`needs context: ${needs.map((name) => `\`${name}\``).join(", ")}`] : []),
  ];
  return parts.join(" · ");
}

export const toSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).trimEnd().replace(/\.$/, "")}.`;

function formatExpressions({ when, each, assert, fix, define = [] }: Rule): string {
  const rows: [string, readonly Expression[]][] = [
    ["when", when ? [when] : []],
    ["each", each ?? []],
    ["assert", [assert]],
    ["fix", fix ? [fix] : []],
  ];
  return [
    ...rows.flatMap(([key, all]) => all.map((expression) => `${key}: ${readText(expression)}`)),
    ...(define.length > 0 ? ["", ...define.map(([signature, text]) => `${signature} = ${text.trim()}`)] : []),
  ].join("\n");
}

/** Only rules with their source are shown. */
const readText = (expression: Expression): string => (isParsed(expression) ? expression.text.trim() : "…");

const formatTemplate = (template: Template): string =>
  template.map((part) => (typeof part === "string" ? part : `{{${readText(part)}}}`)).join("");

function formatParams({ params, paramsOf }: Rule): string {
  const rows = Object.entries(params).map(([name, value]) => `\`${name}\` (${JSON.stringify(value)})`);
  return `${rows.join(", ")}${paramsOf === undefined ? "" : `, set at \`${paramsOf}\``}`;
}

const TITLES = { pass: "Passes", fail: "Fails", undecided: "Undecided" };

function formatExample({ kind, inputs }: Example): string {
  const shown = inputs.map(({ operation: _, ...input }) => input);
  const value = shown.length === 1 ? shown[0] : { requests: shown };
  return `${TITLES[kind]}:\n\n\`\`\`yaml\n${stringify(value, { lineWidth: 110 }).trimEnd()}\n\`\`\``;
}
