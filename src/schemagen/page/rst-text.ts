// Converts the prose of a page to plain text: paragraphs and sentences, without reStructuredText markup.

const APPENDED_NOTES = [
  ".. note::    This is a Tagged Union",
  "This field is autopopulated if not provided.",
];

/** Splits prose into paragraphs; list items and notes are paragraphs of their own. */
export function splitParagraphs(prose: string[]): string[] {
  const found: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) found.push(stripMarkup(open.join(" ")));
    open = [];
  };
  for (const line of prose) {
    const text = stripNotes(line);
    if (text === "" || text.startsWith("* ") || text.startsWith(".. ")) close();
    if (text === "" || text.startsWith(".. ")) continue;
    open.push(text.startsWith("* ") ? text.slice(2) : text);
  }
  close();
  return found.filter((text) => text !== "");
}

/** Removes the notes that boto3 appends to a member's own prose. */
function stripNotes(line: string): string {
  let text = line;
  for (const note of APPENDED_NOTES) {
    const at = text.indexOf(note);
    if (at >= 0) text = text.slice(0, at).trimEnd();
  }
  return text;
}

// Each pattern stops at the next backtick or asterisk, so the total time is linear.
const MARKUP: [RegExp, string][] = [
  [/\s+/g, " "],
  [/``([^`]*)``/g, "$1"],
  [/:[a-z:]{2,20}:`([^`<]*)(?:<[^`]*)?`/g, "$1"],
  [/`([^`<]*[^`< ]) ?<[^`]*>`_{0,2}/g, "$1"],
  [/\*\*([^*]*)\*\*/g, "$1"],
  [/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, "$1"],
  [/\\([:*`_\\])/g, "$1"],
];

export function stripMarkup(text: string): string {
  return MARKUP.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text).trim();
}

/**
 * Splits a paragraph into sentences: at a full stop, question or exclamation mark before white space that no
 * lower-case letter follows.
 */
export function splitSentences(paragraph: string): string[] {
  return paragraph.split(/(?<=[.?!][")’”]?)\s+(?=[^a-z\s])/);
}

const MAX_DESCRIPTION_LENGTH = 300;

/** The first sentence, where a whole paragraph would be too much. */
export function summarizeProse(prose: string[]): string | undefined {
  const [first] = splitParagraphs(prose);
  return first === undefined ? undefined : shortenDescription(splitSentences(first)[0] ?? first);
}

/** The first paragraph, cut after a sentence if it is too long. */
export function describeProse(prose: string[]): string | undefined {
  const [first] = splitParagraphs(prose);
  return first === undefined ? undefined : shortenDescription(first);
}

function shortenDescription(first: string): string {
  if (first.length <= MAX_DESCRIPTION_LENGTH) return first;
  let text = "";
  for (const sentence of splitSentences(first)) {
    if (text.length + sentence.length >= MAX_DESCRIPTION_LENGTH) break;
    text = text === "" ? sentence : `${text} ${sentence}`;
  }
  return (
    text ||
    `${first
      .slice(0, first.lastIndexOf(" ", MAX_DESCRIPTION_LENGTH) + 1)
      .slice(0, MAX_DESCRIPTION_LENGTH)
      .trim()}…`
  );
}
