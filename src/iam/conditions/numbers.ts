/**
 * A parsed value; "dubious" when it isn't known how IAM parses it; undefined when it is certainly malformed.
 */
export type Read<Value> = Value | "dubious" | undefined;

const PLAIN = /^-?\d+(?:\.\d+)?$/;
/** Forms that only some number parsers accept. */
const LENIENT = /^\s*[+-]?(?:0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)[dfl]?\s*$/i;
/** Every number of so many decimal digits is exact in a double. */
const MOST_DIGITS = 15;

/**
 * Parses a number. IAM user guide, "Numeric condition operators": "an integer or decimal value", which leaves
 * other notations undefined.
 */
export function numberOf(text: string): Read<number> {
  if (!PLAIN.test(text)) return LENIENT.test(text) ? "dubious" : undefined;
  const digits = text.replace(/\D/g, "").replace(/^0+/, "");
  return digits.length > MOST_DIGITS ? "dubious" : Number(text);
}
