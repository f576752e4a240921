import type { Finding } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/nearest.ts";
import { listed, quoted } from "../diagnostics/text.ts";
import type { RuleSetting } from "../rules/settings.ts";

const SEVERITIES = ["off", "error", "warning"];
const KEYS = ["severity", "params"];

type Fault = Pick<Finding, "message" | "help" | "path" | "at">;

/**
 * Normalizes rule settings (`off`, a severity, or an object) to objects by rule id, and collects faults. The
 * paths of faults are relative to the root of the configuration.
 */
export function ruleSettings(value: unknown): { settings: Record<string, RuleSetting>; faults: Fault[] } {
  const settings: Record<string, RuleSetting> = {};
  const faults: Fault[] = [];
  if (typeof value !== "object" || value === null) return { settings, faults };
  for (const [id, setting] of Object.entries(value)) {
    const path = ["rules", id];
    const wrong = typeof setting === "string" ? severityFault(setting, path) : objectFaults(setting, path);
    for (const fault of wrong) faults.push(fault);
    settings[id] = (typeof setting === "string" ? { severity: setting } : setting) as RuleSetting;
  }
  return { settings, faults };
}

function severityFault(severity: unknown, path: Fault["path"]): Fault[] {
  if (SEVERITIES.includes(severity as string)) return [];
  const written = quoted(String(severity));
  const near = nearest(String(severity), SEVERITIES);
  const all = `the severities are ${listed(SEVERITIES, "and")}`;
  return [
    {
      path,
      message: `${written} is not a severity`,
      help: near ? `did you mean ${quoted(near)}? ${all}` : all,
    },
  ];
}

function objectFaults(setting: unknown, path: Fault["path"]): Fault[] {
  if (typeof setting !== "object" || setting === null || Array.isArray(setting)) {
    return [
      {
        path,
        message: "a rule's setting is `off`, `error`, `warning`, or an object with `severity` and `params`",
      },
    ];
  }
  return Object.entries(setting).flatMap(([key, value]) => {
    if (key === "severity") return severityFault(value, [...path, key]);
    if (key === "params") return paramsFault(value, [...path, key]);
    const near = nearest(key, KEYS);
    const help = near ? `did you mean ${quoted(near)}?` : `the keys are ${listed(KEYS, "and")}`;
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

const paramsFault = (value: unknown, path: Fault["path"]): Fault[] =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? []
    : [{ path, message: "`params` is an object: the rule's parameters by name" }];
