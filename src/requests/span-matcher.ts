import type { Span } from "../diagnostics/lines.ts";

/**
 * Returns a test for whether an offset is inside any of the spans. Offsets must be tested in ascending order.
 */
export function createSpanMatcher(spans: readonly Span[]): (offset: number) => boolean {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let end = -1;
  return (offset) => {
    for (; next < sorted.length && sorted[next]!.start <= offset; next++)
      end = Math.max(end, sorted[next]!.end);
    return offset < end;
  };
}
