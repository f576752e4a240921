import type { ConfigFault } from "../config/config.ts";
import { ConfigError } from "../config/config.ts";
import { ContextError } from "../context/context.ts";
import { harmless, quoted } from "../diagnostics/text.ts";
import { RuleError } from "../rules/load/error.ts";
import { SchemaFileError } from "../schema/store.ts";
import { EXIT } from "./exit.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";
import { runProgram } from "./program.ts";
import { progressBar } from "./progress.ts";

const io: Io = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  color: wantsColor(),
  environment: process.env,
  ...(process.stderr.isTTY && { progress: progressBar((text) => void process.stderr.write(text)) }),
};

/** Colour only on a terminal; NO_COLOR (no-color.org) and FORCE_COLOR as everywhere. */
function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return process.stdout.isTTY === true && TERM !== "dumb";
}

/** That nobody reads on (`countersign … | head`) is no error; a full disk is. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  io.stderr(`error: the standard output can't be written (${error.code})\n`);
  process.exit(EXIT.usage);
});

// Which Node this needs is for package.json to say: the AWS SDK's notice would stand in every report's log.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

try {
  process.exitCode = await runProgram(process.argv.slice(2), io);
} catch (error) {
  process.exitCode = EXIT.usage;
  io.stderr(said(error));
}

/** Never a stack trace, unless somebody hunts a fault of ours. */
function said(error: unknown): string {
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
      ? ((process.env.COUNTERSIGN_DEBUG && error.stack) ?? error.message)
      : String(error);
  return `error: this is a fault of countersign, not of your files: ${harmless(detail)}\n  help: please report it, with the file that it came from; COUNTERSIGN_DEBUG=1 prints more\n`;
}

/** A fault with its place, as a compiler prints it. */
function placed(file: string, { message, help, place }: ConfigFault): string {
  const advice = help === undefined ? "" : `  = help: ${harmless(help)}\n`;
  return `error: ${harmless(message)}\n --> ${harmless(file)}:${place.line}:${place.column}\n${advice}`;
}
