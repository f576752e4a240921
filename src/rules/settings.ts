import { RE2JS } from "@bufbuild/re2";
import { CODES } from "../diagnostics/codes.ts";
import { findNearest } from "../diagnostics/nearest.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import type { RuleOptions } from "./input.ts";
import type { Rule } from "./rule.ts";

/** A user's settings for one rule. */
export interface RuleSetting {
  severity?: "off" | "error" | "warning";
  params?: Readonly<Record<string, unknown>>;
}

/** An error in the settings, such as an unknown rule or parameter. `path` is relative to the settings. */
export interface SettingFault {
  path: Path;
  at: "key" | "value";
  message: string;
  help: string;
}

/** Converts settings into the options that rules are evaluated with. */
export function toRuleOptions(settings: Readonly<Record<string, RuleSetting>>): RuleOptions {
  const rows = Object.entries(settings);
  return {
    severities: Object.fromEntries(rows.flatMap(([id, { severity }]) => (severity ? [[id, severity]] : []))),
    params: Object.fromEntries(rows.flatMap(([id, { params }]) => (params ? [[id, params]] : []))),
  };
}

/** Checks settings against the rules. A setting for an unknown rule would otherwise be ignored silently. */
export function checkSettings(
  settings: Readonly<Record<string, RuleSetting>>,
  rules: readonly Rule[],
): SettingFault[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.entries(settings).flatMap(([id, setting]) => {
    const rule = byId.get(id);
    if (rule) return checkParams(rule, setting.params ?? {});
    return CONFIGURABLE_CODES.includes(id)
      ? checkCodeSetting(id, setting)
      : [describeUnknownRule(id, [...byId.keys()])];
  });
}

/** Codes that aren't rules, but whose severity can be configured like that of one. */
const CONFIGURABLE_CODES = Object.keys(CODES).filter(
  (code) => code.startsWith("iam/") || code === "document/unread",
);

function checkCodeSetting(code: string, { severity, params }: RuleSetting): SettingFault[] {
  const faults = Object.keys(params ?? {}).map((name) =>
    describeUnknownParam(code, name, [], [code, "params", name]),
  );
  if (code !== "iam/undecided" || severity === undefined || severity === "off") return faults;
  const message = `${quoted(code)} is neither passed nor failed, so that it can only be \`off\``;
  const help = "`strict: true` makes what is undecided fail";
  return [...faults, { path: [code], at: "value", message, help }];
}

function describeUnknownRule(id: string, ids: readonly string[]): SettingFault {
  const near = findNearest(id, [...ids, ...CONFIGURABLE_CODES]);
  const help = near ? `did you mean ${quoted(near)}?` : "`countersign rules list` lists them";
  return { path: [id], at: "key", message: `there is no rule ${quoted(id)}`, help };
}

function checkParams(rule: Rule, given: Readonly<Record<string, unknown>>): SettingFault[] {
  const { id, paramsOf } = rule;
  const params = paramsOf === undefined ? rule.params : {};
  return Object.entries(given).flatMap(([name, value]): SettingFault[] => {
    const path = [id, "params", name];
    if (!Object.hasOwn(params, name)) return [describeUnknownParam(id, name, Object.keys(params), path)];
    const wrong = describeWrongValue(name, value, params[name]);
    if (wrong === undefined) return [];
    const help = `its default is ${quoted(JSON.stringify(params[name]))}`;
    return [{ path, at: "value", message: `${quoted(name)} of ${quoted(id)} ${wrong}`, help }];
  });
}

/** An unusable parameter value would disable the rule silently, so it is rejected. */
function describeWrongValue(name: string, value: unknown, byDefault: unknown): string | undefined {
  if (typeof value !== typeof byDefault) return `is a ${typeof byDefault}`;
  if (typeof value === "number" && Number.isInteger(byDefault) && !(Number.isInteger(value) && value >= 0)) {
    return "is a whole number, 0 or more";
  }
  if (name === "perOperation") return describeWrongRows(value);
  return name === "pattern" && !isPattern(String(value)) ? "is not a regular expression (RE2)" : undefined;
}

/** Rows by operation, each with what differs from the rule's own parameters. */
function describeWrongRows(rows: unknown): string | undefined {
  for (const [operation, row] of Object.entries(Object(rows)))
    for (const [name, value] of Object.entries(Object(row))) {
      const byDefault = name === "minLength" ? 20 : name === "pattern" ? "" : undefined;
      const wrong = byDefault === undefined ? "is unknown" : describeWrongValue(name, value, byDefault);
      if (wrong !== undefined) return `has a row ${quoted(operation)} whose ${quoted(name)} ${wrong}`;
    }
  return undefined;
}

function isPattern(text: string): boolean {
  try {
    return RE2JS.compile(text) !== undefined;
  } catch {
    return false;
  }
}

function describeUnknownParam(id: string, name: string, names: readonly string[], path: Path): SettingFault {
  const near = findNearest(name, names);
  const all = names.length > 0 ? `its parameters are ${formatList(names, "and")}` : "it has none";
  const help = near ? `did you mean ${quoted(near)}?` : all;
  return { path, at: "key", message: `${quoted(name)} is not a parameter of ${quoted(id)}`, help };
}
