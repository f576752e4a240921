const PLACEHOLDERS = new Set(
  (
    "todo tbd tba fixme xxx na none null nil nothing no yes ok okay test tests testing asdf qwerty foo bar foobar baz " +
    "placeholder justification reason justify because changeme change fillme fillthisin dummy example sample " +
    "lorem loremipsum temp tmp unknown undefined empty blank later see hello text string your your reason goes here"
  ).split(" "),
);

/** Words that make a text a placeholder wherever they stand in it. */
const MARKS =
  /\b(?:todo|tbd|fixme|xxx+|changeme|fill me in|fill this in|lorem ipsum|placeholder)\b|<[^<>]*>|\$\{[^}]*\}|\{\{.*\}\}/i;

/** Is this a text that somebody wrote to have written something? */
export function isPlaceholderText(text: string): boolean {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  if (letters === "" || new Set(letters).size <= 2 || MARKS.test(text)) return true;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
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
