import type { Diagnostic, Edit } from "../../diagnostics/diagnostic.ts";

/** The edits of one file, from its end to its beginning, none overlapping another. */
export interface FileEdits {
  file: string;
  edits: readonly Edit[];
  /** The findings that they fix. */
  fixed: number;
}

/**
 * Collects the safe edits of failed findings, by file. Of two that overlap, the first in the report counts. Text that
 * several requests share, such as an anchor of YAML, is left alone where the same edit is not safe for one of them.
 */
export function collectSafeEdits(diagnostics: readonly Diagnostic[]): FileEdits[] {
  const unsafe = diagnostics.flatMap(({ fix }) => (fix && !fix.safe ? fix.edits : []));
  const isShared = (edit: Edit): boolean =>
    unsafe.some((other) => other.file === edit.file && isOverlapping(edit, other));
  const byFile = new Map<string, { edits: Edit[]; fixed: number }>();
  for (const { status, fix } of diagnostics) {
    if (status !== "failed" || !fix?.safe) continue;
    const [first] = fix.edits;
    if (!first || fix.edits.some((edit) => edit.file !== first.file || isShared(edit))) continue;
    const found = byFile.get(first.file) ?? { edits: [], fixed: 0 };
    byFile.set(first.file, found);
    if (fix.edits.some((edit) => found.edits.some((other) => isOverlapping(edit, other)))) continue;
    found.edits.push(...fix.edits);
    found.fixed++;
  }
  return [...byFile].map(([file, { edits, fixed }]) => ({
    file,
    edits: edits.sort((a, b) => b.start - a.start),
    fixed,
  }));
}

const isOverlapping = (a: Edit, b: Edit): boolean => a.start < b.end && b.start < a.end;

/** Applies edits, which come from the end to the beginning. */
export const applyEdits = (text: string, edits: readonly Edit[]): string =>
  edits.reduce(
    (changed, { start, end, text: by }) => changed.slice(0, start) + by + changed.slice(end),
    text,
  );
