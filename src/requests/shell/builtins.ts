import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import { dropPrefix, getArgumentText, isUnknownText } from "../aws-cli/argument.ts";
import type { KnownDirectories } from "./directories.ts";
import { resolveDirectory } from "./directories.ts";
import type { ShellCommand } from "./shell-command.ts";
import type { ShellState } from "./state.ts";

type Builtin = (words: readonly Argument[], state: ShellState, command: ShellCommand) => void;

const MAX_ALIASES = 10;
const MAX_PARAMETERS = 200;

/** Commands of the shell itself that change what the next commands mean. */
export class Builtins {
  readonly #directories: KnownDirectories;
  /** Undefined for aliases that are not known. */
  readonly #aliases = new Map<string, EmbeddedText | undefined>();
  readonly #table: Readonly<Record<string, Builtin>> = {
    alias: (words) => this.#define(words),
    cd: (words, state, command) => this.#enter(words, state, command),
    popd: (words, state) => leaveDirectory(words, state),
    pushd: (words, state, command) => this.#push(words, state, command),
    set: (words, state) => setParameters(words, state),
    shift: (words, state) => shiftParameters(words, state),
  };

  constructor(directories: KnownDirectories) {
    this.#directories = directories;
  }

  /** Returns false for any other command. */
  run(command: ShellCommand, state: ShellState): boolean {
    const { words } = command;
    const start = /^(?:command|builtin)$/.test(words[0]?.inside.text ?? "") ? 1 : 0;
    const name = words[start]?.inside.text ?? "";
    if (!Object.hasOwn(this.#table, name)) return false;
    this.#table[name]!(words.slice(start + 1), state, command);
    return true;
  }

  /** Replaces the first word, if it is an alias. The positions of the texts that replace it are added to `uses`. */
  expandAlias(
    given: Argument[],
    read: (text: EmbeddedText, name: Argument) => Argument[] | undefined,
    uses: Span[],
  ): Argument[] {
    let words = given;
    const used = new Set<string>();
    for (let round = 0; round < MAX_ALIASES; round++) {
      const [first, ...rest] = words;
      const name = first?.inside.text ?? "";
      const text = this.#aliases.get(name);
      if (!first || !text || used.has(name)) return words;
      used.add(name);
      const replaced = read(text, first);
      if (replaced) uses.push(text.span({ start: 0, end: text.text.length }));
      words = [...(replaced ?? [first]), ...rest];
    }
    return words;
  }

  #define(words: readonly Argument[]): void {
    for (const word of words) {
      const text = getArgumentText(word);
      const equals = text.indexOf("=");
      if (equals < 1) continue;
      const name = text.slice(0, equals);
      // An alias that is defined twice may be either.
      const isKnown = !isUnknownText(text) && !this.#aliases.has(name);
      this.#aliases.set(name, isKnown ? dropPrefix(word, equals + 1).inside : undefined);
    }
  }

  #enter(words: readonly Argument[], state: ShellState, command: ShellCommand): void {
    const [target, ...more] = words.filter((word) => !/^-(?:[LPe@-]+)$/.test(getArgumentText(word)));
    const { directory, previous } = state;
    state.previous = directory;
    if (!target || more.length > 0) state.directory = undefined;
    else if (getArgumentText(target) === "-") state.directory = previous;
    else state.directory = resolveDirectory(target, state, this.#directories, command.spell);
  }

  #push(words: readonly Argument[], state: ShellState, command: ShellCommand): void {
    const { directory, stack } = state;
    this.#enter(words, state, command);
    const isPlain = words.length === 1 && !/^[-+]/.test(getArgumentText(words[0]!));
    state.stack = isPlain ? stack && [...stack.slice(-MAX_STACK), directory] : undefined;
    if (!isPlain) state.directory = undefined;
  }
}

const MAX_STACK = 20;

function leaveDirectory(words: readonly Argument[], state: ShellState): void {
  const isPlain = words.length === 0;
  state.previous = state.directory;
  state.directory = isPlain ? state.stack?.at(-1) : undefined;
  state.stack = isPlain ? state.stack?.slice(0, -1) : undefined;
}

/** `set -- a b` replaces the parameters; `set -e` doesn't. */
function setParameters(words: readonly Argument[], state: ShellState): void {
  const texts = words.map(getArgumentText);
  const dashes = texts.indexOf("--");
  let start = dashes + 1;
  if (dashes < 0) {
    start = 0;
    while (start < texts.length && /^[-+]/.test(texts[start]!))
      start += /^[-+]\w*o$/.test(texts[start]!) ? 2 : 1;
    if (start >= texts.length) return;
  }
  const given = words.slice(start);
  state.positional =
    given.length > MAX_PARAMETERS ? undefined : { ...state.positional, words: given, span: undefined };
}

function shiftParameters([count]: readonly Argument[], state: ShellState): void {
  const number = count ? Number(getArgumentText(count)) : 1;
  const { positional } = state;
  if (!positional) return;
  const isKnown =
    Number.isInteger(number) && positional.words.slice(0, number).every((word) => word.words === "one");
  state.positional = isKnown ? { ...positional, words: positional.words.slice(number) } : undefined;
}
