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
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  if (
    !/\p{L}/u.test(letters) ||
    new Set(letters).size <= 2 ||
    PLACEHOLDER_MARKS.test(text) ||
    isTemplate(text)
  )
    return true;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length > 1 && new Set(words).size === 1) return true;
  return PLACEHOLDERS.has(letters) || words.every((word) => PLACEHOLDERS.has(word)) || isRepeated(letters);
}

/** Whether the text repeats one short piece, as in `abcabcabc`. */
function isRepeated(text: string): boolean {
  for (let length = 1; length <= 6 && length * 3 <= text.length; length++) {
    if (
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length)
    )
      return true;
  }
  return false;
}
