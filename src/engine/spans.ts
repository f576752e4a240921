import type { Span } from "../diagnostics/lines.ts";

/**
 * Whether any of the offsets (ascending) lies within the span. Binary search: a file may have very many
 * faults.
 */
export function hasOffsetWithin(offsets: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < offsets.length && offsets[low]! < end;
}

/** Trims trailing white space from a span, so that the marker ends under text. */
export function trimSpan({ start, end }: Span, text: string): Span {
  let last = end;
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  return { start, end: last };
}
