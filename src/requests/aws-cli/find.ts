import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document, ParsedText } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { replacePlaceholders } from "../placeholders.ts";
import type { Request, RequestFault, UnreadSpan } from "../request.ts";
import type { Argument } from "./argument.ts";
import { getArgumentText, isUnknownText } from "./argument.ts";
import { hasOperation, readCommand } from "./command.ts";
import { readCommandDirectives } from "./directives.ts";
import type { FileResolver } from "./file-references.ts";
import { createFileResolver } from "./file-references.ts";
import { readGivenResource } from "./given-resources.ts";
import type { LocatedValue } from "./located-value.ts";
import { findValueSpan } from "./located-value.ts";
import type { CliOperations } from "./operations.ts";
import type { ShellCommand } from "./shell.ts";
import { readShell } from "./shell.ts";
import { MAX_SHELL_LENGTH } from "./syntax.ts";
import { resolveRunTarget } from "./wrappers.ts";

/** A file that contains commands. */
export interface CommandFile {
  file: string;
  text: string;
  operations: CliOperations;
  /** Loaded only if a command takes YAML. */
  parseYaml: ((text: string) => ParsedText) | undefined;
}

export interface FoundCommands {
  requests: (Request & { document: Document })[];
  faults: RequestFault[];
  unread: UnreadSpan[];
  /** Positions of all commands that were read, whether they make a request or not. */
  seen: Span[];
  /** Resources that commands make, which make calls of their own, each as a template. */
  resources: { document: Document; span: Span }[];
  /** Paths that commands name as files, whether the files exist or not. */
  reads: Set<string>;
}

/** Depth of scripts run by scripts: `bash -c "bash -c …"`. */
const MAX_SCRIPTS = 5;

/** Finds the requests of `aws` commands in shell texts. */
export function findCommands(texts: readonly EmbeddedText[], scripted: CommandFile): FoundCommands {
  const finder = new CommandFinder(scripted);
  for (const text of texts) finder.readScript(text, 0);
  return finder.found;
}

/** Finds the requests of commands given as lists of words. */
export function findInWordLists(
  lists: readonly (readonly Argument[])[],
  scripted: CommandFile,
): FoundCommands {
  const finder = new CommandFinder(scripted);
  for (const words of lists) finder.readWords(words);
  return finder.found;
}

class CommandFinder {
  readonly found: FoundCommands = {
    requests: [],
    faults: [],
    unread: [],
    seen: [],
    resources: [],
    reads: new Set(),
  };
  readonly #scripted: CommandFile;

  constructor(scripted: CommandFile) {
    this.#scripted = scripted;
  }

  readScript(text: EmbeddedText, depth: number): void {
    // A variable may hold `aws` itself.
    if ((!/aws/i.test(text.text) && !isUnknownText(text.text)) || depth > MAX_SCRIPTS) return;
    const isLong = text.text.length > MAX_SHELL_LENGTH;
    const script = isLong ? undefined : readShell(text);
    if (!script) {
      this.#addUnreadable(text, 0, isLong ? "the script is longer than 1 MiB" : "the script nests too deep");
      return;
    }
    const { error } = script;
    const files = createFileResolver(this.#scripted.file, script.written, this.found.reads);
    for (const command of script.commands) {
      if (error && command.end >= error.at) continue;
      this.#readCommand(command, files, depth);
    }
    if (error) this.found.seen.push(text.span({ start: error.at, end: text.text.length }));
    if (error) this.#addUnreadable(text, error.at, error.message);
  }

  readWords(words: readonly Argument[]): void {
    this.#readRun(words, createFileResolver(this.#scripted.file, new Map(), this.found.reads), 0);
  }

  #readCommand({ words, input }: ShellCommand, files: FileResolver, depth: number): void {
    this.#readRun(words, files, depth);
    const [name] = words;
    if (name && PRINTING_COMMAND.test(getArgumentText(name))) this.#markPrinted(words, input);
    if (name && /^(?:.*\/)?(?:ba|z|da|k|s)sh$/.test(getArgumentText(name)))
      for (const text of input) this.readScript(text, depth + 1);
  }

  /**
   * Marks commands that are only printed as read, unless the output is piped to a shell or written to a file.
   */
  #markPrinted(words: readonly Argument[], input: readonly EmbeddedText[]): void {
    const span = { start: words[0]!.span.start, end: words.at(-1)!.span.end };
    const shown = input.map((text) => text.span({ start: 0, end: text.text.length }));
    const line = getLine(this.#scripted.text, span);
    if (!/\|\s*(?:ba|z|da|k)?sh\b|(?<![0-9&])>/.test(line)) this.found.seen.push(span, ...shown);
  }

  #readRun(words: readonly Argument[], files: FileResolver, depth: number): void {
    const run = resolveRunTarget(words);
    if (run?.kind === "script") this.readScript(run.script.inside, depth + 1);
    if (run?.kind !== "aws") return;
    const { text, operations, parseYaml } = this.#scripted;
    if (run.isGuess && !hasOperation(run.words, operations)) return;
    const { start } = run.name.span;
    // The elements of an array are located where the array is built, which may be anywhere.
    const end = words.reduce(
      (last, { span }) => (span.start >= start ? Math.max(last, span.end) : last),
      start,
    );
    const span = { start, end };
    this.found.seen.push(span);
    if (end !== words.at(-1)!.span.end || words[0]!.span.start > start)
      for (const word of words) this.found.seen.push(word.span);
    const context = { text, operations, files, parseYaml };
    const document = run.isGuess ? undefined : readGivenResource(run.words, context, span);
    if (document) this.found.resources.push({ document, span });
    const read = readCommand(run.words, context);
    if (!read) return;
    if ("why" in read) {
      this.found.unread.push(read);
      return;
    }
    const { faults, ...directives } = readCommandDirectives(text, span);
    this.found.faults.push(...read.faults, ...faults);
    this.found.requests.push({
      operation: read.operation,
      payload: replacePlaceholders(read.payload.value),
      container: "aws-cli",
      path: [],
      operationSpan: () => read.named,
      payloadPath: ["request"],
      document: new CommandDocument(read.payload, span),
      ...directives,
    });
  }

  /**
   * The rest of the text is no valid shell: a fault if it may contain a request, otherwise listed as unread.
   */
  #addUnreadable(text: EmbeddedText, at: number, message: string): void {
    const span = text.span({ start: at, end: Math.min(at + 1, text.text.length) });
    const why = `the shell text can't be read from here: ${message}`;
    if (this.#scripted.operations.isNamedIn(text.text.slice(findLineStart(text.text, at)))) {
      const help = "mend the text, or leave the file out";
      this.found.faults.push({ code: "document/syntax", span, message: why, help });
    } else if (isUnknownText(text.text) || /\baws\b/.test(text.text.slice(at))) {
      this.found.unread.push({ span, why });
    }
  }
}

/** Commands and functions that print their arguments. */
const PRINTING_COMMAND =
  /^(?:echo|printf|print|cat|logger|say|log|info|warn|warning|error|err|die|fail|debug|note|notice|usage|grep|egrep|man|:)(?:[-_]\w+)?$/;

const getLine = (text: string, { start, end }: Span): string => {
  const next = text.indexOf("\n", end);
  return text.slice(start, next < 0 ? text.length : next);
};

const findLineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

/** A command as a document, with its payload under `request`. */
class CommandDocument implements Document {
  readonly value: unknown;
  readonly #payload: LocatedValue;
  readonly #span: Span;

  constructor(payload: LocatedValue, span: Span) {
    this.value = { request: payload.value };
    this.#payload = payload;
    this.#span = span;
  }

  span([first, ...rest]: Path, at: "key" | "value"): Span {
    return first === "request" ? findValueSpan(this.#payload, rest, at) : this.#span;
  }
}
