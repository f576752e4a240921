import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { CheckedFile, OpenFile } from "./checked-file.ts";

/**
 * Whether to report findings for a file. With `read`, the file is one that another file's request takes text
 * from; it may not exist.
 */
export type IsReported = (file: string, as: "checked" | "read") => boolean;

interface Selection {
  isReported?: IsReported | undefined;
}

/**
 * Narrows the files to those in the report. A file that is not reported stays only for its `caused`
 * diagnostics.
 */
export function filterReportedFiles(
  files: readonly CheckedFile[],
  caused: ReadonlySet<Diagnostic>,
  options: Selection,
): readonly CheckedFile[] {
  const parts = new Set(files.filter((file) => !isFullyReported(file, options)));
  for (const file of parts) (file as OpenFile).keepOnly((diagnostic) => caused.has(diagnostic));
  return files.filter((file) => !parts.has(file) || file.diagnostics.length > 0);
}

/** A file is reported if it is selected, or if its requests take text from a selected file. */
export const isFullyReported = (
  { file, reads }: Pick<CheckedFile, "file" | "reads">,
  { isReported }: Selection,
): boolean => !isReported || isReported(file, "checked") || reads.some((read) => isReported(read, "read"));
