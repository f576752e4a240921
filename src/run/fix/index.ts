import { readFileSync, statSync } from "node:fs";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { formatCount, quoted } from "../../diagnostics/text.ts";
import type { CheckedFiles } from "../../engine/report/build-report.ts";
import { replaceFile } from "../../files/replace.ts";
import type { Io } from "../io.ts";
import type { FileEdits } from "./apply.ts";
import { applyEdits, collectSafeEdits } from "./apply.ts";
import { formatDiff } from "./diff.ts";
import { createObstacleFinder } from "./writable.ts";

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Applies the safe fixes of a check to its files, or prints them as a diff. Returns how many files were written. What
 * can't be written is said on standard error.
 */
export async function applyFixes(
  { report, sources }: CheckedFiles,
  { isDryRun, io }: { isDryRun: boolean; io: Io },
): Promise<number> {
  const findObstacle = await createObstacleFinder(io.environment);
  let written = 0;
  let fixed = 0;
  for (const found of collectSafeEdits(report.diagnostics)) {
    const obstacle =
      (await findObstacle(found.file)) ?? fixFile(found, sources.get(found.file)?.text, isDryRun, io);
    if (obstacle === undefined) {
      written++;
      fixed += found.fixed;
    } else io.stderr(`warning: ${quoted(found.file)} is left as it is: ${obstacle}\n`);
  }
  const what =
    written === 0 ? "nothing" : `${formatCount(fixed, "finding")} in ${formatCount(written, "file")}`;
  io.stderr(`${isDryRun ? "would fix" : "fixed"} ${what}${describeUnsafe(report.diagnostics)}\n`);
  return isDryRun ? 0 : written;
}

/** Without it, a fix that the report suggests seems to have been forgotten. */
function describeUnsafe(diagnostics: readonly Diagnostic[]): string {
  const unsafe = diagnostics.filter(({ status, fix }) => status === "failed" && fix?.safe === false);
  if (unsafe.length === 0) return "";
  return `; ${formatCount(unsafe.length, "suggested fix", "suggested fixes")} may change what the request does: make ${unsafe.length === 1 ? "it" : "them"} by hand`;
}

/** Returns why the file is left as it is, if it is. */
function fixFile(
  { file, edits }: FileEdits,
  read: string | undefined,
  isDryRun: boolean,
  io: Io,
): string | undefined {
  const content = readFileSync(file, "utf8");
  const mark = content.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const text = content.slice(mark.length);
  if (read === undefined || text !== read) return "it changed since it was read, or is not in UTF-8";
  const fixed = applyEdits(text, edits);
  if (isDryRun) io.stdout(formatDiff(file, text, fixed));
  else return writeFixed(file, mark + fixed);
  return undefined;
}

function writeFixed(file: string, content: string): string | undefined {
  try {
    replaceFile(file, content, statSync(file).mode);
    return undefined;
  } catch (error) {
    return `it can't be written (${(error as NodeJS.ErrnoException).code})`;
  }
}
