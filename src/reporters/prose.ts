import { harmless } from "../diagnostics/text.ts";

/**
 * Text as Markdown that means nothing but itself. Escaping isn't enough: GitHub looks for mentions, issue numbers,
 * addresses and emoji in the finished page, where an escape is no longer one, but never in code. So whatever is not
 * an ordinary word becomes a code span, and what stands in backticks is one already.
 */
export function prose(text: string, place: "cell" | "line" = "line"): string {
  const pieces: Piece[] = [];
  for (const piece of piecesOf(harmless(text))) {
    const last = pieces.at(-1);
    // Two code spans side by side would be read as one with backticks inside.
    if (last && !piece.spaced && last.code && piece.code) last.text += piece.text;
    else pieces.push(piece);
  }
  return pieces
    .map(({ text, code: isCode, spaced }) => (spaced ? " " : "") + (isCode ? code(text, place) : text))
    .join("")
    .trim();
}

/** Text as a code span. */
export function code(text: string, place: "cell" | "line" = "line"): string {
  const shown = harmless(text).replaceAll("`", "'");
  return `\`${place === "cell" ? withoutBars(shown) : shown || " "}\``;
}

/** Readers disagree about a backslash before the escaped bar of a table, so there the bar is drawn. */
const withoutBars = (text: string): string => text.replaceAll("|", text.includes("\\|") ? "¦" : "\\|") || " ";

interface Piece {
  text: string;
  code: boolean;
  /** Is there a space before it? */
  spaced: boolean;
}

function* piecesOf(text: string): Generator<Piece> {
  let spaced = false;
  for (const [index, part] of text.split("`").entries()) {
    if (index % 2 === 1) {
      yield part === "" ? { text: "(empty)", code: false, spaced } : { text: part, code: true, spaced };
      spaced = false;
      continue;
    }
    for (const [at, word] of part.split(" ").entries()) {
      if (at > 0) spaced = true;
      if (word === "") continue;
      yield { text: word, code: !isPlain(word), spaced };
      spaced = false;
    }
  }
}

const WORD = /^\(?[A-Za-z]+(?:['-][A-Za-z]+)*\)?[,.;:?!]?\)?$/;
const NUMBER = /^\(?\d{1,3}(?:,\d{3})*\)?[,.;:]?\)?$/;
const MARKS = /^[,.;:?()]{1,2}$/;
/** What could be the beginning of a commit's name. */
const COMMIT = /[0-9a-f]{7,}/;

const isPlain = (word: string): boolean =>
  (WORD.test(word) || NUMBER.test(word) || MARKS.test(word)) && !COMMIT.test(word);
