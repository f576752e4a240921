const PLACEHOLDERS = new Set(
  (
    "todo tbd tba fixme xxx na none null nil nothing no yes ok okay test tests testing asdf qwerty foo bar foobar baz " +
    "placeholder justification reason justify because changeme change fillme fillthisin dummy example sample " +
    "lorem loremipsum temp tmp unknown undefined empty blank later see hello text string your your reason goes here"
  ).split(" "),
);

/** Words that make a text a placeholder: some wherever they stand in it, some where it begins with them. */
const MARKS =
  /\b(?:todo|tbd|fixme|changeme|fill me in|fill this in|lorem ipsum)\b|^\W*(?:xxx+|placeholder|n\/a)\b(?!\.)/i;

/** A template that nobody has filled in; in linear time, whatever the text. */
const TEMPLATES: readonly (readonly [string, string])[] = [
  ["${", "}"],
  ["{{", "}}"],
];

const isTemplate = (text: string): boolean =>
  TEMPLATES.some(([open, close]) => {
    const at = text.indexOf(open);
    return at >= 0 && text.indexOf(close, at) > at;
  }) || /<[A-Za-z][^<>]{0,200}>/.test(text);

/** Is this a text that somebody wrote to have written something? */
export function isPlaceholderText(text: string): boolean {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  if (!/\p{L}/u.test(letters) || new Set(letters).size <= 2 || MARKS.test(text) || isTemplate(text))
    return true;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length > 1 && new Set(words).size === 1) return true;
  return PLACEHOLDERS.has(letters) || words.every((word) => PLACEHOLDERS.has(word)) || isRepeated(letters);
}

/** `abcabcabc`: one short piece over and over. */
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
