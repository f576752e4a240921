// Converts the prose of a page to plain text: paragraphs and sentences, without reStructuredText markup.

const NOT_PROSE = [".. note::    This is a Tagged Union", "This field is autopopulated if not provided."];

/** Splits prose into paragraphs; list items and notes are paragraphs of their own. */
export function paragraphs(prose: string[]): string[] {
  const found: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) found.push(plain(open.join(" ")));
    open = [];
  };
  for (const line of prose) {
    const text = withoutNotes(line);
    if (text === "" || text.startsWith("* ") || text.startsWith(".. ")) close();
    if (text === "" || text.startsWith(".. ")) continue;
    open.push(text.startsWith("* ") ? text.slice(2) : text);
  }
  close();
  return found.filter((text) => text !== "");
}

/** Removes the notes that boto3 appends to a member's own prose. */
function withoutNotes(line: string): string {
  let text = line;
  for (const note of NOT_PROSE) {
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

export function plain(text: string): string {
  return MARKUP.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text).trim();
}

/**
 * Splits a paragraph into sentences: at a full stop, question or exclamation mark before white space that no
 * lower-case letter follows.
 */
export function sentences(paragraph: string): string[] {
  return paragraph.split(/(?<=[.?!][")’”]?)\s+(?=[^a-z\s])/);
}

const LONGEST_DESCRIPTION = 300;

/** The first sentence, where a whole paragraph would be too much. */
export function summary(prose: string[]): string | undefined {
  const [first] = paragraphs(prose);
  return first === undefined ? undefined : shortened(sentences(first)[0] ?? first);
}

/** The first paragraph, cut after a sentence if it is too long. */
export function description(prose: string[]): string | undefined {
  const [first] = paragraphs(prose);
  return first === undefined ? undefined : shortened(first);
}

function shortened(first: string): string {
  if (first.length <= LONGEST_DESCRIPTION) return first;
  let text = "";
  for (const sentence of sentences(first)) {
    if (text.length + sentence.length >= LONGEST_DESCRIPTION) break;
    text = text === "" ? sentence : `${text} ${sentence}`;
  }
  return (
    text ||
    `${first
      .slice(0, first.lastIndexOf(" ", LONGEST_DESCRIPTION) + 1)
      .slice(0, LONGEST_DESCRIPTION)
      .trim()}…`
  );
}
