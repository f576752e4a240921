// Splits a page into lines with positions.

/** A position in a text; line and column start at 1. */
export type Position = { line: number; column: number };

export type PageLine = Position & {
  /** Number of spaces before the text; -1 if they include a tab. */
  indent: number;
  /** The line without surrounding white space. */
  text: string;
};

export function readLines(text: string): PageLine[] {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return text.slice(start).split("\n").map(toLine);
}

function toLine(raw: string, index: number): PageLine {
  const left = raw.trimStart();
  const width = raw.length - left.length;
  const indent = raw.slice(0, width).includes("\t") ? -1 : width;
  return { line: index + 1, column: width + 1, indent, text: left.trimEnd() };
}

/** The position just after a line's text. */
export function endPositionOf(line: PageLine): Position {
  return { line: line.line, column: line.column + line.text.length };
}
