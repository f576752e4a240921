import { AsyncLocalStorage } from "node:async_hooks";
import { closeSync, constants, fstatSync, openSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { isBelow } from "./paths.ts";
import type { FileSource } from "./source.ts";
import { readSource } from "./source.ts";

const bounds = new AsyncLocalStorage<string>();

/** Does some work whose requests get no file from outside of a directory, wherever links lead. */
export const confineReads = <T>(directory: string, work: () => T): T => bounds.run(directory, work);

/** Without O_NONBLOCK, opening a named pipe waits for its writer. Windows has neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a regular file that is inside of a directory, and inside of what `confineReads` allows, once all links are
 * followed; undefined for any other. What is read is the file that was looked at, although links may change meanwhile.
 */
export function readSourceInside(file: string, directory: string): FileSource | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, FLAGS);
    if (!fstatSync(descriptor).isFile()) return undefined;
    const path = findOpenedPath(descriptor, file);
    const within = [directory, bounds.getStore() ?? directory];
    if (path === undefined || !within.every((one) => isBelow(path, realpathSync(one)))) return undefined;
    return readSource(file, descriptor);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Where an open file is, without links. Linux knows; elsewhere, the path must still lead to that very file. */
function findOpenedPath(descriptor: number, file: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    const path = realpathSync(file);
    const [opened, found] = [fstatSync(descriptor), statSync(path)];
    return opened.dev === found.dev && opened.ino === found.ino ? path : undefined;
  }
}
