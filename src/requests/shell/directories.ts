import { join, resolve } from "node:path";
import type { Argument } from "../aws-cli/argument.ts";
import { getArgumentText, isUnknownText } from "../aws-cli/argument.ts";
import { ABSOLUTE_ROOT } from "./file-log.ts";
import type { ShellState } from "./state.ts";

/** The directories that a script may refer to without knowing their names. */
export interface KnownDirectories {
  root: readonly string[] | undefined;
  file: readonly string[] | undefined;
}

/** How the value of a variable is spelled where it is assigned, if that is known. */
export type SpellingLookup = (name: string) => string | undefined;

const SCRIPT = String.raw`(?:\$0|\$\{0\}|\$BASH_SOURCE|\$\{BASH_SOURCE(?:\[0\])?\}|\$\{\(%\):-%N\}|\$\{\(%\):-%x\})`;
const RESOLVED = String.raw`(?:${SCRIPT}|\$\((?:readlink -[fe]|realpath)(?: --)? ${SCRIPT}\))`;
const OWN = String.raw`(?:\$\(dirname(?: --)? ${RESOLVED}\)|\$\{(?:0|BASH_SOURCE(?:\[0\])?)%\/\*\})`;
const OWN_DIRECTORY = new RegExp(`^${OWN}`);
const RESOLVED_DIRECTORY = new RegExp(
  String.raw`^\$\((?:builtin )?cd(?: -P)?(?: --)? (${OWN}|\$\{?\w+\}?)((?:\/[\w.-]+)*)(?: >\s?\/dev\/null(?: 2>&1)?| &>\s?\/dev\/null)? ?(?:&&|;) ?pwd(?: -P)?\)`,
);
export const CURRENT = /^(?:\$\{PWD\}|\$PWD(?!\w)|\$\(pwd(?: -P)?\)|`pwd`)/;
const VARIABLE = /^(?:\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*))/;

/** The root of the checkout, by `git` or by the variables of build services. */
const ROOT =
  /^(?:\$\(git rev-parse --show-toplevel\)|`git rev-parse --show-toplevel`|\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR|CODEBUILD_SRC_DIR|BITBUCKET_CLONE_DIR|TRAVIS_BUILD_DIR|BUILD_SOURCESDIRECTORY|CIRCLE_WORKING_DIRECTORY|DRONE_WORKSPACE)(?!\w)\}?)/;

const MAX_SPELLING = 400;
const MAX_DEPTH = 5;

/** The directory that a word names; undefined if only the run knows. */
export function resolveDirectory(
  word: Argument,
  state: Pick<ShellState, "directory" | "isElsewhere">,
  known: KnownDirectories,
  spell: SpellingLookup,
): readonly string[] | undefined {
  const text = getArgumentText(word);
  if (!isUnknownText(text)) return enterDirectory(text, state.directory);
  if (word.words === "list" || word.written === undefined || state.isElsewhere) return undefined;
  return resolveSpelling(word.written, state.directory, known, spell);
}

function enterDirectory(text: string, from: readonly string[] | undefined): readonly string[] | undefined {
  if (text === "" || text.startsWith("~")) return undefined;
  if (text.startsWith("/")) return [resolve(ABSOLUTE_ROOT + text)];
  return from?.map((directory) => resolve(directory, text));
}

/** The path that the spelling of a word names, in each directory that may be the current one. */
export function resolveSpelling(
  written: string,
  current: readonly string[] | undefined,
  known: KnownDirectories,
  spell: SpellingLookup,
  depth = 0,
): readonly string[] | undefined {
  const text = written.replaceAll('"', "").replaceAll(/\s+/g, " ");
  if (text.length > MAX_SPELLING || depth > MAX_DEPTH) return undefined;
  const next = (inner: string): readonly string[] | undefined =>
    resolveSpelling(inner, current, known, spell, depth + 1);
  const through = RESOLVED_DIRECTORY.exec(text);
  if (through) return append(next(through[1]! + through[2]!), text.slice(through[0].length));
  for (const [form, base] of [
    [OWN_DIRECTORY, known.file],
    [CURRENT, current],
    [ROOT, known.root],
  ] as const) {
    const found = form.exec(text);
    if (found) return append(base, text.slice(found[0].length));
  }
  const variable = VARIABLE.exec(text);
  const value = variable && spell(variable[1] ?? variable[2]!);
  return variable && value !== undefined && value !== null
    ? append(
        // What the working directory was when the variable was set is not recorded.
        resolveSpelling(value, undefined, known, spell, depth + 1),
        text.slice(variable[0].length),
      )
    : undefined;
}

const append = (base: readonly string[] | undefined, rest: string): readonly string[] | undefined =>
  /^(?:\/[\w./-]*)?$/.test(rest) ? base?.map((directory) => join(directory, rest)) : undefined;
