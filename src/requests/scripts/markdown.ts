import { embeddedWritten } from "../../documents/embedded.ts";
import { Pieces } from "../../documents/written.ts";
import { shellText } from "../aws-cli/shell-text.ts";
import type { Script, ScriptKind } from "./kind.ts";
import type { Line } from "./lines.ts";
import { linesOf } from "./lines.ts";

const LANGUAGES = /^(?:sh|bash|shell|zsh|console|shell-?session|sh-session|terminal)$/i;

/** Fenced code blocks that contain a shell script or a terminal session. */
export const markdown: ScriptKind = {
  isOf: (path) => /\.(?:md|markdown)$/i.test(path),
  isProse: true,
  scripts: (text) => fencesOf(text).map((lines) => ({ shell: scriptOf(text, lines) }) satisfies Script),
};

const OPENING = /^[ \t>*+\d.-]*?(`{3,}|~{3,})[ \t]*\{?\.?([\w-]*)[^`]*$/;

/** The lines of each fenced block in a shell language. */
function fencesOf(text: string): Line[][] {
  const fences: Line[][] = [];
  let open: { mark: string; lines: Line[]; quote: boolean } | undefined;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, Math.min(line.end, line.start + 400));
    if (open) {
      if (isClosing(content, open.mark)) open = undefined;
      else open.lines.push(open.quote ? { ...line, start: line.start + quoteLength(content) } : line);
      continue;
    }
    const [, mark, language = ""] = OPENING.exec(content) ?? [];
    if (mark === undefined) continue;
    open = { mark, lines: [], quote: quoteLength(content) > 0 };
    if (LANGUAGES.test(language)) fences.push(open.lines);
  }
  return fences;
}

/** The length of the `> ` markers of a block quote. */
const quoteLength = (line: string): number => /^(?:[ \t]*>[ ]?)*/.exec(line)![0].length;

function isClosing(line: string, mark: string): boolean {
  const text = line.trim().replace(/^(?:>\s*)+/, "");
  return text.length >= mark.length && text === mark[0]!.repeat(text.length);
}

/** A terminal prompt: `$ ` or `user@host:~$ `. */
const PROMPT =
  /^[ \t]*(?:(?:[\w.-]+@[\w.-]+[^\s$#%]*|\[[^\]\n]{1,80}\])?[$%]|\[[^\]\n]{1,80}\]#|[\w.-]+@[\w.-]+[^\s$#%]*#)[ \t]+/;

/** A script as it is; of a terminal session only the commands after prompts. */
function scriptOf(text: string, lines: readonly Line[]) {
  const shown = lines.map((line) => ({
    ...line,
    prompt: PROMPT.exec(text.slice(line.start, Math.min(line.end, line.start + 200)))?.[0],
  }));
  const hasPrompts = shown.some(({ prompt }) => prompt !== undefined);
  const pieces = new Pieces(lines[0]?.start ?? 0);
  let goesOn = false;
  for (const { start, end, next, prompt, ...line } of shown) {
    if (hasPrompts && !goesOn && prompt === undefined) {
      // Comments may be directives for the next command; anything else is output.
      if (/^[ \t]*#/.test(text.slice(start, end))) pieces.copy(text, start, next);
      continue;
    }
    const more = goesOn ? (/^[ \t]*>[ \t]/.exec(text.slice(start, end))?.[0].length ?? 0) : 0;
    pieces.copy(text, start + (goesOn ? more : (prompt?.length ?? 0)), next);
    goesOn = line.goesOn;
  }
  return shellText(embeddedWritten(pieces), { angled: true });
}
