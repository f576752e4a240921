import { isUtf8 } from "node:buffer";

export type Decoded = { text: string } | { problem: string; help: string; line?: number; column?: number };

const MARKS: readonly (readonly [number[], string])[] = [
  [[0xff, 0xfe, 0, 0], "UTF-32"],
  [[0, 0, 0xfe, 0xff], "UTF-32"],
  [[0xff, 0xfe], "UTF-16"],
  [[0xfe, 0xff], "UTF-16"],
];

/** Bytes to text. Only UTF-8 is text here; a byte order mark of UTF-8 is fine and taken off. */
export function decode(bytes: Uint8Array): Decoded {
  const encoding = foreignEncoding(bytes);
  if (encoding) {
    return {
      problem: `the file is ${encoding}, not UTF-8`,
      help: `save it as UTF-8, for example with \`iconv -f ${encoding} -t UTF-8\``,
    };
  }
  if (!isUtf8(bytes)) return invalid(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return { text: text.startsWith("\uFEFF") ? text.slice(1) : text };
}

function foreignEncoding(bytes: Uint8Array): string | undefined {
  // Text has no zero bytes in UTF-8, and what isn't UTF-8 by a mark starts with a byte from 0xfe on.
  if (bytes[0]! < 0xfe && !bytes.subarray(0, 64).includes(0)) return undefined;
  for (const [mark, name] of MARKS) if (mark.every((byte, at) => bytes[at] === byte)) return name;
  // Without a mark, every second byte of UTF-16 text is zero.
  const head = bytes.subarray(0, 64);
  if (head.length < 4 || head.length % 2 !== 0) return undefined;
  const zeros = [0, 1].map((odd) => head.filter((byte, at) => at % 2 === odd && byte === 0).length);
  return zeros.some((count) => count === head.length / 2) ? "UTF-16" : undefined;
}

/** Which byte is not UTF-8, by line and column. */
function invalid(bytes: Uint8Array): Decoded {
  let start = 0;
  for (let line = 1; ; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = bytes.subarray(start, end);
    if (!isUtf8(text)) {
      const column = validLength(text) + 1;
      const [byte = 0] = text.subarray(Buffer.byteLength(new TextDecoder().decode(text).slice(0, column - 1)));
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

/** How many code units the longest valid beginning has. */
function validLength(bytes: Uint8Array): number {
  return new TextDecoder().decode(bytes).indexOf("\uFFFD");
}
