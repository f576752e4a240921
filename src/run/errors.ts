import type { ConfigFault } from "../config/config.ts";
import { ConfigError } from "../config/config.ts";
import type { ContextFault } from "../context/context.ts";
import { ContextError } from "../context/context.ts";
import { escapeHarmful, quoted } from "../diagnostics/text.ts";
import { RuleError } from "../rules/load/error.ts";
import { SchemaFileError } from "../schema/store.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";

/**
 * Formats an error for standard error. The stack trace of an internal error is printed only if
 * COUNTERSIGN_DEBUG is set.
 */
export function formatError(error: unknown, environment: Io["environment"]): string {
  if (error instanceof ConfigError)
    return error.faults.map((fault) => formatPlacedFault(error.file, fault)).join("");
  if (error instanceof ContextError || error instanceof RuleError) {
    return error.faults.map((fault) => formatPlacedFault(fault.file, fault)).join("");
  }
  if (error instanceof SchemaFileError) {
    if (error.faults.length > 0)
      return error.faults.map((fault) => formatPlacedFault(fault.file, fault)).join("");
    return `error: the schema ${quoted(error.file)} can't be used: ${escapeHarmful(error.message)}\n  help: generate it again with \`countersign schema generate\`\n`;
  }
  if (error instanceof UsageError) {
    return `error: ${escapeHarmful(error.message)}\n${error.help ? `  help: ${escapeHarmful(error.help)}\n` : ""}`;
  }
  const detail =
    error instanceof Error
      ? ((environment.COUNTERSIGN_DEBUG && error.stack) ?? error.message)
      : String(error);
  return `error: this is a fault of countersign, not of your files: ${escapeHarmful(detail)}\n  help: please report it, with the file that it came from; COUNTERSIGN_DEBUG=1 prints more\n`;
}

/** Formats a fault with its position, in the manner of a compiler. */
function formatPlacedFault(file: string, { message, help, place }: ConfigFault): string {
  const advice = help === undefined ? "" : `  = help: ${escapeHarmful(help)}\n`;
  return `error: ${escapeHarmful(message)}\n --> ${escapeHarmful(file)}:${place.line}:${place.column}\n${advice}`;
}

/** Formats a warning with its position, in the manner of a compiler. */
export const formatWarning = ({ file, message, help, place }: ContextFault): string =>
  `warning: ${escapeHarmful(message)}\n --> ${escapeHarmful(file)}:${place.line}:${place.column}\n${help ? `  = help: ${escapeHarmful(help)}\n` : ""}`;
