import { sliceText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import { createArgument, getArgumentText, isUnknownText } from "../aws-cli/argument.ts";
import type { KnownDirectories, SpellingLookup } from "./directories.ts";
import { CURRENT, resolveSpelling } from "./directories.ts";
import { CHECKOUT_ROOT } from "./file-log.ts";
import type { ShellCommand } from "./shell-command.ts";
import type { ShellState } from "./state.ts";

const PREFIX = /^(["']?)fileb?:\/\//;

/**
 * The file that a word names, such as `file://$HERE/p.json`, as a text whose directory is known; undefined if only the
 * run knows it.
 */
export function resolveFileName(
  { inside, words, written }: Argument,
  { directory, isElsewhere }: Pick<ShellState, "directory" | "isElsewhere">,
  known: KnownDirectories,
  spell: SpellingLookup,
): string | undefined {
  if (!isUnknownText(inside.text)) return inside.text;
  if (words === "list" || written === undefined || isElsewhere) return undefined;
  const prefix = PREFIX.exec(written)?.[0].replace(/^["']/, "") ?? "";
  const name = written.replace(PREFIX, "$1").replaceAll('"', "");
  if (CURRENT.test(name))
    return NAME.test(name.replace(CURRENT, ".")) ? prefix + name.replace(CURRENT, ".") : undefined;
  const [path, ...more] = resolveSpelling(name, directory, known, spell) ?? [];
  return path === undefined || more.length > 0 ? undefined : prefix + CHECKOUT_ROOT + path;
}

const NAME = /^[\w./-]*$/;

/** A word whose file has a known path names it by that: `--cli-input-json "file://$HERE/p.json"`. */
export function nameFile(
  word: Argument,
  state: ShellState,
  { spell }: ShellCommand,
  known: KnownDirectories,
): Argument {
  const text = getArgumentText(word);
  const option = /^--[\w-]+=/.exec(text)?.[0] ?? "";
  const written = word.written?.startsWith(option) ? word.written.slice(option.length) : undefined;
  if (!isUnknownText(text) || written === undefined || !PREFIX.test(written)) return word;
  const value = { ...word, inside: sliceText(word.inside, option.length), written };
  const path = resolveFileName(value, state, known, spell);
  return path === undefined ? word : { ...word, inside: createArgument(option + path, word).inside };
}
