import type { ParsedText } from "../../documents/document.ts";
import type { Embedded } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";

/** What a shell reads in a file, or a command as the list of its words. */
export type Script = { shell: Embedded } | { words: Argument[] };

/** A kind of file with shell commands in it. */
export interface ScriptKind {
  /** By its path, or by how it begins. */
  isOf(path: string, text: string): boolean;
  /** It is YAML, and may hold other requests, too. */
  isYaml?: boolean;
  /** Between its scripts stands text for people. */
  isProse?: boolean;
  /** The scripts of a file; `parsed` is there for YAML. */
  scripts(text: string, parsed: ParsedText): Script[];
}
