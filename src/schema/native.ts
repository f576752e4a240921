/**
 * Native values without a JSON counterpart, represented as symbols. No schema accepts a symbol, so they are
 * errors unless explicitly allowed.
 */

/** A Date, which SDKs accept as a timestamp. */
export const TIMESTAMP = Symbol("Date");

/** A Uint8Array or similar, which SDKs accept as a blob. */
export const BYTES = Symbol("bytes");

/** An instance of a class, which can't be part of a request. */
export const createForeignObject = (name: string): symbol => Symbol(name);

const ACCEPTED_BY: Readonly<Record<symbol, string>> = { [TIMESTAMP]: "timestamp", [BYTES]: "blob" };

/** The AWS type that accepts a native value; undefined for any other value. */
export const awsTypeOf = (value: unknown): string | undefined =>
  typeof value === "symbol" ? ACCEPTED_BY[value] : undefined;
