import type { Finding } from "../diagnostics/diagnostic.ts";
import { findNearest } from "../diagnostics/nearest.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import type { RuleSetting } from "../rules/settings.ts";

const SEVERITIES = ["off", "error", "warning"];
const SETTING_KEYS = ["severity", "params"];

type SettingFinding = Pick<Finding, "message" | "help" | "path" | "at">;

/**
 * Normalizes rule settings (`off`, a severity, or an object) to objects by rule id, and collects faults. The
 * paths of faults are relative to the root of the configuration.
 */
export function parseRuleSettings(value: unknown): {
  settings: Record<string, RuleSetting>;
  faults: SettingFinding[];
} {
  const settings: Record<string, RuleSetting> = {};
  const faults: SettingFinding[] = [];
  if (typeof value !== "object" || value === null) return { settings, faults };
  for (const [id, setting] of Object.entries(value)) {
    const path = ["rules", id];
    const wrong =
      typeof setting === "string" ? checkSeverity(setting, path) : checkSettingObject(setting, path);
    for (const fault of wrong) faults.push(fault);
    const value = (typeof setting === "string" ? { severity: setting } : setting) as RuleSetting;
    // Assigning to `__proto__` would set the prototype instead of a member.
    Object.defineProperty(settings, id, { value, enumerable: true, configurable: true, writable: true });
  }
  return { settings, faults };
}

function checkSeverity(severity: unknown, path: SettingFinding["path"]): SettingFinding[] {
  if (SEVERITIES.includes(severity as string)) return [];
  const written = quoted(String(severity));
  const near = findNearest(String(severity), SEVERITIES);
  const all = `the severities are ${formatList(SEVERITIES, "and")}`;
  return [
    {
      path,
      message: `${written} is not a severity`,
      help: near ? `did you mean ${quoted(near)}? ${all}` : all,
    },
  ];
}

function checkSettingObject(setting: unknown, path: SettingFinding["path"]): SettingFinding[] {
  if (typeof setting !== "object" || setting === null || Array.isArray(setting)) {
    return [
      {
        path,
        message: "a rule's setting is `off`, `error`, `warning`, or an object with `severity` and `params`",
      },
    ];
  }
  return Object.entries(setting).flatMap(([key, value]) => {
    if (key === "severity") return checkSeverity(value, [...path, key]);
    if (key === "params") return checkParams(value, [...path, key]);
    const near = findNearest(key, SETTING_KEYS);
    const help = near ? `did you mean ${quoted(near)}?` : `the keys are ${formatList(SETTING_KEYS, "and")}`;
    return [
      {
        path: [...path, key],
        at: "key" as const,
        message: `${quoted(key)} is not a key of a rule's setting`,
        help,
      },
    ];
  });
}

const checkParams = (value: unknown, path: SettingFinding["path"]): SettingFinding[] =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? []
    : [{ path, message: "`params` is an object: the rule's parameters by name" }];
