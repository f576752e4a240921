import type { EmbeddedText } from "../../../documents/embedded.ts";
import { embedSlice } from "../../../documents/embedded.ts";
import { UNKNOWN_TEXT } from "../../aws-cli/argument.ts";
import { replaceMatches } from "../joined.ts";
import type { Script, ScriptKind } from "../kind.ts";
import { joinContinuedLines } from "../lines.ts";
import { splitWords } from "../words.ts";

/** The commands of test environments, which run without a shell (tox, "Configuration"). */
export const toxScripts: ScriptKind = {
  matches: (path, text) =>
    /(?:^|\/)tox\.ini$/.test(path) ||
    (/(?:^|\/)setup\.cfg$/.test(path) && /^\[(?:tox:tox|testenv)/m.test(text)),
  site: { directory: { from: "file", path: "." }, group: "environments" },
  findScripts: (text) => {
    const isMoved = /^changedir[ \t]*=/m.test(text);
    return listCommands(text).map((line) => ({
      ...readCommand(embedSlice(text, line)),
      ...(isMoved && { directory: "unknown" }),
    }));
  },
};

const KEY = /^commands(?:_pre|_post)?[ \t]*=[ \t]*/;
/** Factors such as `py3,lint:` and the marks of commands that may fail. */
const PREFIX = /^[ \t]*(?:[\w{},.!-]+:[ \t]+)?[-!+]?[ \t]*/;

/** The values of `commands`, one in each line. */
function listCommands(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let isOpen = false;
  for (const { start, end } of joinContinuedLines(text)) {
    const line = text.slice(start, end);
    const key = KEY.exec(line)?.[0];
    const isMore: boolean = isOpen && /^[ \t]/.test(line);
    isOpen = key !== undefined || isMore || (isOpen && line.trim() === "");
    if (key === undefined && !isMore) continue;
    const from = start + (key?.length ?? 0);
    const prefix = PREFIX.exec(text.slice(from, end))?.[0].length ?? 0;
    if (from + prefix < end) found.push({ start: from + prefix, end });
  }
  return found;
}

/** `{posargs}` and `{env:NAME}` are filled in by tox. */
const readCommand = (line: EmbeddedText): Script => ({
  words: splitWords(
    replaceMatches(line, /\{[^{}\n]*\}|\\\r?\n/g, ([found]) => (found.startsWith("{") ? UNKNOWN_TEXT : " ")),
  ),
});
