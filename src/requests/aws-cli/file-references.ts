import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, parse, relative, resolve } from "node:path";
import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { readSourceInside } from "../../files/inside.ts";
import type { OpenTexts } from "../../files/source.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { expandHome } from "../shell/command-line.ts";
import type { FileLog, ReadMoment } from "../shell/file-log.ts";
import { ABSOLUTE_ROOT, CHECKOUT_ROOT } from "../shell/file-log.ts";
import { listFileNames, stripAbsoluteRoot } from "../shell/run-files.ts";
import type { ImageCopy } from "../shell/site.ts";
import type { ShellState } from "../shell/state.ts";
import { isUnknownText } from "./argument.ts";

/** Resolves `file://…` to a text; undefined if the content is not known. */
export type FileResolver = (name: string, span: Span) => EmbeddedText | undefined;

const FILE_PREFIX = /^fileb?:\/\//;

export const isFileReference = (text: string): boolean => FILE_PREFIX.test(text);

/** Where and when a command reads its files. */
export interface FileAccess {
  /** Undefined if the directory is not known. */
  directory: readonly string[] | undefined;
  isElsewhere: boolean;
  log: FileLog;
  moment: ReadMoment;
  /** What a Dockerfile copies into the image in which the command runs. */
  copies?: readonly ImageCopy[] | undefined;
}

/** What a command that runs now would read. */
export function createFileAccess(state: ShellState, copies: FileAccess["copies"]): FileAccess {
  const { directory, isElsewhere, log, scope, loop } = state;
  return { directory, isElsewhere, log, moment: { after: log.length, scope, loop }, copies };
}

/** The file whose commands name others. */
interface ReadingFile {
  file: string;
  openTexts?: OpenTexts | undefined;
  commandLine?: CommandLine | undefined;
}

/**
 * Reads the files that commands name: files that the script writes itself, or files below its directory or
 * the repository's root. Others are not read: where the script runs, a different file may be there, and local
 * files of this machine don't belong in a report. A command line that is about to run here reads any.
 */
export class FileReader {
  readonly #script: string;
  readonly #root: string | undefined;
  readonly #contents = new Map<string, string | undefined>();
  /** Paths that commands name as files, whether the files exist or not. */
  readonly reads: Set<string>;
  readonly #openTexts: OpenTexts | undefined;
  readonly #commandLine: CommandLine | undefined;

  constructor({ file: script, openTexts, commandLine }: ReadingFile, reads: Set<string>) {
    this.#script = script;
    this.#openTexts = openTexts;
    this.#commandLine = commandLine;
    this.#root = findRepositoryRoot(dirname(script)) ?? SERVICE_FOLDER.exec(resolve(script))?.[1];
    this.reads = reads;
  }

  /** The directory of the script's file. */
  get own(): string {
    return resolve(dirname(this.#script));
  }

  /** The root of its repository, or its directory where there is no repository. */
  get root(): string {
    return this.#root ?? this.own;
  }

  createResolver(access: FileAccess): FileResolver {
    return (text, span) => {
      const written = text.replace(FILE_PREFIX, "");
      if (this.#commandLine?.copies) return this.#readCopy(this.#commandLine.copies.get(written), span);
      const name = this.#commandLine ? expandHome(written, this.#commandLine) : written;
      if (isUnknownText(name) || /^~|[$%]/.test(name) || access.isElsewhere) return undefined;
      const places = name.startsWith(`${CHECKOUT_ROOT}/`)
        ? [resolve(name.slice(CHECKOUT_ROOT.length))]
        : isAbsolute(name)
          ? [resolve(ABSOLUTE_ROOT + name)]
          : access.directory?.map((directory) => resolve(directory, name));
      return places && this.#readUnique([...new Set(places)], access, span);
    };
  }

  #readCopy(path: string | undefined, span: Span): EmbeddedText | undefined {
    const text = path === undefined ? undefined : this.#read(path);
    return text === undefined ? undefined : this.#createText(path!, text, span);
  }

  /** Undefined also if the name matches two files with different contents. */
  #readUnique(places: readonly string[], { log, moment, copies }: FileAccess, span: Span) {
    const states = places.map((place) => log.stateOf(this.#listNames(place), moment));
    const written = states.find((state) => state !== "untouched");
    // Wherever the script runs, it may read what it wrote there itself.
    if (written !== undefined)
      return written !== "unknown" && states.every((state) => state === written) ? written : undefined;
    const paths = places.flatMap((place) => this.#locate(place, copies));
    for (const path of paths) this.reads.add(path);
    const found = paths.flatMap((path) => {
      const text = this.#read(path);
      return text === undefined ? [] : [{ path, text }];
    });
    const [first, ...more] = found;
    return first && more.every(({ text }) => text === first.text)
      ? this.#createText(first.path, first.text, span)
      : undefined;
  }

  /** The names by which a script may write a file: where it runs here, absolute paths lead to the same files. */
  #listNames(place: string): string[] {
    return this.#commandLine ? listFileNames(stripAbsoluteRoot(place)) : [place];
  }

  /** Where a file is in this checkout; an absolute path only if an image has it from there, or it is this machine's. */
  #locate(place: string, copies: readonly ImageCopy[] | undefined): string[] {
    if (this.#commandLine) return [stripAbsoluteRoot(place)].filter((path) => !DEVICE.test(path));
    if (!place.startsWith(`${ABSOLUTE_ROOT}/`)) return [place];
    const paths = listOrigins(place.slice(ABSOLUTE_ROOT.length), copies ?? []).map((path) =>
      resolve(this.own, path),
    );
    for (const path of paths) this.reads.add(path);
    return paths.filter((path) => this.#read(path) !== undefined).slice(0, 1);
  }

  #read(path: string): string | undefined {
    if (!this.#contents.has(path)) this.#contents.set(path, this.#readText(path));
    return this.#contents.get(path);
  }

  #readText(path: string): string | undefined {
    const source = readSourceInside(path, this.#commandLine ? parse(path).root : this.root);
    if (!source) return undefined;
    // The editor's text of a file counts, but only where the file itself may be read.
    return this.#openTexts?.get(path) ?? ("text" in source ? source.text : undefined);
  }

  #createText(path: string, text: string, reference: Span): EmbeddedText {
    const directory = dirname(this.#script);
    const file = join(directory, relative(resolve(directory), path));
    const source = { file, text, reference };
    return {
      text,
      at: () => reference.start,
      span: ({ start, end }) => ({ start, end, source }),
    };
  }
}

/** There, each program finds files of its own. */
const DEVICE = /^\/(?:dev|proc)\//;

/** Paths in the build's context that a path of the image may come from; the last instruction first. */
function listOrigins(path: string, copies: readonly ImageCopy[]): string[] {
  const origins: string[] = [];
  for (const { to, from } of copies.toReversed()) {
    if (path !== to && !path.startsWith(to === "/" ? "/" : `${to}/`)) continue;
    if (from === undefined) return origins;
    origins.push(join(from, path.slice(to.length)));
  }
  return origins;
}

/** Folders of build services stand at a repository's root. */
const SERVICE_FOLDER = /^(.*)[/\\]\.(?:buildkite|circleci|github|gitlab|woodpecker)[/\\]/;

function findRepositoryRoot(directory: string): string | undefined {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}
