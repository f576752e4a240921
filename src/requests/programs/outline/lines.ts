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

const BRACKETS = /[()[\]{}]/g;
const OPENING: ReadonlySet<string> = new Set(["(", "[", "{"]);

/** The lines of code in which comments and the content of strings are blank. */
export function linesOf(code: string): CodeLine[] {
  const lines: CodeLine[] = [];
  let [start, depth] = [0, 0];
  for (const written of code.split("\n")) {
    const end = Math.min(start + written.length + 1, code.length);
    const text = written.trimStart();
    if (text !== "") {
      const before = depth;
      for (const bracket of text.match(BRACKETS) ?? []) depth += OPENING.has(bracket) ? 1 : -1;
      const indent = written.length - text.length;
      lines.push({ start, end, indent, before, after: depth, code: text.trimEnd() });
    }
    start = end;
  }
  return lines;
}
