import type { ParsedText } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import type { ScriptSite } from "../shell/site.ts";

/** A shell text, or a single command as a list of words, and where it runs. */
export type Script = ({ shell: EmbeddedText } | { words: Argument[] }) & ScriptSite;

/** A kind of file that contains shell commands. */
export interface ScriptKind {
  /** Recognizes a file by its path or by its content. */
  matches(path: string, text: string): boolean;
  /** The files of such a path are of no other kind. */
  owns?(path: string): boolean;
  /** The file is YAML, and may also contain requests in other containers. */
  isYaml?: boolean;
  /** The file contains prose between its scripts. */
  isProse?: boolean;
  /** Where its scripts run that don't say so themselves. */
  site?: ScriptSite;
  /** The scripts of a file; `parsed` holds its documents if it is YAML. */
  findScripts(text: string, parsed: ParsedText): Script[] | Promise<Script[]>;
}

/** The scripts of a file, each with where it runs. */
export async function readScripts(kind: ScriptKind, text: string, parsed: ParsedText): Promise<Script[]> {
  const scripts = await kind.findScripts(text, parsed);
  return kind.site ? scripts.map((script) => ({ ...kind.site, ...script })) : scripts;
}
