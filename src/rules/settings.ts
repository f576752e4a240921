import { nearest } from "../diagnostics/nearest.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { listed, quoted } from "../diagnostics/text.ts";
import type { Rule } from "./rule.ts";
import type { RuleOptions } from "./rule-set.ts";

/** What users say of one rule. */
export interface RuleSetting {
  severity?: "off" | "error" | "warning";
  params?: Readonly<Record<string, unknown>>;
}

/** Something that settings say of no rule, or of none of its parameters. `path` begins at the settings. */
export interface SettingFault {
  path: Path;
  at: "key" | "value";
  message: string;
  help: string;
}

/** Settings as the options that rules are run with. */
export function ruleOptions(settings: Readonly<Record<string, RuleSetting>>): RuleOptions {
  const rows = Object.entries(settings);
  return {
    severities: Object.fromEntries(rows.flatMap(([id, { severity }]) => (severity ? [[id, severity]] : []))),
    params: Object.fromEntries(rows.flatMap(([id, { params }]) => (params ? [[id, params]] : []))),
  };
}

/** A setting that names no rule would be lost silently. */
export function settingFaults(
  settings: Readonly<Record<string, RuleSetting>>,
  rules: readonly Rule[],
): SettingFault[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.entries(settings).flatMap(([id, { params = {} }]) => {
    const rule = byId.get(id);
    return rule ? paramFaults(rule, params) : [noRule(id, [...byId.keys()])];
  });
}

function noRule(id: string, ids: readonly string[]): SettingFault {
  const near = nearest(id, ids);
  const help = near ? `did you mean ${quoted(near)}?` : "`countersign rules list` lists them";
  return { path: [id], at: "key", message: `there is no rule ${quoted(id)}`, help };
}

function paramFaults({ id, params }: Rule, given: Readonly<Record<string, unknown>>): SettingFault[] {
  return Object.entries(given).flatMap(([name, value]): SettingFault[] => {
    const path = [id, "params", name];
    if (!Object.hasOwn(params, name)) return [noParam(id, name, Object.keys(params), path)];
    const expected = typeof params[name];
    if (typeof value === expected) return [];
    const message = `${quoted(name)} of ${quoted(id)} is a ${expected}`;
    return [{ path, at: "value", message, help: `its default is ${quoted(JSON.stringify(params[name]))}` }];
  });
}

function noParam(id: string, name: string, names: readonly string[], path: Path): SettingFault {
  const near = nearest(name, names);
  const all = names.length > 0 ? `its parameters are ${listed(names, "and")}` : "it has none";
  const help = near ? `did you mean ${quoted(near)}?` : all;
  return { path, at: "key", message: `${quoted(name)} is not a parameter of ${quoted(id)}`, help };
}
