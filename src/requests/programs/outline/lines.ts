/** A line of code that is not blank. */
export interface CodeLine {
  start: number;
  /** Behind the end of the line. */
  end: number;
  indent: number;
  /** As many brackets are open where the line begins, and where it ends. */
  before: number;
  after: number;
  code: string;
}

/** ASCII characters that are trimmed, and what brackets add to the depth. */
const BLANKS = new Uint8Array(128);
for (const char of "\t\n\v\f\r ") BLANKS[char.charCodeAt(0)] = 1;
const DEPTHS = new Int8Array(128);
for (const char of "([{") DEPTHS[char.charCodeAt(0)] = 1;
for (const char of ")]}") DEPTHS[char.charCodeAt(0)] = -1;

const NEWLINE = 0x0a;

/**
 * The lines of code in which comments and the content of strings are blank. One loop that calls nothing: it looks at each character of
 * a program, mostly before V8 has optimised it.
 */
export function linesOf(code: string): CodeLine[] {
  const lines: CodeLine[] = [];
  let [start, from, to, depth, before] = [0, -1, 0, 0, 0];
  for (let at = 0; at <= code.length; at++) {
    const char = at < code.length ? code.charCodeAt(at) : NEWLINE;
    if (char === NEWLINE) {
      const end = Math.min(at + 1, code.length);
      if (from >= 0)
        lines.push({ start, end, indent: from - start, before, after: depth, code: code.slice(from, to) });
      [start, from, before] = [end, -1, depth];
      continue;
    }
    if (char < 128 ? BLANKS[char] === 1 : isBlank(code.charAt(at))) continue;
    if (from < 0) from = at;
    to = at + 1;
    depth += char < 128 ? DEPTHS[char]! : 0;
  }
  return lines;
}

const isBlank = (char: string): boolean => char.trim() === "";
