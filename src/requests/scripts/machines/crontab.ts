import type { EmbeddedText } from "../../../documents/embedded.ts";
import { embedSlice } from "../../../documents/embedded.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import { MACHINE_SITE } from "../../shell/site.ts";
import { replaceMatches } from "../joined.ts";
import type { Script, ScriptKind } from "../kind.ts";
import type { ScriptLine } from "../lines.ts";
import { splitLines } from "../lines.ts";

/** Lines of a crontab, each run by a shell (crontab(5)). */
export const crontabScripts: ScriptKind = {
  matches: (path) => CRONTAB.test(path),
  site: MACHINE_SITE,
  findScripts: (text) =>
    OTHER_SHELL.test(text) ? [] : splitLines(text).flatMap((line) => readLine(text, line)),
};

const CRONTAB = /(?:^|\/)(?:crontab(?:\.[\w.-]+)?|cron(?:\.d|tabs)\/[^/]+|[^/]+\.cron(?:tab)?)$/;
const OTHER_SHELL = /^[ \t]*SHELL[ \t]*=[ \t]*(?!["']?(?:[^\s"']*\/)?(?:ba|z|da|k)?sh["']?[ \t]*$)/m;

/** Five fields or a name for the time, and in a system's crontab the user. */
const TIME =
  /[ \t]*(?:@\w+|[\d*][^\s=]*(?:[ \t]+[\w*][^\s=]*){4})[ \t]+(?:(?:root|ubuntu|ec2-user|nobody|www-data)[ \t]+)?/y;

function readLine(text: string, { start, end }: ScriptLine): Script[] {
  TIME.lastIndex = start;
  if (!TIME.test(text) || TIME.lastIndex >= end) return [];
  const command = embedSlice(text, { start: TIME.lastIndex, end });
  return [{ shell: toShellText(replaceMatches(cutInput(command), /\\%/g, () => "%")) }];
}

/** After a `%` without a backslash comes the command's input. */
function cutInput(command: EmbeddedText): EmbeddedText {
  const at = /(?<!\\)%/.exec(command.text)?.index;
  return at === undefined ? command : { ...command, text: command.text.slice(0, at) };
}
