import { ConfigError } from "../config/config.ts";
import { ContextError } from "../context/context.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import { RuleError } from "../rules/load/error.ts";
import { formatError } from "../run/errors.ts";
import { SchemaFileError } from "../schema/store.ts";

/** Why nothing can be checked: a mistake in the configuration or in a file that it names. */
export interface WorkspaceProblem {
  /** The faults with a place, by file. */
  faults: readonly { file: string; message: string; help?: string | undefined; place: Place }[];
  /** All of it in words. */
  text: string;
}

export function describeProblem(
  error: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): WorkspaceProblem {
  return { faults: listFaults(error), text: formatError(error, environment).trim() };
}

function listFaults(error: unknown): WorkspaceProblem["faults"] {
  if (error instanceof ConfigError) return error.faults.map((fault) => ({ file: error.file, ...fault }));
  if (error instanceof ContextError || error instanceof RuleError || error instanceof SchemaFileError)
    return error.faults;
  return [];
}
