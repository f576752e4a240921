import { endTuning } from "../engine/counting/tuning.ts";
import type { Io } from "../run/io.ts";
import { shouldUseColor, shouldUseLinks } from "../run/io.ts";
import { createProgressBar } from "../run/progress.ts";
import { createWriter, endProcess, isTerminal } from "./output.ts";
import { runProgram } from "./program.ts";

const stderr = createWriter("stderr");
const hasTerminal = isTerminal("stdout");

const io: Io = {
  stdout: createWriter("stdout"),
  stderr,
  stdin: 0,
  color: shouldUseColor(process.env, hasTerminal),
  links: shouldUseLinks(process.env, hasTerminal),
  environment: process.env,
  ...(hasTerminal && { columns: process.stdout.columns }),
  ...(isTerminal("stderr") && { progress: createProgressBar(stderr) }),
};

// package.json states which Node versions are supported; the AWS SDK's own notice would clutter every log.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

void runProgram(process.argv.slice(2), io).then((status) => {
  endTuning();
  endProcess(status);
});
