import { isUtf8 } from "node:buffer";

export type DecodeResult =
  | { text: string }
  | { problem: string; help: string; line?: number; column?: number };

const BYTE_ORDER_MARKS: readonly (readonly [number[], string])[] = [
  [[0xff, 0xfe, 0, 0], "UTF-32"],
  [[0, 0, 0xfe, 0xff], "UTF-32"],
  [[0xff, 0xfe], "UTF-16"],
  [[0xfe, 0xff], "UTF-16"],
];

/** Decodes the bytes of a file. Only UTF-8 is accepted; its byte order mark is removed. */
export function decodeBytes(bytes: Uint8Array): DecodeResult {
  const encoding = detectForeignEncoding(bytes);
  if (encoding) {
    return {
      problem: `the file is ${encoding}, not UTF-8`,
      help: `save it as UTF-8, for example with \`iconv -f ${encoding} -t UTF-8\``,
    };
  }
  if (!isUtf8(bytes)) return locateInvalidByte(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return { text: text.startsWith("\uFEFF") ? text.slice(1) : text };
}

/** The encoding of a text with a mark of it, or with zero bytes as in the ASCII characters of UTF-16. */
export function detectForeignEncoding(bytes: Uint8Array): string | undefined {
  for (const [mark, name] of BYTE_ORDER_MARKS) if (mark.every((byte, at) => bytes[at] === byte)) return name;
  // Without a byte order mark, every second byte of ASCII text in UTF-16 is zero, and three of four in
  // UTF-32.
  const head = bytes.subarray(0, 64);
  const zeros = (size: number, places: readonly number[]): boolean =>
    head.length >= size &&
    head.length % size === 0 &&
    head.every((byte, at) => (byte === 0) === places.includes(at % size));
  if (zeros(4, [0, 1, 2]) || zeros(4, [1, 2, 3])) return "UTF-32";
  return zeros(2, [0]) || zeros(2, [1]) ? "UTF-16" : undefined;
}

/** Where a text of UTF-8 begins, behind the byte order mark that it may have. */
export const findTextStart = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

/** Finds the first byte that is not UTF-8, with its line and column. */
function locateInvalidByte(bytes: Uint8Array): DecodeResult {
  // The byte order mark doesn't count as a column.
  let start = findTextStart(bytes);
  for (let line = 1; ; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = bytes.subarray(start, end);
    if (!isUtf8(text)) {
      const { column, byte } = findFirstInvalid(text);
      return {
        problem: `the byte 0x${byte.toString(16)} in line ${line} is not UTF-8`,
        help: "save the file as UTF-8; it may be Latin-1 or binary",
        line,
        column,
      };
    }
    if (newline < 0) return { problem: "the file is not UTF-8", help: "save it as UTF-8" };
    start = newline + 1;
  }
}

/**
 * Decoding replaces invalid bytes by U+FFFD, so the first U+FFFD that the bytes don't encode themselves marks
 * the position.
 */
function findFirstInvalid(bytes: Uint8Array): { column: number; byte: number } {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf("\uFFFD"); at >= 0; at = text.indexOf("\uFFFD", from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    const isMeant = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (!isMeant) return { column: at + 1, byte: bytes[offset] ?? 0 };
    offset += 3;
    from = at + 1;
  }
  return { column: 1, byte: bytes[0] ?? 0 };
}
