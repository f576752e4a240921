/** A set of code points, as ranges that are sorted and don't touch. */
export type CharSet = readonly (readonly [from: number, to: number])[];

/** A set of texts, as regular expressions describe one. */
export type Language =
  | { readonly kind: "char"; readonly set: CharSet }
  | { readonly kind: "sequence"; readonly parts: readonly Language[] }
  | { readonly kind: "either"; readonly options: readonly Language[] }
  /** `max` may be `Number.POSITIVE_INFINITY`. */
  | { readonly kind: "repeat"; readonly of: Language; readonly min: number; readonly max: number }
  /** The empty text, only where the whole text starts or ends. */
  | { readonly kind: "start" }
  | { readonly kind: "end" };

export const MAX_CODE_POINT = 0x10ffff;

export const START: Language = { kind: "start" };
export const END: Language = { kind: "end" };

export const char = (set: CharSet): Language => ({ kind: "char", set });

export const sequence = (...parts: readonly Language[]): Language => ({ kind: "sequence", parts });

export const either = (...options: readonly Language[]): Language => ({ kind: "either", options });

export const repeat = (of: Language, min: number, max = Number.POSITIVE_INFINITY): Language => ({
  kind: "repeat",
  of,
  min,
  max,
});

/** One text. */
export const literal = (text: string): Language =>
  sequence(...Array.from(text, (one) => char([[one.codePointAt(0)!, one.codePointAt(0)!]])));

/** Sorts ranges and joins those that touch. */
export function toCharSet(ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = [...ranges].sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Every code point that is not in the set. */
export function complement(set: CharSet): CharSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= MAX_CODE_POINT) gaps.push([next, MAX_CODE_POINT]);
  return gaps;
}
