import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { KnownDirectories } from "../shell/directories.ts";
import { resolveDirectory } from "../shell/directories.ts";
import { executeShell } from "../shell/execution.ts";
import { nameFile, resolveFileName } from "../shell/file-names.ts";
import type { CommandProgram } from "../shell/interpreters.ts";
import { readGivenPrograms } from "../shell/interpreters.ts";
import { createWordsCommand, locateCommand } from "../shell/located-command.ts";
import { readPrintedText, runsShell } from "../shell/printing.ts";
import { logAwsCommand, logProgram } from "../shell/programs.ts";
import { findRunFile, RunFiles } from "../shell/run-files.ts";
import type { RunTarget } from "../shell/run-target.ts";
import { SessionStates } from "../shell/sessions.ts";
import type { ShellCommand, ShellHost, SourcedScript } from "../shell/shell-command.ts";
import { hasUnknownCommand } from "../shell/sourcing.ts";
import type { ShellState } from "../shell/state.ts";
import { copyPlace, forgetPlace, forkState } from "../shell/state.ts";
import { resolveRunTargets } from "../shell/wrappers.ts";
import type { Argument } from "./argument.ts";
import { getArgumentText } from "./argument.ts";
import { hasOperation, readCommand } from "./command.ts";
import type { FileAccess } from "./file-references.ts";
import { createFileAccess, FileReader } from "./file-references.ts";
import type { CommandFile, FoundCommands, LocatedScript, PendingCommand } from "./found-commands.ts";
import { CommandCollector } from "./found-commands.ts";
import { readGivenResource } from "./given-resources.ts";
import { readS3Command } from "./s3/read.ts";
import { MAX_SHELL_LENGTH } from "./syntax.ts";

/** Depth of scripts run by scripts: `bash -c "bash -c …"`. */
const MAX_SCRIPTS = 5;
/** Length of all scripts that commands run, in UTF-16 units. Beyond it, they are not followed. */
const MAX_INNER_LENGTH = 4 * 1024 * 1024;

/** Finds the requests of `aws` commands in scripts, in the order in which those run. */
export function findCommands(scripts: readonly LocatedScript[], scripted: CommandFile): FoundCommands {
  const finder = new CommandFinder(scripted);
  for (const script of scripts) finder.readLocated(script);
  return finder.finish();
}

class CommandFinder implements ShellHost {
  readonly directories: KnownDirectories;
  readonly #collector: CommandCollector;
  readonly #pending: PendingCommand[] = [];
  readonly #scripted: CommandFile;
  readonly #files: FileReader;
  readonly #sessions: SessionStates;
  readonly #runFiles: RunFiles | undefined;
  /** Texts that are only printed. */
  readonly #printed: Span[] = [];
  #depth = 0;
  /** In a script of another file, whose own commands are found there. */
  #isSourced = false;
  #lengthLeft = MAX_INNER_LENGTH;
  #copies: FileAccess["copies"];

  constructor(scripted: CommandFile) {
    this.#scripted = scripted;
    this.#collector = new CommandCollector(scripted);
    this.#files = new FileReader(scripted, this.#found.reads);
    this.#runFiles = scripted.commandLine && new RunFiles(scripted.commandLine);
    const { own, root } = this.#files;
    this.directories = { file: [own], root: [root] };
    this.#sessions = new SessionStates(own, root);
  }

  get isAboutToRun(): boolean {
    return this.#scripted.commandLine !== undefined;
  }

  get #found(): FoundCommands {
    return this.#collector.found;
  }

  readLocated(script: LocatedScript): void {
    const state = this.#sessions.createState(script);
    this.#copies =
      typeof script.directory === "object" && script.directory.from === "image"
        ? script.directory.copies
        : undefined;
    if ("shell" in script) this.#readScript(script.shell, state);
    else this.#runTargets(script.words, createWordsCommand(script.words), state);
  }

  finish(): FoundCommands {
    for (const pending of this.#pending) this.#read(pending);
    // What is written into a script that runs then is more than printed.
    if (!this.#runFiles?.runsWritten) this.#found.seen.push(...this.#printed);
    return this.#found;
  }

  /** Runs a command of a script. */
  run(command: ShellCommand, state: ShellState): void {
    const { words, input } = command;
    const printed = readPrintedText(words);
    for (const word of command.inputFiles) if (runsShell(words)) this.#runFile(word, state);
    if (printed) {
      if (state.output === "printed") this.#markPrinted(command);
      else if (state.output === "shell" && /(?:^|\/)cat$/.test(getArgumentText(words[0]!)))
        for (const word of words.slice(1)) this.#runFile(word, state);
      const texts = state.output === "shell" ? [...printed, ...input] : [];
      for (const text of texts)
        this.#readInner(text, forkState(state, { output: "printed", positional: undefined }));
      return;
    }
    this.#runTargets(words, command, state);
    if (!runsShell(words)) return;
    const isElsewhere =
      state.isElsewhere || /^(?:ssh|docker|podman|kubectl)$/.test(getArgumentText(words[0]!));
    for (const text of input) this.#readInner(text, forkState(state, { isElsewhere, positional: undefined }));
  }

  /** `depth` is the number of scripts that take each other in, down to this one. */
  openSourced(command: ShellCommand, state: ShellState, depth = this.#depth): SourcedScript | undefined {
    const { words, spell } = command;
    const name = words[1];
    if (name) this.#runFile(name, state);
    const path = name && resolveFileName(name, state, this.directories, spell);
    const access = createFileAccess(state, this.#copies);
    const text = path === undefined ? undefined : this.#files.createResolver(access)(path, name!.span);
    this.#lengthLeft -= text?.text.length ?? 0;
    if (!text || depth >= MAX_SCRIPTS || this.#lengthLeft < 0) return undefined;
    const run: ShellHost["run"] = (command, state) => this.#runSourced(() => this.run(command, state));
    const openSourced: ShellHost["openSourced"] = (inner, at) => this.openSourced(inner, at, depth + 1);
    const { isAboutToRun } = this;
    const directories = { ...this.directories, file: undefined };
    return { text, host: { directories, isAboutToRun, run, openSourced } };
  }

  /** Only what its commands do to files and to the directory counts. */
  #runSourced(run: () => void): void {
    const before = this.#isSourced;
    this.#isSourced = true;
    this.#depth++;
    run();
    this.#depth--;
    this.#isSourced = before;
  }

  #readScript(text: EmbeddedText, state: ShellState): void {
    const isLong = text.text.length > MAX_SHELL_LENGTH;
    const outcome = isLong ? undefined : executeShell(text, state, this);
    if (!outcome) {
      this.#addUnreadable(text, 0, isLong ? "the script is longer than 1 MiB" : "the script nests too deep");
      return;
    }
    const { error } = outcome;
    if (!error) return;
    if (!this.#isSourced) this.#found.seen.push(text.span({ start: error.at, end: text.text.length }));
    this.#addUnreadable(text, error.at, error.message);
  }

  /** A script that a command runs. */
  #readInner(text: EmbeddedText, state: ShellState): void {
    this.#lengthLeft -= text.text.length;
    if (this.#depth >= MAX_SCRIPTS || this.#lengthLeft < 0) {
      this.#addUnreadable(text, 0, "too many scripts run each other");
      return;
    }
    this.#depth++;
    this.#readScript(text, state);
    this.#depth--;
  }

  #runTargets(words: readonly Argument[], command: ShellCommand, state: ShellState): void {
    for (const target of resolveRunTargets(words)) {
      const inner = this.#enterTarget(target, command, state);
      if (target.kind === "script") {
        this.#addSeen([], [], command.uses);
        this.#readInner(target.script, inner);
        if (getArgumentText(words[0]!) === "eval") this.#leaveEval(target.script.text, words, inner, state);
      } else if (target.kind === "program") {
        const run = findRunFile(target);
        if (run) this.#runFile(run, inner);
        this.#addPrograms(readGivenPrograms(target.name, target.words, command.input));
        logProgram(target, inner, this.isAboutToRun);
      } else this.#addCommand(target, command, inner);
    }
  }

  /** A script or program in a file, in a text that is about to run. */
  #runFile(word: Argument, state: ShellState): void {
    const text = this.#runFiles?.open(word, state);
    if (text) this.#readInner(text, forkState(state, { positional: undefined }));
  }

  #addPrograms(programs: readonly CommandProgram[]): void {
    if (!this.#isSourced) for (const program of programs) this.#collector.addProgram(program);
  }

  /** `eval` runs its text in the same shell. */
  #leaveEval(text: string, words: readonly Argument[], inner: ShellState, state: ShellState): void {
    copyPlace(inner, state);
    if (hasUnknownCommand(text, words.slice(1))) forgetPlace(state);
  }

  /** The state in which a command runs another one. */
  #enterTarget(target: RunTarget, command: ShellCommand, state: ShellState): ShellState {
    const { directory, isElsewhere, isLater } = target;
    const inner = forkState(state, {
      ...(directory && {
        directory: resolveDirectory(directory, state, this.directories, command.spell),
      }),
      ...(isElsewhere && { isElsewhere, directory: undefined }),
      ...(isLater && { directory: undefined, loop: { end: Number.POSITIVE_INFINITY } }),
    });
    if (target.kind !== "script") return inner;
    const { positional } = target;
    const isOwn = getArgumentText(command.words[0]!) === "eval";
    if (!isOwn) inner.positional = positional && { ...positional, span: undefined };
    return inner;
  }

  #addCommand(target: RunTarget & { kind: "aws" }, command: ShellCommand, state: ShellState): void {
    const { words, name } = target;
    const { operations } = this.#scripted;
    if (target.isGuess && !hasOperation(words, operations)) {
      logProgram({ name, words }, state, this.isAboutToRun);
      return;
    }
    if (this.#isSourced) {
      logAwsCommand(words, state);
      return;
    }
    const span = locateCommand(name, words, command.span);
    this.#addSeen([span, name.span], words, command.uses);
    const files = createFileAccess(state, this.#copies);
    const named = words.map((word) => nameFile(word, state, command, this.directories));
    this.#pending.push({ words: named, span, isGuess: target.isGuess === true, files });
    logAwsCommand(words, state);
  }

  #read({ words, span, isGuess, files: access }: PendingCommand): void {
    const { text, operations, parseYaml, cliVersion } = this.#scripted;
    const files = this.#files.createResolver(access);
    const { isAboutToRun } = this;
    const context = { text, operations, files, parseYaml, cliVersion, isAboutToRun };
    const document = isGuess ? undefined : readGivenResource(words, context, span);
    if (document) this.#found.resources.push({ document, span });
    const several = readS3Command(words, context);
    if (several) this.#collector.addSeveral(several, span);
    else this.#collector.addRead(readCommand(words, context), words, span);
  }

  #addUnreadable(text: EmbeddedText, at: number, message: string): void {
    if (!this.#isSourced) this.#collector.addUnreadable(text, at, message);
  }

  /** Commands that are only printed count as read. */
  #markPrinted({ words, input, span, uses }: ShellCommand): void {
    const shown = input.map((text) => text.span({ start: 0, end: text.text.length }));
    if (this.#isSourced) return;
    const spans = [span, ...shown, ...words.map((word) => word.span), ...uses];
    for (const one of spans) this.#printed.push(one);
  }

  #addSeen(spans: readonly Span[], words: readonly Argument[], uses: readonly Span[]): void {
    const { seen } = this.#found;
    if (this.#isSourced) return;
    for (const span of [...spans, ...words.map((word) => word.span), ...uses]) seen.push(span);
  }
}
