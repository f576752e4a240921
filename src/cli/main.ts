import module from "node:module";
import { EXIT } from "../run/exit-status.ts";
import type { Io } from "../run/io.ts";
import { shouldUseColor, shouldUseLinks } from "../run/io.ts";
import { createProgressBar } from "../run/progress.ts";
import { runProgram } from "./program.ts";

const io: Io = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  stdin: 0,
  color: shouldUseColor(process.env, process.stdout.isTTY),
  links: shouldUseLinks(process.env, process.stdout.isTTY),
  environment: process.env,
  ...(process.stdout.isTTY && { columns: process.stdout.columns }),
  ...(process.stderr.isTTY && { progress: createProgressBar((text) => void process.stderr.write(text)) }),
};

/** A closed pipe (`countersign … | head`) is not an error; a full disk is. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  io.stderr(`error: the standard output can't be written (${error.code})\n`);
  process.exit(EXIT.usage);
});

// Newer versions of Node cache compiled code for the next run; Node 20 lacks the function.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

// package.json states which Node versions are supported; the AWS SDK's own notice would clutter every log.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

void runProgram(process.argv.slice(2), io).then((status) => {
  process.exitCode = status;
});
