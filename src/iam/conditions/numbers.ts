/**
 * A parsed value; "dubious" when it isn't known how IAM parses it; undefined when it is certainly malformed.
 */
export type ParsedScalar<Value> = Value | "dubious" | undefined;

const PLAIN = /^-?\d+(?:\.\d+)?$/;
/** Forms that only some number parsers accept. */
const LENIENT = /^\s*[+-]?(?:0x[\da-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)[dfl]?\s*$/i;
/** Every number of so many decimal digits is exact in a double. */
const MAX_DIGITS = 15;

/**
 * Parses a number. IAM user guide, "Numeric condition operators": "an integer or decimal value", which leaves
 * other notations undefined.
 */
export function parseNumericValue(text: string): ParsedScalar<number> {
  if (!PLAIN.test(text)) return LENIENT.test(text) ? "dubious" : undefined;
  const digits = text.replace(/\D/g, "").replace(/^0+/, "");
  return digits.length > MAX_DIGITS ? "dubious" : Number(text);
}
