import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { readSource } from "../../files/source.ts";
import { isUnknownText } from "./argument.ts";

/** Resolves `file://…` to a text; undefined if the content is not known. */
export type FileResolver = (name: string, span: Span) => EmbeddedText | undefined;

const FILE_PREFIX = /^fileb?:\/\//;

export const isFileReference = (text: string): boolean => FILE_PREFIX.test(text);

/**
 * Resolves the file names in a script: files that the script writes itself, or files below its directory or
 * the repository's root. Others are not read: where the script runs, a different file may be there, and local
 * files of this machine don't belong in a report.
 */
export function createFileResolver(
  script: string,
  written: ReadonlyMap<string, EmbeddedText | undefined>,
  reads: Set<string>,
): FileResolver {
  const contents = new Map<string, string | undefined>();
  return (text, span) => {
    const name = text.replace(FILE_PREFIX, "");
    if (isUnknownText(name) || /^~|[$%]/.test(name)) return undefined;
    if (written.has(name)) return written.get(name);
    if (!contents.has(name))
      contents.set(name, isAbsolute(name) ? undefined : readUniqueContent(name, dirname(script), reads));
    const content = contents.get(name);
    return content === undefined ? undefined : { text: content, at: () => span.start, span: () => span };
  };
}

/** Undefined also if the name matches two files with different contents. */
function readUniqueContent(name: string, directory: string, reads: Set<string>): string | undefined {
  const root = findRepositoryRoot(directory);
  const places = [...new Set([directory, root ?? directory].map((place) => resolve(place, name)))];
  for (const place of places) reads.add(place);
  const texts = places.filter((path) => isInside(path, root ?? directory)).map(readFileText);
  const [first, ...more] = texts.filter((text) => text !== undefined);
  return more.every((text) => text === first) ? first : undefined;
}

function findRepositoryRoot(directory: string): string | undefined {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

function isInside(path: string, directory: string): boolean {
  try {
    const from = relative(realpathSync(directory), realpathSync(path));
    return statSync(path).isFile() && !from.startsWith("..") && !isAbsolute(from);
  } catch {
    return false;
  }
}

function readFileText(path: string): string | undefined {
  const source = readSource(path);
  return "text" in source ? source.text : undefined;
}
