import { spawn } from "node:child_process";
import { quoted } from "../diagnostics/text.ts";
import { UsageError } from "../run/io.ts";
import { SIGNALS } from "./private-files.ts";

/**
 * Runs a program with this process's terminal, input, output and environment, and ends as it ends: with its exit status,
 * or by its signal. `done` is called when it has ended.
 */
export async function runVector(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  done: () => void,
): Promise<number> {
  const child = spawn(program, words, { stdio: "inherit", env: environment });
  // Ctrl-C reaches the child by itself; other signals are sent to this process alone.
  const pass = (signal: NodeJS.Signals): void => {
    if (signal !== "SIGINT" && signal !== "SIGQUIT") child.kill(signal);
    else if (!process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on("error", ({ code }: NodeJS.ErrnoException) =>
        reject(
          new UsageError(
            `${quoted(program)} can't be started: ${code}`,
            "check the path, and that it is a program",
          ),
        ),
      );
      child.on("close", (status, signal) => {
        done();
        for (const one of SIGNALS) process.off(one, pass);
        if (signal) process.kill(process.pid, signal);
        resolve(status ?? 1);
      });
    });
  } finally {
    done();
    for (const signal of SIGNALS) process.off(signal, pass);
  }
}
