import type { Span } from "../../diagnostics/lines.ts";
import type { Document, ParsedText } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { OpenTexts } from "../../files/source.ts";
import type { Request, RequestFault, Unchecked, Unread } from "../request.ts";
import type { CommandProgram } from "../shell/interpreters.ts";
import type { ScriptSite } from "../shell/site.ts";
import type { Argument } from "./argument.ts";
import type { FileAccess } from "./file-references.ts";
import type { CliOperations } from "./operations.ts";
import type { CliVersion } from "./options.ts";

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

export const createFoundCommands = (): FoundCommands => ({
  requests: [],
  faults: [],
  unread: [],
  unchecked: [],
  seen: [],
  resources: [],
  inner: [],
  programs: [],
  reads: new Set(),
});
