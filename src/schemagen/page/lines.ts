// A page as lines that know their places.

/** A 1-based place in a text. */
export type Place = { line: number; column: number };

export type Line = Place & {
  /** Spaces before the text; -1 when there is a tab among them. */
  indent: number;
  /** The line without the white space around it. */
  text: string;
};

export function readLines(text: string): Line[] {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return text.slice(start).split("\n").map(toLine);
}

function toLine(raw: string, index: number): Line {
  const left = raw.trimStart();
  const width = raw.length - left.length;
  const indent = raw.slice(0, width).includes("\t") ? -1 : width;
  return { line: index + 1, column: width + 1, indent, text: left.trimEnd() };
}

/** The place just behind a line's text. */
export function endOf(line: Line): Place {
  return { line: line.line, column: line.column + line.text.length };
}
