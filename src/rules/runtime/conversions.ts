import { isTimeValue } from "./time.ts";

const LIMIT = 2 ** 63;

/** `int(value)`. Throws for what is no number, or too large. */
export function parseInteger(value: unknown): bigint | undefined {
  if (isTimeValue(value)) return value.message.seconds;
  if (typeof value === "bigint") return value;
  if (typeof value === "string") return checkSize(BigInt(value));
  if (typeof value !== "number") return undefined;
  if (!(value > -LIMIT && value < LIMIT)) throw createOverflow();
  return BigInt(Math.trunc(value));
}

function checkSize(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) throw createOverflow();
  return value;
}

const createOverflow = (): Error => new Error("int overflow during type conversion");

/** `double(value)` */
export const toDouble = (value: unknown): number | undefined =>
  ["bigint", "number", "string"].includes(typeof value) ? Number(value) : undefined;
