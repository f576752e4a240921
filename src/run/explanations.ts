import { CODES } from "../diagnostics/codes.ts";
import type { Engine } from "../engine/engine.ts";
import type { Explanation } from "../reporters/reporter.ts";
import { builtinRules } from "../rules/builtin.ts";
import { sentence } from "../rules/describe.ts";
import type { Rule, Template } from "../rules/rule.ts";
import { page } from "./code-page.ts";

/**
 * What is said about codes and rules in formats that carry documentation. The text of rules from the repository
 * that is checked goes in as text only: whoever proposes a request may propose them too.
 */
export function explanations({ rules }: Engine): (code: string) => Explanation | undefined {
  const shipped = new Map(builtinRules().rules.map((rule) => [rule.id, rule]));
  const own = new Map((rules?.rules ?? []).map((rule) => [rule.id, rule]));
  return (code) => {
    if (Object.hasOwn(CODES, code)) return aboutCode(code);
    const known = shipped.get(code);
    if (known) return aboutRule(known);
    const rule = own.get(code);
    return rule && { summary: summaryOf(rule) };
  };
}

function aboutCode(code: string): Explanation {
  const markdown = withoutPaths(page(code));
  // A title, the severity, then what it is about.
  return { summary: markdown.split("\n\n")[2]!.replaceAll("\n", " "), markdown };
}

/** Links into the repository lead nowhere from elsewhere. */
const withoutPaths = (markdown: string): string =>
  markdown.replace(/\[([^\]\n]*)\]\((?!https:)[^)\n]*\)/g, "$1");

function aboutRule(rule: Rule): Explanation {
  const summary = summaryOf(rule);
  const url = rule.source?.startsWith("https://") ? rule.source : undefined;
  const source = url === undefined ? "" : ` Source: <${url}>`;
  const markdown = `${summary}\n\n\`countersign rules show ${rule.id}\` prints the rule and its examples.${source}\n`;
  return { summary, markdown, ...(url !== undefined && { url }) };
}

const summaryOf = ({ why, message }: Rule): string => sentence(why ?? textOf(message)).replace(/\s+/g, " ");

const textOf = (template: Template): string =>
  template.map((part) => (typeof part === "string" ? part : "…")).join("");
