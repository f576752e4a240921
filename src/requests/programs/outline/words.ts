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

const NAME = /(?<![\w$])(?<!(?<!\.\.)\.)[A-Za-z_$][\w$]*/g;

/** The same, without names of members, of which `...name` is none. */
export const namesIn = (code: string): Set<string> => without(code.match(NAME));

const without = (words: readonly string[] | null): Set<string> =>
  new Set((words ?? []).filter((word) => !KEYWORDS.has(word)));

/** The places of code that mention a name, which is no member there. */
export function* mentionsOf(name: string, code: string): Generator<number> {
  for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + 1)) {
    const isWhole = !isWordAt(code, at - 1) && !isWordAt(code, at + name.length);
    const isMember = code[at - 1] === "." && !code.startsWith("...", at - 3);
    if (isWhole && !isMember) yield at;
  }
}

/** The same places, for all names at once. */
export function placesByName(code: string): Map<string, number[]> {
  const all = new Map<string, number[]>();
  for (const { 0: name, index } of code.matchAll(NAME)) {
    const places = all.get(name);
    if (places) places.push(index);
    else all.set(name, [index]);
  }
  return all;
}

const WORD = /[\w$]/;
const isWordAt = (code: string, at: number): boolean => WORD.test(code.charAt(at));

/** Is what stands at a place the call of a method? */
export const isMethodCallAt = (code: string, end: number): boolean => {
  METHOD_CALL.lastIndex = end;
  return METHOD_CALL.test(code);
};

const METHOD_CALL = /\s*\.\s*\w+\s*\(/y;
