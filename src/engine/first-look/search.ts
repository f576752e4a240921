import { FLAG_BITS, type WordTables } from "../../requests/mentions/scanner.ts";
import { writeSearchCode } from "../../requests/mentions/search-code.ts";

/** Searches the bytes at the beginning of a piece of memory. */
export interface Search {
  piece: Buffer;
  /** The state that a search ends in which finds nothing, or -1. Those of different searches are not the same. */
  find(length: number, wanted: number, from: number): number;
}

/** What a search in WebAssembly is made of, also in another thread. */
export interface SearchImage {
  code: Uint8Array<ArrayBuffer>;
  /** The memory as it is at first, which the piece stands behind. */
  memory: Uint8Array;
  /** Bytes. */
  pieceLength: number;
}

/** Bytes for the classes, which stand before the table. */
const TABLE = 256;
const ENTRY_BYTES = 4;

/** Bytes. The place in a table that is larger has no room in an entry, of which the highest bit is for -1. */
const MAX_TABLE = 2 ** (31 - FLAG_BITS) * ENTRY_BYTES;

/** Undefined for words so many that their table is too large. */
export function createSearchImage(
  { next, classes }: WordTables,
  pieceLength: number,
): SearchImage | undefined {
  if (next.byteLength > MAX_TABLE) return undefined;
  const memory = new Uint8Array(TABLE + next.byteLength);
  memory.set(classes.map((each) => each * ENTRY_BYTES));
  new Uint32Array(memory.buffer, TABLE).set(next);
  const bits = FLAG_BITS - Math.log2(ENTRY_BYTES);
  return { code: writeSearchCode({ bits, table: TABLE }), memory, pieceLength };
}
