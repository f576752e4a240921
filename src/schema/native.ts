/**
 * What JSON has no word for, as symbols: no schema takes a symbol, so what isn't known to be right is wrong.
 */

/** A Date, which SDKs take for a timestamp. */
export const TIMESTAMP = Symbol("Date");

/** A Uint8Array and its like, which SDKs take for a blob. */
export const BYTES = Symbol("bytes");

/** An object of some class, which no request can hold. */
export const foreignObject = (name: string): symbol => Symbol(name);

const TAKEN: Readonly<Record<symbol, string>> = { [TIMESTAMP]: "timestamp", [BYTES]: "blob" };

/** The AWS type that takes a native value; undefined for every other value. */
export const awsTypeOf = (value: unknown): string | undefined =>
  typeof value === "symbol" ? TAKEN[value] : undefined;
