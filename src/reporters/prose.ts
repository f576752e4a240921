import { escapeHarmful } from "../diagnostics/text.ts";

/**
 * Converts text to Markdown that renders literally. Escaping is not enough: GitHub looks for mentions, issue
 * numbers, addresses and emoji in the rendered page, where escapes are gone, but never inside code. Therefore
 * everything but ordinary words becomes a code span; text in backticks already is one.
 */
export function toMarkdownProse(text: string, place: "cell" | "line" = "line"): string {
  const pieces: ProsePiece[] = [];
  for (const piece of splitPieces(escapeHarmful(text))) {
    const last = pieces.at(-1);
    // Adjacent code spans would be parsed as one span that contains backticks.
    if (last && !piece.spaced && last.code && piece.code) last.text += piece.text;
    else pieces.push(piece);
  }
  return pieces
    .map(({ text, code: isCode, spaced }) => (spaced ? " " : "") + (isCode ? toCodeSpan(text, place) : text))
    .join("")
    .trim();
}

/** Formats text as a code span. */
export function toCodeSpan(text: string, place: "cell" | "line" = "line"): string {
  const shown = escapeHarmful(text).replaceAll("`", "'");
  return `\`${place === "cell" ? escapeBars(shown) : shown || " "}\``;
}

/**
 * Markdown implementations disagree about a backslash before an escaped table bar, so that bar is replaced.
 */
const escapeBars = (text: string): string => text.replaceAll("|", text.includes("\\|") ? "¦" : "\\|") || " ";

interface ProsePiece {
  text: string;
  code: boolean;
  /** Whether a space precedes it. */
  spaced: boolean;
}

function* splitPieces(text: string): Generator<ProsePiece> {
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
      yield { text: word, code: !isPlainWord(word), spaced };
      spaced = false;
    }
  }
}

const WORD = /^\(?[A-Za-z]+(?:['-][A-Za-z]+)*\)?[,.;:?!]?\)?$/;
const NUMBER = /^\(?\d{1,3}(?:,\d{3})*\)?[,.;:]?\)?$/;
const PUNCTUATION = /^[,.;:?()]{1,2}$/;
/** Anything that could be an abbreviated commit id, which GitHub turns into a link. */
const COMMIT_ID = /[0-9a-f]{7,}/;

const isPlainWord = (word: string): boolean =>
  (WORD.test(word) || NUMBER.test(word) || PUNCTUATION.test(word)) && !COMMIT_ID.test(word);
