import { escapeHarmful } from "../diagnostics/text.ts";
import { escapeLineStart } from "./line.ts";

/** The number of terminal columns that a text takes; wide characters take two. */
export function measureWidth(text: string): number {
  let columns = 0;
  for (const character of escapeHarmful(text.replaceAll("\t", "    "))) columns += widthOf(character);
  return columns;
}

/** Expressions with properties of Unicode take long to set up, and most text has none of their characters. */
function widthOf(character: string): number {
  if (character < "\u0300") return 1;
  const wide =
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
  if (wide.test(character)) return 2;
  return /\p{Mn}/u.test(character) ? 0 : 1;
}

interface WrapOptions {
  /** The columns of the terminal; undefined leaves the text in one line, so that it can be searched. */
  columns: number | undefined;
  /** The columns that the first line has lost to what precedes it. */
  first: number;
  /** What the other lines begin with. */
  indent: string;
}

/** Too narrow a terminal would leave a word per line. */
const MIN_COLUMNS = 40;

/** Breaks a text into lines between words; what is in backticks stays together, so that it can be copied. */
export function wrapText(text: string, { columns, first, indent }: WrapOptions): string {
  if (columns === undefined) return text;
  const most = Math.max(columns, MIN_COLUMNS);
  let used = first;
  const lines = [""];
  for (const word of splitWords(text)) {
    const width = measureWidth(word);
    const isFirst = lines.at(-1) === "" || lines.at(-1) === indent;
    if (!isFirst && used + 1 + width > most) {
      lines.push(indent + word);
      used = indent.length + width;
    } else {
      lines[lines.length - 1] += isFirst ? word : ` ${word}`;
      used += width + (isFirst ? 0 : 1);
    }
  }
  return lines.map((line, index) => (index === 0 ? line : escapeLineStart(line))).join("\n");
}

function splitWords(text: string): string[] {
  const words: string[] = [];
  let isInside = false;
  for (const word of text.split(" ")) {
    if (isInside) words[words.length - 1] += ` ${word}`;
    else words.push(word);
    if (word.split("`").length % 2 === 0) isInside = !isInside;
  }
  return words;
}
