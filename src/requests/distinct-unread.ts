import type { Unread } from "./request.ts";

/**
 * Each call once: of two readers that couldn't read it, both may say so, and one that couldn't read a whole definition
 * doesn't know which calls are in it.
 */
export function listDistinctUnread(unread: readonly Unread[]): Unread[] {
  const named = unread.filter(({ operation }) => operation !== undefined);
  const seen = new Set<string>();
  return unread.filter((one) => {
    const { start, end } = one.span;
    const key = `${start} ${one.operation?.toLowerCase() ?? one.why}`;
    const isKnown = seen.has(key);
    seen.add(key);
    return (
      !isKnown && (one.operation !== undefined || !named.some(({ span }) => isWithin(span, { start, end })))
    );
  });
}

const isWithin = (inner: Unread["span"], outer: Unread["span"]): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;
