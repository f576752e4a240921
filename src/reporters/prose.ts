import { harmless } from "../diagnostics/text.ts";

/**
 * Converts text to Markdown that renders literally. Escaping is not enough: GitHub looks for mentions, issue
 * numbers, addresses and emoji in the rendered page, where escapes are gone, but never inside code. Therefore
 * everything but ordinary words becomes a code span; text in backticks already is one.
 */
export function prose(text: string, place: "cell" | "line" = "line"): string {
  const pieces: Piece[] = [];
  for (const piece of piecesOf(harmless(text))) {
    const last = pieces.at(-1);
    // Adjacent code spans would be parsed as one span that contains backticks.
    if (last && !piece.spaced && last.code && piece.code) last.text += piece.text;
    else pieces.push(piece);
  }
  return pieces
    .map(({ text, code: isCode, spaced }) => (spaced ? " " : "") + (isCode ? code(text, place) : text))
    .join("")
    .trim();
}

/** Formats text as a code span. */
export function code(text: string, place: "cell" | "line" = "line"): string {
  const shown = harmless(text).replaceAll("`", "'");
  return `\`${place === "cell" ? withoutBars(shown) : shown || " "}\``;
}

/**
 * Markdown implementations disagree about a backslash before an escaped table bar, so that bar is replaced.
 */
const withoutBars = (text: string): string => text.replaceAll("|", text.includes("\\|") ? "¦" : "\\|") || " ";

interface Piece {
  text: string;
  code: boolean;
  /** Whether a space precedes it. */
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
/** Anything that could be an abbreviated commit id, which GitHub turns into a link. */
const COMMIT = /[0-9a-f]{7,}/;

const isPlain = (word: string): boolean =>
  (WORD.test(word) || NUMBER.test(word) || MARKS.test(word)) && !COMMIT.test(word);
