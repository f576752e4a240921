import { quoted } from "../../diagnostics/text.ts";
import type { SimulateInput } from "./types.ts";

/** Depth at which copying gives up, as on a value that contains itself. */
const MAX_DEPTH = 100;

/** Members whose absence could allow a request: if one can't be read, it must not count as not given. */
const RESTRICTING: ReadonlySet<string> = new Set([
  "permissionsBoundary",
  "sessionPolicies",
  "serviceControlPolicies",
  "resourceControlPolicies",
  "resourcePolicy",
]);

/** A policy that can't be understood: it allows nothing, and may deny. */
const UNREADABLE_POLICY = "";

/**
 * Copies the input without the values whose getters throw, and lists those. A policy with such a value is not
 * understood at all, since what it lacks may be the condition of an Allow.
 */
export function dropUnreadable(input: SimulateInput): { input: SimulateInput; notes: string[] } {
  const notes: string[] = [];
  const copy = copyObject(input, [], (path) => {
    notes.push(`${quoted(path.join("."))} can't be read: it counts as not given`);
  });
  return { input: copy as unknown as SimulateInput, notes };
}

type Report = (path: readonly string[]) => void;

function copyObject(source: object, path: readonly string[], report: Report): Record<string, unknown> {
  const rows = Object.keys(source).flatMap((key): [string, unknown][] => {
    const at = [...path, key];
    const restricts = path.length === 0 && RESTRICTING.has(key);
    try {
      const value = (source as Record<string, unknown>)[key];
      return [
        [
          key,
          /polic|boundary/i.test(at[0]!) ? copyPolicies(value, at, report) : copyValue(value, at, report),
        ],
      ];
    } catch {
      report(at);
      return restricts ? [[key, UNREADABLE_POLICY]] : [];
    }
  });
  return Object.fromEntries(rows);
}

function copyValue(value: unknown, path: readonly string[], report: Report): unknown {
  if (typeof value !== "object" || value === null || path.length > MAX_DEPTH) return value;
  if (Array.isArray(value))
    return Array.from(value, (item, index) => copyValue(item, [...path, `${index}`], report));
  return copyObject(value, path, report);
}

/** Policies are kept as they are, or replaced as a whole. */
function copyPolicies(value: unknown, path: readonly string[], report: Report): unknown {
  if (Array.isArray(value))
    return Array.from(value, (item, index) => copyPolicies(item, [...path, `${index}`], report));
  try {
    JSON.stringify(value);
    return value;
  } catch {
    report(path);
    return UNREADABLE_POLICY;
  }
}
