/** A value that was read; not known how IAM reads it; or certainly nothing of the kind. */
export type Read<Value> = Value | "dubious" | undefined;

const PLAIN = /^-?\d+(?:\.\d+)?$/;
/** What some readers of numbers take, and others don't. */
const LENIENT = /^\s*[+-]?(?:0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)[dfl]?\s*$/i;
/** As many digits a double holds exactly. */
const MOST_DIGITS = 15;

/** IAM user guide, "Numeric condition operators": "an integer or decimal value", which leaves the other spellings open. */
export function numberOf(text: string): Read<number> {
  if (!PLAIN.test(text)) return LENIENT.test(text) ? "dubious" : undefined;
  const digits = text.replace(/\D/g, "").replace(/^0+/, "");
  return digits.length > MOST_DIGITS ? "dubious" : Number(text);
}
