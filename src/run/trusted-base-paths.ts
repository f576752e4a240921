import { ConfigError } from "../config/config.ts";
import { ContextError } from "../context/context.ts";
import { RuleError } from "../rules/load/error.ts";
import { SchemaFileError } from "../schema/store.ts";
import type { Ran } from "./types.ts";

/** Changes the names of files, wherever a text holds them. */
export type Shown = (text: string) => string;

/** A run's findings with the names of files as users know them. Each stays the same object: others refer to it. */
export function renamed(ran: Ran, shown: Shown): Ran {
  for (const diagnostic of ran.checked.report.diagnostics)
    Object.assign(diagnostic, deeply(diagnostic, shown));
  return ran;
}

function deeply<T>(value: T, shown: Shown): T {
  if (typeof value === "string") return shown(value) as T;
  if (Array.isArray(value)) return value.map((item) => deeply(item, shown)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, deeply(member, shown)])) as T;
}

/** The same error with the names of files as users know them. */
export function renamedError(error: unknown, shown: Shown): unknown {
  if (error instanceof ConfigError) return new ConfigError(shown(error.file), deeply(error.faults, shown));
  if (error instanceof ContextError) return new ContextError(deeply(error.faults, shown));
  if (error instanceof RuleError) return new RuleError(deeply(error.faults, shown));
  if (error instanceof SchemaFileError) return new SchemaFileError(shown(error.file), shown(error.message));
  return error;
}
