import type { ConfigFault } from "../config/config.ts";
import { ConfigError } from "../config/config.ts";
import type { ContextFault } from "../context/context.ts";
import { ContextError } from "../context/context.ts";
import { harmless, quoted } from "../diagnostics/text.ts";
import { RuleError } from "../rules/load/error.ts";
import { SchemaFileError } from "../schema/store.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";

/** Never a stack trace, unless somebody hunts a fault of ours. */
export function said(error: unknown, environment: Io["environment"]): string {
  if (error instanceof ConfigError) return error.faults.map((fault) => placed(error.file, fault)).join("");
  if (error instanceof ContextError || error instanceof RuleError) {
    return error.faults.map((fault) => placed(fault.file, fault)).join("");
  }
  if (error instanceof SchemaFileError) {
    return `error: the schema ${quoted(error.file)} can't be used: ${harmless(error.message)}\n  help: generate it again with \`countersign schema generate\`\n`;
  }
  if (error instanceof UsageError) {
    return `error: ${harmless(error.message)}\n${error.help ? `  help: ${harmless(error.help)}\n` : ""}`;
  }
  const detail =
    error instanceof Error
      ? ((environment.COUNTERSIGN_DEBUG && error.stack) ?? error.message)
      : String(error);
  return `error: this is a fault of countersign, not of your files: ${harmless(detail)}\n  help: please report it, with the file that it came from; COUNTERSIGN_DEBUG=1 prints more\n`;
}

/** A fault with its place, as a compiler prints it. */
function placed(file: string, { message, help, place }: ConfigFault): string {
  const advice = help === undefined ? "" : `  = help: ${harmless(help)}\n`;
  return `error: ${harmless(message)}\n --> ${harmless(file)}:${place.line}:${place.column}\n${advice}`;
}

/** A warning with its place, as a compiler prints it. */
export const warningText = ({ file, message, help, place }: ContextFault): string =>
  `warning: ${harmless(message)}\n --> ${harmless(file)}:${place.line}:${place.column}\n${help ? `  = help: ${harmless(help)}\n` : ""}`;
