import { chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file at once, so that nobody sees half of it. What an interrupted run left behind, or a link in its place, is
 * removed, not written to.
 */
export function replaceFile(file: string, content: string, mode: number): void {
  const part = join(dirname(file), `.${basename(file)}.countersign-part`);
  rmSync(part, { force: true });
  try {
    writeFileSync(part, content, { mode: 0o600, flag: "wx" });
    // The mode of a new file is limited by the umask.
    chmodSync(part, mode & 0o7777);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
