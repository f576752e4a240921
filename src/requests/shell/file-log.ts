import { posix } from "node:path";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { isUnknownText } from "../aws-cli/argument.ts";

/** The part of a script that runs if a certain branch is taken; nested in the part around it. */
export interface BranchScope {
  readonly parent: BranchScope | undefined;
}

/** A loop of a script. Its end is the number of writes when it is left for good. */
export interface LoopScope {
  end: number;
}

/** When and where in a script a file is read. */
export interface ReadMoment {
  /** The number of writes before. */
  after: number;
  /** The outermost loop around it: what a loop writes later is there in its next round. */
  loop: LoopScope | undefined;
  scope: BranchScope;
}

interface FileWrite {
  owner: FileLog;
  index: number;
  scope: BranchScope;
  /** What is written; undefined if only the run knows. */
  content: EmbeddedText | undefined;
}

/** What is known of a file's content: as on disk, as a script wrote it, or nothing. */
export type FileState = "untouched" | "unknown" | EmbeddedText;

/** Root of the paths that a script names absolutely. On this machine, other files may be there. */
export const ABSOLUTE_ROOT = "/:absolute";
/** Root of absolute paths that are known to be in this checkout. */
export const CHECKOUT_ROOT = "/:checkout";

/** Patterns are tried one by one. Beyond this number every file counts as written. */
const MAX_PATTERNS = 500;

/** The files that the commands of a script may have written, in the order in which they run. */
export class FileLog {
  #length = 0;
  /** By normalized path. */
  readonly #exact = new Map<string, FileWrite[]>();
  /** By name, where the directory is not known. */
  readonly #named = new Map<string, FileWrite[]>();
  readonly #patterns: { pattern: string; write: FileWrite }[] = [];
  /** The first command that may have written any file. */
  #anyFrom = Number.POSITIVE_INFINITY;
  /** What the scripts of a group write, which run in an order that only the run knows. */
  readonly #group: FileLog | undefined;

  constructor(group?: FileLog) {
    this.#group = group;
  }

  get length(): number {
    return this.#length;
  }

  /** Any file may have been written. */
  addAny(): void {
    this.#anyFrom = Math.min(this.#anyFrom, this.#length++);
  }

  /**
   * A path may have been written, or anything below it. It is relative to one of `directories`; without them
   * the directory is not known.
   */
  add(
    path: string,
    directories: readonly string[] | undefined,
    scope: BranchScope,
    content?: EmbeddedText,
  ): void {
    const trimmed = path.replace(/(?<=[^/])\/+$/, "");
    if (trimmed === "") return;
    // What is given the whole directory, such as a linter, makes no file that another script names.
    if (this.#group && !/(?:^|\/)\.{1,2}$/.test(trimmed))
      this.#group.#addOf(this, trimmed, directories, scope);
    this.#addOf(this, trimmed, directories, scope, content);
  }

  #addOf(
    owner: FileLog,
    trimmed: string,
    directories: readonly string[] | undefined,
    scope: BranchScope,
    content?: EmbeddedText,
  ): void {
    const write = { owner, index: this.#length, scope, content };
    const isGroup = owner !== this;
    const isKnown = !isUnknownText(trimmed);
    const name = trimmed.slice(trimmed.lastIndexOf("/") + 1);
    if (isKnown && trimmed.startsWith("/")) {
      push(this.#exact, posix.normalize(ABSOLUTE_ROOT + trimmed), write, isGroup);
      if (name !== "") push(this.#named, name, write, isGroup);
    } else if (isKnown && directories)
      for (const directory of directories)
        push(this.#exact, posix.resolve(directory, trimmed), write, isGroup);
    else if (name === "" || name === "." || name === ".." || /^[\uE000\uE001]+$/.test(name)) {
      this.addAny();
      return;
    } else if (!isUnknownText(name)) push(this.#named, name, write, isGroup);
    else if (this.#patterns.length < MAX_PATTERNS) this.#patterns.push({ pattern: name, write });
    else {
      this.addAny();
      return;
    }
    this.#length++;
  }

  /** What is known of a file at a moment, by all names that it has. */
  stateOf(paths: readonly string[], { after, loop, scope }: ReadMoment): FileState {
    const until = Math.max(after, loop?.end ?? 0);
    if (this.#anyFrom < until) return "unknown";
    const others = paths.flatMap((path) => this.#group?.listWriters(path) ?? []);
    if (others.some((owner) => owner !== this)) return "unknown";
    const all = paths.flatMap((path) => this.#listWrites(path));
    const writes = new Set(all.filter(({ index }) => index < until));
    const [write, ...more] = writes;
    if (!write) return "untouched";
    const isCertain = more.length === 0 && write.index < after && includesScope(write.scope, scope);
    const isFile = isCertain && paths.some((path) => this.#exact.get(path)?.includes(write));
    return (isFile && write.content) || "unknown";
  }

  listWriters(path: string): FileLog[] {
    return this.#listWrites(path).map(({ owner }) => owner);
  }

  /** Writes of a file or of a directory above it; of each name the first two decide. */
  #listWrites(path: string): FileWrite[] {
    const found: FileWrite[] = [];
    for (let at = path; ; at = posix.dirname(at)) {
      const name = posix.basename(at);
      found.push(...(this.#exact.get(at) ?? []), ...(this.#named.get(name) ?? []));
      for (const { pattern, write } of this.#patterns) if (canMatch(pattern, name)) found.push(write);
      if (at === posix.dirname(at)) return found;
    }
  }
}

/** Keeps the first two writes of a name, in a group those of two scripts: more change nothing. */
function push(map: Map<string, FileWrite[]>, key: string, write: FileWrite, isGroup: boolean): void {
  const list = map.get(key);
  if (!list) map.set(key, [write]);
  else if (list.length < 2 && !(isGroup && list[0]!.owner === write.owner)) list.push(write);
}

/** Whether one part of a script always runs before the rest of the other. */
function includesScope(outer: BranchScope, inner: BranchScope | undefined): boolean {
  for (let scope = inner; scope; scope = scope.parent) if (scope === outer) return true;
  return false;
}

/** Whether a name may be that of a pattern, whose stand-ins are any text. */
function canMatch(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split(/[\uE000\uE001]+/);
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
