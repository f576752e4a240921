import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";
import { outputOf, write } from "./outputs.ts";
import type { CheckFlags } from "./run-check.ts";
import { runCheck } from "./run-check.ts";

/** How `countersign check` reports. */
interface ReportFlags {
  format: readonly string[];
  output?: string;
}

/** `countersign check`: its exit status. */
export async function run(
  paths: readonly string[],
  flags: CheckFlags & ReportFlags,
  io: Io,
): Promise<number> {
  const { format, output, ...checking } = flags;
  if (output !== undefined && (format.length > 1 || format[0]!.includes("="))) {
    throw new UsageError(
      "`--output` takes one format",
      "give each format its file: `--format text --format json=report.json`",
    );
  }
  const outputs = format.map((one) => outputOf(one, output));
  const { checked, status } = await runCheck(paths, checking, io);
  for (const one of outputs) write(one, checked, io);
  return status;
}
