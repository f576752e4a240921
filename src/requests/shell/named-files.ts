import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandLine } from "./command-line.ts";
import { expandHome } from "./command-line.ts";

const WORD = /[\w./~@+-]+/g;

/** Limits on the words and directories of a text that are looked for. */
const MAX_WORDS = 300;
const MAX_DIRECTORIES = 10;

/** The files that a shell text names, in its directory or in one that it may enter: told without reading it as a shell does. */
export function listNamedFiles(text: string, commandLine: CommandLine): string[] {
  const { directory = "." } = commandLine;
  const words = [...new Set(text.slice(0, MAX_LENGTH).match(WORD))].slice(0, MAX_WORDS);
  const paths = words.map((word) => expandHome(word, commandLine));
  const entered = paths.map((path) => resolve(directory, path)).filter((path) => isKind(path, "isDirectory"));
  const places = [directory, ...entered].slice(0, MAX_DIRECTORIES);
  return paths.flatMap((path) =>
    places.map((place) => resolve(place, path)).filter((each) => isKind(each, "isFile")),
  );
}

const MAX_LENGTH = 100_000;

function isKind(path: string, kind: "isDirectory" | "isFile"): boolean {
  try {
    return statSync(path)[kind]();
  } catch {
    return false;
  }
}
