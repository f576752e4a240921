/** Making an integer takes longer than looking it up. */
const INTS = Array.from({ length: 16 }, (_, index) => BigInt(index));

/** A whole number that isn't negative as a CEL value. */
export const toCelInt = (size: number): bigint => INTS[size] ?? BigInt(size);
