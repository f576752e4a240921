const PLACEHOLDERS = new Set(
  (
    "todo tbd tba fixme xxx na none null nil nothing no yes ok okay test tests testing asdf qwerty foo bar foobar baz " +
    "placeholder justification reason justify because changeme change fillme fillthisin dummy example sample " +
    "lorem loremipsum temp tmp unknown undefined empty blank later see hello text string your your reason goes here"
  ).split(" "),
);

/** Words that make a text a placeholder: some anywhere in it, others only at its beginning. */
const PLACEHOLDER_MARKS =
  /\b(?:todo|tbd|fixme|changeme|fill me in|fill this in|lorem ipsum)\b|^\W*(?:xxx+|placeholder|n\/a)\b(?!\.)/i;

/**
 * The delimiters of unfilled template fields. They are searched as substrings to stay linear in the text's
 * length.
 */
const TEMPLATES: readonly (readonly [string, string])[] = [
  ["${", "}"],
  ["{{", "}}"],
];

const isTemplate = (text: string): boolean =>
  TEMPLATES.some(([open, close]) => {
    const at = text.indexOf(open);
    return at >= 0 && text.indexOf(close, at) > at;
  }) || /<[A-Za-z][^<>]{0,200}>/.test(text);

/** Whether a text is blank or filler rather than a real justification. */
export function isPlaceholderText(text: string): boolean {
  const lower = text.toLowerCase();
  const words = splitWords(lower);
  const letters = words.join("");
  if (!/\p{L}/u.test(letters) || hasFewCharacters(letters) || isTemplate(text)) return true;
  if (MARKED.some((word) => lower.includes(word)) && PLACEHOLDER_MARKS.test(text)) return true;
  if (words.length > 1 && words.every((word) => word === words[0])) return true;
  return PLACEHOLDERS.has(letters) || words.every((word) => PLACEHOLDERS.has(word)) || isRepeated(letters);
}

/** One of these is in every text that has a mark; looking for them is faster than trying the expression everywhere. */
const MARKED = ["todo", "tbd", "fixme", "changeme", "fill ", "lorem", "xxx", "placeholder", "n/a"];

/** Classes of Unicode take their time, and most texts are ASCII. */
const splitWords = (lower: string): string[] =>
  (/^[\0-\x7f]*$/.test(lower) ? lower.match(/[a-z0-9]+/g) : lower.match(/[\p{L}\p{N}]+/gu)) ?? [];

/** Whether a text is made of at most two characters. */
function hasFewCharacters(text: string): boolean {
  const seen = new Set<string>();
  for (const character of text) if (seen.add(character).size > 2) return false;
  return true;
}

/** Whether the text repeats one short piece, as in `abcabcabc`. */
function isRepeated(text: string): boolean {
  for (let length = 1; length <= 6 && length * 3 <= text.length; length++)
    if (hasPeriod(text, length)) return true;
  return false;
}

function hasPeriod(text: string, length: number): boolean {
  for (let index = length; index < text.length; index++)
    if (text.charCodeAt(index) !== text.charCodeAt(index - length)) return false;
  return true;
}
