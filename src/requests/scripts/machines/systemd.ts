import type { EmbeddedText } from "../../../documents/embedded.ts";
import { embedSlice, sliceText } from "../../../documents/embedded.ts";
import type { Argument } from "../../aws-cli/argument.ts";
import { getArgumentText, UNKNOWN_TEXT } from "../../aws-cli/argument.ts";
import { MACHINE_SITE } from "../../shell/site.ts";
import { replaceMatches } from "../joined.ts";
import type { Script, ScriptKind } from "../kind.ts";
import { joinContinuedLines } from "../lines.ts";
import { replaceVariables, splitWords } from "../words.ts";

/** The commands of services, which run without a shell (systemd.service(5)). */
export const systemdScripts: ScriptKind = {
  matches: (path) => /\.service$/.test(path),
  site: MACHINE_SITE,
  findScripts: (text) => joinContinuedLines(text).flatMap((line) => readLine(embedSlice(text, line))),
};

const COMMAND = /^Exec(?:Start(?:Pre|Post)?|Reload|Stop(?:Post)?|Condition)[ \t]*=[ \t]*([-@:+!|]*)/;
/** Specifiers such as `%i`, and the continuation of a line. */
const SPECIFIER = /%%|%\w|\\\r?\n/g;

function readLine(line: EmbeddedText): Script[] {
  const found = COMMAND.exec(line.text);
  if (!found) return [];
  const command = sliceText(line, found[0].length);
  const filled = replaceMatches(replaceVariables(command), SPECIFIER, ([text]) => {
    if (text === "%%") return "%";
    return text.startsWith("%") ? UNKNOWN_TEXT : " ";
  });
  return splitCommands(splitWords(filled)).map((words) => ({
    // After `@`, the second word is the name that the program is given.
    words: found[1]!.includes("@") ? [...words.slice(0, 1), ...words.slice(2)] : words,
  }));
}

/** A word that is a semicolon separates commands. */
function splitCommands(words: readonly Argument[]): Argument[][] {
  const commands: Argument[][] = [[]];
  for (const word of words)
    if (getArgumentText(word) === ";") commands.push([]);
    else commands.at(-1)!.push(word);
  return commands;
}
