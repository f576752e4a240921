import { readScratch } from "./scratch.ts";
import type { StoredCode } from "./seal.ts";
import { seal, unseal } from "./seal.ts";

const fs = process.getBuiltinModule("node:fs");
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;

/** Bytes (16 MiB). Many times what the largest part needs. */
const MAX_BYTES = 16_777_216;

/** Milliseconds (30 days). */
const MAX_AGE = 2_592_000_000;

/**
 * Returns what was stored by this name in a directory, or undefined. Never waits, whatever is there. What it returns is good until
 * the next file is read.
 */
export function readCode(directory: string, name: string): StoredCode | undefined {
  let file: number | undefined;
  try {
    file = fs.openSync(`${directory}/${name}`, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const found = fs.fstatSync(file);
    const isOwn = found.isFile() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
    const sealed = isOwn && found.size <= MAX_BYTES ? readScratch(file, found.size) : undefined;
    return sealed && unseal(sealed, name);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}

/** Stores code by a name. The file gets its name at the end, so that no run ever reads half of it. */
export function writeCode(directory: string, name: string, code: StoredCode): void {
  const unfinished = `${directory}/${name}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    fs.writeFileSync(unfinished, seal(code, name), { flag: "wx", mode: 0o600 });
    fs.renameSync(unfinished, `${directory}/${name}`);
  } catch {
    // A full disk or a home that can't be written to: the next run compiles, too.
    removeQuietly(unfinished);
  }
}

/** Removes what versions left that are no longer used. */
export function removeOldCode(directory: string): void {
  for (const name of fs.readdirSync(directory)) {
    const path = `${directory}/${name}`;
    const found = fs.lstatSync(path, { throwIfNoEntry: false });
    if (found?.isFile() && Date.now() - found.mtimeMs > MAX_AGE) removeQuietly(path);
  }
}

function removeQuietly(path: string): void {
  try {
    fs.rmSync(path, { force: true });
  } catch {
    // It is only in the way of nothing.
  }
}
