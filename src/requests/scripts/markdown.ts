import { embedDecoded } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { toShellText } from "../aws-cli/shell-text.ts";
import type { Script, ScriptKind } from "./kind.ts";
import type { ScriptLine } from "./lines.ts";
import { splitLines } from "./lines.ts";

const LANGUAGES = /^(?:sh|bash|shell|zsh|console|shell-?session|sh-session|terminal)$/i;

/** Fenced code blocks that contain a shell script or a terminal session. */
export const markdownScripts: ScriptKind = {
  matches: (path) => /\.(?:md|markdown)$/i.test(path),
  isProse: true,
  findScripts: (text) =>
    findFences(text).map((lines) => ({ shell: readFence(text, lines) }) satisfies Script),
};

const OPENING = /^[ \t>*+\d.-]*?(`{3,}|~{3,})[ \t]*\{?\.?([\w-]*)[^`]*$/;

/** The lines of each fenced block in a shell language. */
function findFences(text: string): ScriptLine[][] {
  const fences: ScriptLine[][] = [];
  let open: { mark: string; lines: ScriptLine[]; quote: boolean } | undefined;
  for (const line of splitLines(text)) {
    const content = text.slice(line.start, Math.min(line.end, line.start + 400));
    if (open) {
      if (isClosing(content, open.mark)) open = undefined;
      else open.lines.push(open.quote ? { ...line, start: line.start + measureQuoteMarker(content) } : line);
      continue;
    }
    const [, mark, language = ""] = OPENING.exec(content) ?? [];
    if (mark === undefined) continue;
    open = { mark, lines: [], quote: measureQuoteMarker(content) > 0 };
    if (LANGUAGES.test(language)) fences.push(open.lines);
  }
  return fences;
}

/** The length of the `> ` markers of a block quote. */
const measureQuoteMarker = (line: string): number => /^(?:[ \t]*>[ ]?)*/.exec(line)![0].length;

function isClosing(line: string, mark: string): boolean {
  const text = line.trim().replace(/^(?:>\s*)+/, "");
  return text.length >= mark.length && text === mark[0]!.repeat(text.length);
}

/** A terminal prompt: `$ ` or `user@host:~$ `. */
const PROMPT =
  /^[ \t]*(?:(?:[\w.-]+@[\w.-]+[^\s$#%]*|\[[^\]\n]{1,80}\])?[$%]|\[[^\]\n]{1,80}\]#|[\w.-]+@[\w.-]+[^\s$#%]*#)[ \t]+/;

/** A script as it is; of a terminal session only the commands after prompts. */
function readFence(text: string, lines: readonly ScriptLine[]) {
  const shown = lines.map((line) => ({
    ...line,
    prompt: PROMPT.exec(text.slice(line.start, Math.min(line.end, line.start + 200)))?.[0],
  }));
  const hasPrompts = shown.some(({ prompt }) => prompt !== undefined);
  const pieces = new DecodedTextBuilder(lines[0]?.start ?? 0);
  let goesOn = false;
  for (const { start, end, next, prompt, ...line } of shown) {
    if (hasPrompts && !goesOn && prompt === undefined) {
      // Comments may be directives for the next command; anything else is output.
      if (/^[ \t]*#/.test(text.slice(start, end))) pieces.copy(text, start, next);
      continue;
    }
    const more = goesOn ? (/^[ \t]*>[ \t]/.exec(text.slice(start, end))?.[0].length ?? 0) : 0;
    pieces.copy(text, start + (goesOn ? more : (prompt?.length ?? 0)), next);
    goesOn = line.isContinued;
  }
  return toShellText(embedDecoded(pieces), { angled: true });
}
