/** Longer texts are few, and not worth the memory. */
const MAX_LENGTH = 2048;

/**
 * A function of a text that keeps its results, since the same texts are evaluated again and again. It forgets all of
 * them when there are too many.
 */
export function keepResults<Result>(
  compute: (text: string) => Result,
  most = 1000,
): (text: string) => Result {
  const kept = new Map<string, Result>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const result = compute(text);
    if (text.length > MAX_LENGTH) return result;
    if (kept.size >= most) kept.clear();
    kept.set(text, result);
    return result;
  };
}
