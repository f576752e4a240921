import { ConfigError } from "../config/config.ts";
import { ContextError } from "../context/context.ts";
import { RuleError } from "../rules/load/error.ts";
import { SchemaFileError } from "../schema/store.ts";
import type { RunResult } from "./types.ts";

/** Replaces the names of temporary files in a text by the names that users know. */
export type RestoreNames = (text: string) => string;

/**
 * Replaces file names in all diagnostics of a run. The objects are changed in place because other maps refer
 * to them.
 */
export function restoreResultNames(ran: RunResult, shown: RestoreNames): RunResult {
  for (const diagnostic of ran.checked.report.diagnostics)
    Object.assign(diagnostic, mapStrings(diagnostic, shown));
  return ran;
}

function mapStrings<T>(value: T, shown: RestoreNames): T {
  if (typeof value === "string") return shown(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, shown)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, mapStrings(member, shown)]),
  ) as T;
}

/** Returns an error with file names replaced. */
export function restoreErrorNames(error: unknown, shown: RestoreNames): unknown {
  if (error instanceof ConfigError)
    return new ConfigError(shown(error.file), mapStrings(error.faults, shown));
  if (error instanceof ContextError) return new ContextError(mapStrings(error.faults, shown));
  if (error instanceof RuleError) return new RuleError(mapStrings(error.faults, shown));
  if (error instanceof SchemaFileError)
    return new SchemaFileError(shown(error.file), shown(error.message), mapStrings(error.faults, shown));
  return error;
}
