import { describe, expect, test } from "vitest";
import { decodeBytes } from "../../src/files/decode.ts";

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();
const utf32 = (text: string, endian: "LE" | "BE"): Buffer =>
  Buffer.concat(
    [...text].map((character) => {
      const four = Buffer.alloc(4);
      four[`writeUInt32${endian}`](character.codePointAt(0)!);
      return four;
    }),
  );

describe("decode() on UTF-8", () => {
  test.each([
    ["plain text", bytes("a: é\n"), "a: é\n"],
    ["with a byte order mark", bytes([0xef, 0xbb, 0xbf], "a: 1"), "a: 1"],
    ["only a byte order mark", bytes([0xef, 0xbb, 0xbf]), ""],
    [
      "two byte order marks, of which only the first is removed",
      bytes([0xef, 0xbb, 0xbf], "\u{feff}a"),
      "\u{feff}a",
    ],
    ["an empty file", bytes(), ""],
    ["one byte", bytes("a"), "a"],
    ["an encoded U+FFFD", bytes("\u{fffd}"), "\u{fffd}"],
    ["NUL bytes", bytes("a\0bc"), "a\0bc"],
    ["only NUL bytes", bytes([0, 0, 0, 0]), "\0\0\0\0"],
    ["an emoji", bytes("💥"), "💥"],
    ["carriage returns", bytes("a\r\nb"), "a\r\nb"],
  ])("decodes %s", (_name, given, text) => {
    expect(decodeBytes(given)).toEqual({ text });
  });

  test("decodes only the slice of a larger buffer", () => {
    expect(decodeBytes(Buffer.from("xxabcxx").subarray(2, 5))).toEqual({ text: "abc" });
  });
});

describe("decode() on other encodings", () => {
  const json = '{"operation": "a:b"}';
  test.each([
    ["UTF-16", bytes([0xff, 0xfe], [...Buffer.from("a: é", "utf16le")])],
    ["UTF-16", bytes([0xfe, 0xff], [...utf16be("a: é")])],
    ["UTF-16", Buffer.from(json, "utf16le")],
    ["UTF-16", utf16be(json)],
    ["UTF-16", Buffer.from("a: 1\n".repeat(40), "utf16le")],
    ["UTF-32", bytes([0xff, 0xfe, 0, 0], [...utf32("a", "LE")])],
    ["UTF-32", bytes([0, 0, 0xfe, 0xff], [...utf32("a", "BE")])],
    ["UTF-32", utf32(json, "LE")],
    ["UTF-32", utf32(json, "BE")],
  ])("names %s (case %#)", (encoding, given) => {
    expect(decodeBytes(given)).toEqual({
      problem: `the file is ${encoding}, not UTF-8`,
      help: `save it as UTF-8, for example with \`iconv -f ${encoding} -t UTF-8\``,
    });
  });
});

describe("decode() on invalid UTF-8", () => {
  test.each([
    ["in Latin-1 text", bytes("a: 1\nb: caf", [0xe9], "\n"), "e9", 2, 7],
    ["at the very start", bytes([0xe9], "a"), "e9", 1, 1],
    ["after wide characters", bytes("é💥", [0xff]), "ff", 1, 4],
    ["after an encoded U+FFFD", bytes("a\u{fffd}b", [0x80], "c"), "80", 1, 4],
    ["after a byte order mark", bytes([0xef, 0xbb, 0xbf], "ab", [0xc0], "c"), "c0", 1, 3],
    ["in the line of a second byte order mark", bytes("x\n\u{feff}", [0xff]), "ff", 2, 2],
    ["in a sequence truncated by the end of the file", bytes("a: ", [0xf0, 0x9f, 0x92]), "f0", 1, 4],
    ["in a sequence truncated by a line break", bytes("a: ", [0xc3], "\nb"), "c3", 1, 4],
    ["in an encoded surrogate", bytes("ab", [0xed, 0xa0, 0x80]), "ed", 1, 3],
    ["in an overlong form", bytes("ab", [0xc0, 0xaf]), "c0", 1, 3],
    ["after carriage returns", bytes("a\r\nb\r\n", [0x80]), "80", 3, 1],
  ])("reports the line and column of a byte %s", (_name, given, byte, line, column) => {
    expect(decodeBytes(given)).toEqual({
      problem: `the byte 0x${byte} in line ${line} is not UTF-8`,
      help: "save the file as UTF-8; it may be Latin-1 or binary",
      line,
      column,
    });
  });
});
