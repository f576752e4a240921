import type { PullOrder } from "../../lsp/gather-facts.ts";
import { serveEditor } from "../../lsp/server.ts";
import { formatError } from "../../run/errors.ts";
import { EXIT } from "../../run/exit-status.ts";
import type { Io } from "../../run/io.ts";
import { readPackageVersion } from "../../run/version.ts";

/** Runs `countersign lsp`: serves an editor over standard input and output. */
export async function run(io: Io): Promise<number> {
  await serveEditor({
    input: process.stdin,
    output: process.stdout,
    version: readPackageVersion(),
    environment: io.environment,
    enterDirectory,
    pull: (order) => pullFacts(order, io),
  });
  return EXIT.ok;
}

/** A folder that is gone is no reason to fail: its documents may still be open. */
function enterDirectory(path: string): void {
  try {
    process.chdir(path);
  } catch {
    // Names of files stay absolute.
  }
}

/** Runs `context pull` with what it prints going to the editor: standard output belongs to the protocol. */
async function pullFacts({ print, ...order }: PullOrder, io: Io): Promise<boolean> {
  const quiet: Io = {
    environment: io.environment,
    stdin: io.stdin,
    color: false,
    stdout: print,
    stderr: print,
  };
  try {
    const { run: pull } = await import("./context/pull.run.ts");
    return (await pull([], { ...order, schemas: [], rules: [], isPart: true }, quiet)) === EXIT.ok;
  } catch (error) {
    print(formatError(error, io.environment));
    return false;
  }
}
