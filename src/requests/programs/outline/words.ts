/** What languages bring: no program gives it a value. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "def class return if else elif for while in not and or is None True False self this cls import from as with try except " +
    "finally raise pass lambda yield await async const let var function new typeof instanceof null undefined true false " +
    "export default static public private protected readonly final void func type struct map range package nil interface " +
    "extends implements throws throw catch switch case break continue do of int string bool float byte error err ctx chan " +
    "String Integer Long Boolean Object List Map Set int64 int32 number boolean any unknown Record Promise Array override"
  ).split(" "),
);

/** The words of code, but keywords. */
export const wordsIn = (code: string): Set<string> => without(code.match(/[A-Za-z_$][\w$]*/g));

/** The same, without names of members, of which `...name` is none. */
export const namesIn = (code: string): Set<string> =>
  without(code.match(/(?<![\w$])(?<!(?<!\.\.)\.)[A-Za-z_$][\w$]*/g));

const without = (words: readonly string[] | null): Set<string> =>
  new Set((words ?? []).filter((word) => !KEYWORDS.has(word)));

/** Matches code that mentions one of the names; of those that are opaque, calls of methods don't count. */
export function mentionPattern(names: readonly string[], opaque: ReadonlySet<string>): RegExp {
  const words = names.map((name) => {
    const word = name.replaceAll("$", "\\$");
    return opaque.has(name) ? `${word}(?!\\s*\\.\\s*\\w+\\s*\\()` : word;
  });
  return new RegExp(`(?<![\\w$])(?<!(?<!\\.\\.)\\.)(?:${words.join("|")})(?![\\w$])`);
}
