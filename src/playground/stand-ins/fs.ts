/** `node:fs` over files in memory, as far as the library reads files. */
import { resolve } from "node:path";
import { FILES, type MemoryFile } from "./files.ts";

/** Also those of `node:zlib`. */
export const constants = { O_RDONLY: 0, O_NONBLOCK: 0, Z_SYNC_FLUSH: 2 };

class FileStats {
  readonly size: number;
  /** A page keeps no times: whoever compares them takes all for changed. */
  readonly mtimeMs = Number.NaN;
  readonly #isDirectory: boolean;

  constructor(size: number, isDirectory: boolean) {
    this.size = size;
    this.#isDirectory = isDirectory;
  }

  isFile = (): boolean => !this.#isDirectory;
  isDirectory = (): boolean => this.#isDirectory;
  isSymbolicLink = (): boolean => false;
}

const createError = (code: string, path: string): Error =>
  Object.assign(new Error(`${code}: ${path}`), { code, path });

function openFile(path: string): MemoryFile {
  const file = FILES.find(resolve(path));
  if (file) return file;
  throw createError(FILES.hasDirectory(resolve(path)) ? "EISDIR" : "ENOENT", path);
}

export const existsSync = (path: string): boolean =>
  FILES.has(resolve(path)) || FILES.hasDirectory(resolve(path));

export function statSync(path: string, options?: { throwIfNoEntry?: boolean }): FileStats | undefined {
  const absolute = resolve(path);
  if (FILES.hasDirectory(absolute)) return new FileStats(0, true);
  if (FILES.has(absolute)) return new FileStats(openFile(path).bytes.length, false);
  if (options?.throwIfNoEntry === false) return undefined;
  throw createError("ENOENT", path);
}

export const lstatSync = statSync;

export const realpathSync = (path: string): string => resolve(path);

/** There are no links, and so no `/proc/self/fd` either. */
export function readlinkSync(path: string): string {
  throw createError("EINVAL", path);
}

export function readFileSync(path: string, encoding?: string): string | Uint8Array {
  const file = openFile(path);
  return encoding === undefined ? Buffer.from(file.bytes) : file.text;
}

export function writeFileSync(path: string, content: string | Uint8Array): void {
  FILES.write(resolve(path), content);
}

interface Entry {
  name: string;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

export function readdirSync(path: string, options?: { withFileTypes?: boolean }): string[] | Entry[] {
  const directory = resolve(path);
  if (!FILES.hasDirectory(directory)) throw createError(FILES.has(directory) ? "ENOTDIR" : "ENOENT", path);
  const names = FILES.list(directory);
  return options?.withFileTypes
    ? names.map((name) => ({
        name,
        isFile: () => !FILES.hasDirectory(resolve(directory, name)),
        isDirectory: () => FILES.hasDirectory(resolve(directory, name)),
        isSymbolicLink: () => false,
      }))
    : names;
}

const opened = new Map<number, { file: MemoryFile; offset: number }>();
let nextDescriptor = 3;

export function openSync(path: string): number {
  opened.set(nextDescriptor, { file: openFile(path), offset: 0 });
  return nextDescriptor++;
}

export const closeSync = (descriptor: number): void => void opened.delete(descriptor);

export const fstatSync = (descriptor: number): FileStats =>
  new FileStats(findOpened(descriptor).file.bytes.length, false);

export function readSync(
  descriptor: number,
  target: Uint8Array,
  offset = 0,
  length = target.length - offset,
  position: number | null = null,
): number {
  const from = findOpened(descriptor);
  const start = position ?? from.offset;
  const bytes = from.file.bytes.subarray(start, start + length);
  target.set(bytes, offset);
  if (position === null) from.offset += bytes.length;
  return bytes.length;
}

function findOpened(descriptor: number) {
  const found = opened.get(descriptor);
  if (found) return found;
  throw createError("EBADF", String(descriptor));
}

/** What is read in a stream is larger than what fits into an editor. */
export function createReadStream(): never {
  throw new Error("a file of this size can't be read here");
}
