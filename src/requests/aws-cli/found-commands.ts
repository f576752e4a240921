import type { Span } from "../../diagnostics/lines.ts";
import type { Document, ParsedText } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { OpenTexts } from "../../files/source.ts";
import { replacePlaceholders } from "../placeholders.ts";
import type { Request, RequestFault, Unchecked, Unread } from "../request.ts";
import type { CommandLine } from "../shell/command-line.ts";
import type { CommandProgram } from "../shell/interpreters.ts";
import type { ScriptSite } from "../shell/site.ts";
import { describeUnreadable } from "../shell/unreadable.ts";
import type { Argument } from "./argument.ts";
import type { ReadCommand, readCommand } from "./command.ts";
import { CommandDocument, formatPayload } from "./command-document.ts";
import { readCommandDirectives } from "./directives.ts";
import type { FileAccess } from "./file-references.ts";
import type { CliOperations } from "./operations.ts";
import type { CliVersion } from "./options.ts";
import type { S3Reading } from "./s3/read.ts";
import { findInnerCommand } from "./unread-commands.ts";

/** A file that contains commands. */
export interface CommandFile {
  file: string;
  text: string;
  operations: CliOperations;
  /** Loaded only if a command takes YAML. */
  parseYaml: ((text: string) => ParsedText) | undefined;
  /** The version of the CLI that runs the commands, if it is known. */
  cliVersion?: CliVersion | undefined;
  openTexts?: OpenTexts | undefined;
  /** Set if the text is about to run. */
  commandLine?: CommandLine | undefined;
}

/** A shell text, or the words of a command, and where it runs. */
export type LocatedScript = ({ shell: EmbeddedText } | { words: Argument[] }) & ScriptSite;

/** An `aws` command that was found. It is read when all are found: a loop may write its files later. */
export interface PendingCommand {
  words: Argument[];
  span: Span;
  /** Whether the words are a command only if they name a known operation. */
  isGuess: boolean;
  files: FileAccess;
}

export interface FoundCommands {
  requests: (Request & { document: Document })[];
  faults: RequestFault[];
  unread: Unread[];
  unchecked: Unchecked[];
  /** Positions of all commands that were read, whether they make a request or not. */
  seen: Span[];
  /** Resources that commands make, which make calls of their own, each as a template. */
  resources: { document: Document; span: Span }[];
  /** Commands that others hold in their words; those are not read unless their resources are. */
  inner: Unread[];
  /** Programs in other languages that commands run. */
  programs: CommandProgram[];
  /** Paths that commands name as files, whether the files exist or not. */
  reads: Set<string>;
}

/** Collects what is found, each thing once: a function may be followed several times. */
export class CommandCollector {
  readonly found: FoundCommands = {
    requests: [],
    faults: [],
    unread: [],
    unchecked: [],
    seen: [],
    resources: [],
    inner: [],
    programs: [],
    reads: new Set(),
  };
  readonly #known = new Set<string>();
  readonly #scripted: CommandFile;

  constructor(scripted: CommandFile) {
    this.#scripted = scripted;
  }

  addSeveral({ requests, faults, unread, unchecked }: S3Reading, span: Span): void {
    for (const read of requests) this.#addRequest(read, span);
    if (!this.#isNew(span, "read")) return;
    this.found.faults.push(...faults);
    this.found.unread.push(...unread);
    this.found.unchecked.push(...unchecked);
  }

  addRead(read: ReturnType<typeof readCommand>, words: readonly Argument[], span: Span): void {
    if (!read) return;
    if ("payload" in read) {
      this.#addRequest(read, span);
      return;
    }
    if (!this.#isNew(span, read.unread?.why ?? "unchecked")) return;
    if (read.fault) this.found.faults.push(read.fault);
    if (read.unread) this.found.unread.push(read.unread);
    if (!read.unchecked) return;
    this.found.unchecked.push(read.unchecked);
    const inner = findInnerCommand(words, span, this.#scripted.operations);
    if (inner) this.found.inner.push(inner);
  }

  #addRequest(read: ReadCommand, span: Span): void {
    const { text, commandLine } = this.#scripted;
    // Nobody fills in a command that is about to run.
    const payload = commandLine ? read.payload.value : replacePlaceholders(read.payload.value);
    const { faults, ...directives } = readCommandDirectives(text, span);
    for (const fault of [...read.faults, ...faults])
      if (this.#isNew(fault.span, fault.message)) this.found.faults.push(fault);
    if (!this.#isNew(span, `${read.operation} ${formatPayload(payload)}`)) return;
    this.found.requests.push({
      operation: read.operation,
      payload,
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
  addUnreadable(text: EmbeddedText, at: number, message: string): void {
    const span = text.span({ start: at, end: Math.min(at + 1, text.text.length) });
    const why = `the shell text can't be read from here: ${message}`;
    if (!this.#isNew(span, why)) return;
    const { operations } = this.#scripted;
    const said = describeUnreadable(text, { at, span, why }, (rest) => operations.isNamedIn(rest));
    if (said && "fault" in said) this.found.faults.push(said.fault);
    else if (said) this.found.unread.push(said.unread);
  }

  addProgram(program: CommandProgram): void {
    const { within } = program;
    if (this.#isNew(within.span({ start: 0, end: within.text.length }), "program"))
      this.found.programs.push(program);
  }

  #isNew({ start, end, source }: Span, about: string): boolean {
    const key = `${start} ${end} ${source?.file ?? ""} ${about}`;
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    return true;
  }
}
