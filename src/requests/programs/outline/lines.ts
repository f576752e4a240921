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

const TOKEN = /[()[\]{}]|\n/g;

/** The lines of code in which comments and the content of strings are blank. */
export function linesOf(code: string): CodeLine[] {
  const lines: CodeLine[] = [];
  let [start, before, depth] = [0, 0, 0];
  const addLine = (end: number): void => {
    const written = code.slice(start, end);
    const text = written.trim();
    const indent = text === "" ? 0 : written.length - written.trimStart().length;
    if (text !== "") lines.push({ start, end, indent, before, after: depth, code: text });
    [start, before] = [end, depth];
  };
  for (const { 0: token, index } of code.matchAll(TOKEN)) {
    if (token === "\n") addLine(index + 1);
    else depth += OPENING.has(token) ? 1 : -1;
  }
  addLine(code.length);
  return lines;
}

const OPENING: ReadonlySet<string> = new Set(["(", "[", "{"]);
