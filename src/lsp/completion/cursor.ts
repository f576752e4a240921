import { endOfLine } from "../../diagnostics/lines.ts";
/** Stands in the text where the cursor is; containers that change the case of a name's first letter keep it. */
export const MARK = "CountersignCursor";

/** What is being written at the cursor. */
export interface CursorWord {
  /** The span of the word, in JSON with its quotes. */
  start: number;
  end: number;
  /** The text of the line before the word. */
  lineBefore: string;
  /** The word up to the cursor. */
  prefix: string;
  isJson: boolean;
  hasColon: boolean;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** Is a document JSON? One in YAML may hold JSON in a text, which its quotes tell. */
export const isJsonDocument = (file: string, text: string): boolean =>
  /\.(?:json|jsonc|ipynb|template)$/i.test(file) && /^\s*[[{]/.test(text);

/** The longest part of a line that is looked at: a minified file has one line. */
const MAX_LINE = 2000;

export function findCursorWord(file: string, text: string, offset: number): CursorWord {
  const isJson = isJsonDocument(file, text);
  const before = text.slice(Math.max(lineStart(text, offset), offset - MAX_LINE), offset);
  const after = text.slice(offset, Math.min(endOfLine(text, offset), offset + MAX_LINE));
  const prefix = /(?<![\w:.-])[\w:.-]*$/.exec(before)?.[0] ?? "";
  const suffix = /^[\w:.-]*/.exec(after)?.[0].replace(/:$/, "") ?? "";
  const opens = isJson && before.at(-prefix.length - 1) === '"';
  const closes = opens && after.charAt(suffix.length) === '"';
  const start = offset - prefix.length - (opens ? 1 : 0);
  const end = offset + suffix.length + (closes ? 1 : 0);
  return {
    start,
    end,
    lineBefore: before.slice(0, before.length - prefix.length - (opens ? 1 : 0)),
    prefix,
    isJson,
    hasColon: /^\s*:/.test(text.slice(end, end + MAX_LINE)),
  };
}

/** The texts that a document with the mark in it may be: what is half written parses in one of these ways. */
export function* listMarkedTexts(
  text: string,
  { start, end, isJson, lineBefore, hasColon }: CursorWord,
): Generator<string> {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const isKeyPlace = isJson || /^\s*(?:- +)*$|[{,]\s*$/.test(lineBefore);
  const word = isJson ? `"${MARK}"` : MARK;
  const asKey = isJson ? [`${word}: 0`, `${word}: 0,`, `,${word}: 0`] : [`${word}: 0`];
  const words = hasColon ? [word] : isKeyPlace && !/:\s*$/.test(lineBefore) ? [...asKey, word] : [word];
  for (const marked of words) yield before + marked + after;
}
