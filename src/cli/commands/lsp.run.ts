import { serveEditor } from "../../lsp/server.ts";
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
    enterDirectory: (path) => process.chdir(path),
  });
  return EXIT.ok;
}
