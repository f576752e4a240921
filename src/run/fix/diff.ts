/**
 * The lines in which two texts differ, in the form of a unified diff without context. Both have the same number of
 * lines, since a fix stays within its line.
 */
export function formatDiff(file: string, before: string, after: string): string {
  const [old, changed] = [before.split("\n"), after.split("\n")];
  const hunks = old.flatMap((line, index) =>
    line === changed[index]
      ? []
      : [`@@ -${index + 1} +${index + 1} @@`, `-${line}`, `+${changed[index] ?? ""}`],
  );
  return [`--- a/${file}`, `+++ b/${file}`, ...hunks, ""].join("\n");
}
