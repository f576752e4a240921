import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Span } from "../../diagnostics/lines.ts";
import type { Embedded } from "../../documents/embedded.ts";
import { readSource } from "../../files/source.ts";
import { isUnknownText } from "./argument.ts";

/** What `file://…` names: a text, or nothing that is known here. */
export type NamedFiles = (name: string, span: Span) => Embedded | undefined;

const PREFIX = /^fileb?:\/\//;

export const namesFile = (text: string): boolean => PREFIX.test(text);

/**
 * Files by the names that a script gives them: what it writes itself, or a file below the script's directory or the
 * repository's root. Others are left alone: where the script runs, something else may stand there, and what only this
 * machine has is nothing to print in a report.
 */
export function filesOf(
  script: string,
  written: ReadonlyMap<string, Embedded | undefined>,
  reads: Set<string>,
): NamedFiles {
  const contents = new Map<string, string | undefined>();
  return (text, span) => {
    const name = text.replace(PREFIX, "");
    if (isUnknownText(name) || /^~|[$%]/.test(name)) return undefined;
    if (written.has(name)) return written.get(name);
    if (!contents.has(name))
      contents.set(name, isAbsolute(name) ? undefined : contentOf(name, dirname(script), reads));
    const content = contents.get(name);
    return content === undefined ? undefined : { text: content, at: () => span.start, span: () => span };
  };
}

/** Undefined too where two files may be meant that don't say the same. */
function contentOf(name: string, directory: string, reads: Set<string>): string | undefined {
  const root = repositoryOf(directory);
  const places = [...new Set([directory, root ?? directory].map((place) => resolve(place, name)))];
  for (const place of places) reads.add(place);
  const texts = places.filter((path) => isInside(path, root ?? directory)).map(textOf);
  const [first, ...more] = texts.filter((text) => text !== undefined);
  return more.every((text) => text === first) ? first : undefined;
}

function repositoryOf(directory: string): string | undefined {
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

function textOf(path: string): string | undefined {
  const source = readSource(path);
  return "text" in source ? source.text : undefined;
}
