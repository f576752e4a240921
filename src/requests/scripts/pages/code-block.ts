import type { Span } from "../../../diagnostics/lines.ts";
import { embedDecoded } from "../../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../../documents/written.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import { parseShell } from "../../aws-cli/syntax.ts";
import type { Script } from "../kind.ts";
import type { ScriptLine } from "../lines.ts";

/** A block of code in a page of documentation. */
export interface CodeBlock {
  lines: ScriptLine[];
  /** Whether the block says that it is in a shell's language; undefined if it doesn't say what it is in. */
  isShell: boolean | undefined;
}

const SHELL_LANGUAGE = /^(?:sh|bash|shell|zsh|ksh|console|shell-?session|sh-session|bash-session|terminal)$/i;
const PLAIN_LANGUAGE =
  /^(?:|text|txt|plain|plaintext|none|output|aws|aws-?cli|cli|command|commands|cmd|prompt)$/i;

/** What the name of a block's language says. */
export const isShellLanguage = (language: string): boolean | undefined =>
  SHELL_LANGUAGE.test(language) || (PLAIN_LANGUAGE.test(language) ? undefined : false);

/** How far into a line its beginning is inspected, since a line may be as long as a file. */
const MAX_LINE_HEAD = 400;

/** The beginning of a line. */
export const getLineHead = (text: string, { start, end }: Span): string =>
  text.slice(start, Math.min(end, start + MAX_LINE_HEAD));

/** A terminal prompt: `$ ` or `user@host:~$ `. */
const PROMPT =
  /^[ \t]*(?:(?:[\w.-]{1,80}@[\w.-][^\s$#%]*|\[[^\]\n]{1,80}\])?[$%]|\[[^\]\n]{1,80}\]#|[\w.-]{1,80}@[\w.-][^\s$#%]*#)[ \t]+/;

export const measurePrompt = (line: string): number | undefined => PROMPT.exec(line)?.[0].length;

/** A line that begins with a command of the AWS CLI. */
export const COMMAND_LINE = /^[ \t]*(?:[A-Z_]+=\S+[ \t]+)*(?:sudo[ \t]+|time[ \t]+)?aws[ \t]/;

/** A line that is indented as code is in Markdown. */
export const INDENTED_CODE = /^(?: {4}| {0,3}\t)/;

/** The scripts of a block: all of it, or the commands after its prompts. */
export function readCodeBlock(text: string, { lines, isShell }: CodeBlock): Script[] {
  const [first] = lines;
  if (!first || isShell === false) return [];
  if (lines.some((line) => measurePrompt(getLineHead(text, line)) !== undefined))
    return [{ shell: readSession(text, lines) }];
  if (isShell) return [{ shell: readLines(text, lines) }];
  // Any text could be here. What parses as a shell script is read as one.
  if (!lines.some((line) => /\baws\b/i.test(text.slice(line.start, line.end)))) return [];
  const whole = readLines(text, lines);
  const syntax = parseShell(whole);
  if (syntax && !syntax.error) return [{ shell: whole }];
  return listCommandLines(text, lines).map((some) => ({ shell: readLines(text, some) }));
}

function readLines(text: string, lines: readonly ScriptLine[]) {
  const pieces = new DecodedTextBuilder(lines[0]!.start);
  for (const { start, next } of lines) pieces.copy(text, start, next);
  return toShellText(embedDecoded(pieces), { angled: true });
}

/** Of a terminal session only the commands after prompts. */
function readSession(text: string, lines: readonly ScriptLine[]) {
  const pieces = new DecodedTextBuilder(lines[0]!.start);
  let goesOn = false;
  for (const line of lines) {
    const { start, end, next } = line;
    const prompt = measurePrompt(getLineHead(text, line));
    if (!goesOn && prompt === undefined) {
      // Comments may be directives for the next command; anything else is output.
      if (/^[ \t]*#/.test(getLineHead(text, { start, end }))) pieces.copy(text, start, next);
      continue;
    }
    const more = goesOn ? (/^[ \t]*>[ \t]/.exec(getLineHead(text, { start, end }))?.[0].length ?? 0) : 0;
    pieces.copy(text, start + (goesOn ? more : (prompt ?? 0)), next);
    goesOn = line.isContinued;
  }
  return toShellText(embedDecoded(pieces), { angled: true });
}

/** The commands of a block that is no script as a whole, each with the lines that it goes on in. */
function listCommandLines(text: string, lines: readonly ScriptLine[]): ScriptLine[][] {
  const commands: ScriptLine[][] = [];
  let open: ScriptLine[] | undefined;
  let quote = "";
  for (const line of lines) {
    const head = getLineHead(text, line);
    if (!open && COMMAND_LINE.test(head)) {
      open = [];
      commands.push(open);
    }
    if (!open) continue;
    open.push(line);
    quote = findOpenQuote(text.slice(line.start, line.end), quote);
    if (quote === "" && !line.isContinued) open = undefined;
  }
  return commands;
}

/** The quote that is open at the end of a line; empty if there is none. */
function findOpenQuote(line: string, open: string): string {
  let quote = open;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (character === "\\" && quote !== "'") at++;
    else if (quote === "" && /['"]/.test(character)) quote = character;
    else if (character === quote) quote = "";
  }
  return quote;
}

/** Lines outside of any block that show a prompt and a command of the AWS CLI, as in an indented block. */
export function readPromptLines(text: string, lines: readonly ScriptLine[]): Script[] {
  const scripts: Script[] = [];
  let open: ScriptLine[] | undefined;
  for (const line of lines) {
    const head = getLineHead(text, line);
    if (!open) {
      const prompt = measurePrompt(head);
      if (prompt === undefined || !COMMAND_LINE.test(head.slice(prompt))) continue;
      open = [];
    }
    open.push(line);
    if (line.isContinued) continue;
    scripts.push({ shell: readSession(text, open) });
    open = undefined;
  }
  if (open) scripts.push({ shell: readSession(text, open) });
  return scripts;
}

/** The lines without the indentation of a block, up to `width` characters of it. */
export const dedentLines = (text: string, lines: readonly ScriptLine[], width: number): ScriptLine[] =>
  lines.map((line) => {
    let start = line.start;
    while (start < line.end && start - line.start < width && /[ \t]/.test(text[start]!)) start++;
    return { ...line, start };
  });

export const measureIndent = (text: string, { start, end }: Span): number => {
  let at = start;
  while (at < end && /[ \t]/.test(text[at]!)) at++;
  return at - start;
};
