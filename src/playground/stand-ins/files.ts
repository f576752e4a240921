/**
 * The files that the library sees in a browser: those of the package, and those of the tabs. Paths are absolute, with
 * forward slashes; directories are there where files are.
 */

/** A part of the package that is loaded when it is first read. */
export type FindPart = (path: string) => string | undefined;

export class MemoryFiles {
  readonly #files = new Map<string, MemoryFile>();
  readonly #directories = new Set<string>(["/"]);
  /** The parts that were asked for and aren't there yet. What was made without them doesn't count. */
  readonly missingParts = new Set<string>();
  #findPart: FindPart = () => undefined;

  write(path: string, content: string | Uint8Array): void {
    this.#files.set(path, new MemoryFile(content));
    this.#addDirectories(path);
  }

  /** Replaces everything below a directory. */
  replaceBelow(directory: string, files: Iterable<readonly [path: string, text: string]>): void {
    const inside = (path: string): boolean => path.startsWith(`${directory}/`);
    for (const path of this.#files.keys()) if (inside(path)) this.#files.delete(path);
    for (const path of this.#directories) if (inside(path)) this.#directories.delete(path);
    this.#directories.add(directory);
    for (const [path, text] of files) this.write(path, text);
  }

  /** Files that are known by their names, and by the part that brings their content. */
  announce(paths: readonly string[], findPart: FindPart): void {
    for (const path of paths) this.#addDirectories(path);
    this.#findPart = findPart;
  }

  find(path: string): MemoryFile | undefined {
    const file = this.#files.get(path);
    if (file) return file;
    const part = this.#findPart(path);
    if (part === undefined) return undefined;
    this.missingParts.add(part);
    throw new MissingPartError(part);
  }

  has(path: string): boolean {
    return this.#files.has(path) || this.#findPart(path) !== undefined;
  }

  hasDirectory(path: string): boolean {
    return this.#directories.has(path);
  }

  /** The names in a directory, in order. */
  list(directory: string): string[] {
    const start = directory === "/" ? "/" : `${directory}/`;
    const names = new Set<string>();
    for (const path of [...this.#files.keys(), ...this.#directories])
      if (path.startsWith(start) && path.length > start.length)
        names.add(path.slice(start.length).split("/", 1)[0]!);
    return [...names].sort();
  }

  #addDirectories(path: string): void {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
      this.#directories.add(path.slice(0, end));
  }
}

/** Thrown through the library by a read of what isn't loaded yet. Whoever runs the library loads it and runs it again. */
export class MissingPartError extends Error {
  constructor(part: string) {
    super(`${part} is not loaded yet`);
  }
}

export class MemoryFile {
  #text: string | undefined;
  #bytes: Uint8Array | undefined;

  constructor(content: string | Uint8Array) {
    if (typeof content === "string") this.#text = content;
    else this.#bytes = content;
  }

  get text(): string {
    this.#text ??= new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.#bytes);
    return this.#text;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= new TextEncoder().encode(this.#text);
    return this.#bytes;
  }
}

export const FILES = new MemoryFiles();

/** Where the tabs are, and what relative paths start from. */
export const WORK_DIRECTORY = "/work";

/** Where the files of the package are. */
export const PACKAGE_DIRECTORY = "/countersign";
