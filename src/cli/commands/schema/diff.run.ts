// Implements `countersign schema diff`: reports what changed between two versions of schemas, and which
// changes can break callers.

import { escapeHarmful } from "../../../diagnostics/text.ts";
import { EXIT } from "../../../run/exit-status.ts";
import { type DiffResult, diffPaths, formatChange, PageError } from "../../../schemagen/index.ts";
import { formatFileCount, formatPageError, type SchemaCommandIo } from "./generate.run.ts";

export type DiffArguments = { old: string; new: string; format?: string | undefined };

/** Returns exit status 1 only for breaking changes; other changes are merely reported. */
export async function run(args: DiffArguments, io: SchemaCommandIo): Promise<number> {
  let result: DiffResult;
  try {
    result = diffPaths(args.old, args.new);
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    io.stderr(formatPageError(error));
    return EXIT.usage;
  }
  const changes = result.differences.flatMap((difference) => difference.changes);
  const breaking = changes.filter((change) => change.breaking).length;
  const summary = { schemas: result.schemas, changes: changes.length, breaking };
  io.stdout(args.format === "json" ? formatDiffJson(result, summary) : formatDiffText(result, summary));
  return breaking > 0 ? EXIT.failed : EXIT.ok;
}

type DiffSummary = { schemas: number; changes: number; breaking: number };

function formatDiffText({ differences }: DiffResult, { schemas, changes, breaking }: DiffSummary): string {
  if (changes === 0) return `no difference in ${formatFileCount(schemas, "schema")}\n`;
  const lines = differences.flatMap(({ operation, part, changes: found }) => [
    `${escapeHarmful(operation)} ${part}`,
    // Breaking changes come first.
    ...found
      .toSorted((a, b) => Number(b.breaking) - Number(a.breaking))
      .map((change) => `  ${change.breaking ? "breaking" : "        "}  ${formatChange(change, part)}`),
    "",
  ]);
  const share = breaking === 0 ? "none of them breaking" : `${breaking} breaking`;
  return `${lines.join("\n")}\n${formatFileCount(changes, "change")} in ${differences.length} of ${formatFileCount(schemas, "schema")}, ${share}\n`;
}

function formatDiffJson({ differences }: DiffResult, summary: DiffSummary): string {
  const outcome = summary.breaking > 0 ? "breaking" : summary.changes > 0 ? "compatible" : "same";
  const changes = differences.flatMap(({ operation, part, changes: found }) =>
    found.map((change) => ({ operation, part, ...change })),
  );
  return `${JSON.stringify({ version: 1, outcome, summary, changes }, null, 2)}\n`;
}
