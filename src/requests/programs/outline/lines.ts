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

/** The lines of code in which comments and the content of strings are blank. */
export function linesOf(code: string): CodeLine[] {
  const lines: CodeLine[] = [];
  let [start, depth] = [0, 0];
  for (const written of code.split("\n")) {
    const end = Math.min(start + written.length + 1, code.length);
    const text = written.trimStart();
    if (text !== "") {
      const before = depth;
      depth += openedIn(text);
      const indent = written.length - text.length;
      lines.push({ start, end, indent, before, after: depth, code: text.trimEnd() });
    }
    start = end;
  }
  return lines;
}

/** How many brackets more are opened than closed; by numbers of characters, since this looks at each of a program. */
function openedIn(code: string): number {
  let opened = 0;
  for (let at = 0; at < code.length; at++) {
    const char = code.charCodeAt(at);
    if (char === 0x28 || char === 0x5b || char === 0x7b) opened++;
    else if (char === 0x29 || char === 0x5d || char === 0x7d) opened--;
  }
  return opened;
}
