/** A pattern, taken apart. Texts are literal, whatever they hold: a variable's value may hold a `*`. */
export type Glob = readonly GlobPart[];
export type GlobPart = string | typeof ANY | typeof ONE;

/** `*`: any characters, none too. */
export const ANY: unique symbol = Symbol("*");
/** `?`: one character. */
export const ONE: unique symbol = Symbol("?");
