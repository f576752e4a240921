import { CODES } from "../diagnostics/codes.ts";
import type { Engine } from "../engine/engine.ts";
import type { Explanation } from "../reporters/reporter.ts";
import { getBuiltinRules } from "../rules/builtin.ts";
import { toSentence } from "../rules/describe.ts";
import type { Rule, Template } from "../rules/rule.ts";
import { readCodePage } from "./code-page.ts";

/**
 * Returns a look-up of explanations by code or rule id, for formats that carry documentation. Rules from the
 * checked repository contribute plain text only: they are untrusted, since the author of a request may also
 * have written them.
 */
export function createExplainer({ rules }: Engine): (code: string) => Explanation | undefined {
  const shipped = getBuiltinRules();
  return (code) => {
    if (Object.hasOwn(CODES, code)) return explainCode(code);
    const known = shipped.find(code);
    if (known) return explainShippedRule(known);
    const rule = rules?.find(code);
    return rule && { summary: summarizeRule(rule) };
  };
}

function explainCode(code: string): Explanation {
  const markdown = stripRelativeLinks(readCodePage(code));
  // A page consists of a title, the severity, then the summary.
  return { summary: markdown.split("\n\n")[2]!.replaceAll("\n", " "), markdown };
}

/** Replaces relative links by their text: they do not resolve outside of the repository. */
const stripRelativeLinks = (markdown: string): string =>
  markdown.replace(/\[([^\]\n]*)\]\((?!https:)[^)\n]*\)/g, "$1");

function explainShippedRule(rule: Rule): Explanation {
  const summary = summarizeRule(rule);
  const url = rule.source?.startsWith("https://") ? rule.source : undefined;
  const source = url === undefined ? "" : ` Source: <${url}>`;
  const markdown = `${summary}\n\n\`countersign rules show ${rule.id}\` prints the rule and its examples.${source}\n`;
  return { summary, markdown, ...(url !== undefined && { url }) };
}

const summarizeRule = ({ why, message }: Rule): string =>
  toSentence(why ?? formatTemplate(message)).replace(/\s+/g, " ");

const formatTemplate = (template: Template): string =>
  template.map((part) => (typeof part === "string" ? part : "…")).join("");

const PAGES = "https://github.com/OWNER/countersign/blob/main/docs";

/**
 * Finds the address of the page that documents a code or a built-in rule. Rules of a user's own have none: no part of
 * an address comes from the checked files.
 */
export function findCodeUrl(code: string): string | undefined {
  if (Object.hasOwn(CODES, code)) return `${PAGES}/codes/${code}.md`;
  const rule = getBuiltinRules().find(code);
  if (!rule) return undefined;
  const page = rule.operation === "*" ? "common" : rule.operation.replace(":", "/");
  return `${PAGES}/rules/${page}.md#${rule.id.replaceAll("/", "")}`;
}
