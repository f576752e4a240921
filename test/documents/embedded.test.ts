import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document, ParsedText } from "../../src/documents/document.ts";
import { Unknown } from "../../src/documents/document.ts";
import type { EmbeddedText } from "../../src/documents/embedded.ts";
import { parseEmbedded, readEmbeddedText } from "../../src/documents/embedded.ts";
import { parseJson } from "../../src/documents/json/json.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { runs } from "../support/scale.ts";

const first = ({ documents: [document], faults }: ParsedText): Document => {
  expect(faults).toEqual([]);
  return document!;
};

const embedded = (source: string, path: (string | number)[], parse = parseYaml): EmbeddedText =>
  readEmbeddedText(source, first(parse(source)), path)!;

/** The source of a part of an embedded text. */
const written = (source: string, inside: EmbeddedText, part: string): string => {
  const start = inside.text.indexOf(part);
  expect(start).toBeGreaterThanOrEqual(0);
  const span = inside.span({ start, end: start + part.length });
  return source.slice(span.start, span.end);
};

describe("embeddedText()", () => {
  it("maps offsets of a JSON string through its escapes", () => {
    const source = String.raw`{"a": "x\"\u00e9\ud83d\ude00\n😀y"}`;
    const inside = embedded(source, ["a"], parseJson);
    expect(inside.text).toBe('x"é😀\n😀y');
    expect(written(source, inside, "é😀\n")).toBe(String.raw`\u00e9\ud83d\ude00\n`);
    expect(written(source, inside, "😀y")).toBe("😀y");
    expect(inside.at(inside.text.length)).toBe(source.length - 2);
  });

  it.each([
    ["plain", "k: one two\n  three\n\n  four five\n"],
    ["single quotes", "k: 'one two\n  three  \n\n  four five '\n"],
    ["double quotes", 'k: "one two\n  three\\\n   \n  four five"\n'],
    ["literal", "k: |\n  one two\n    three\n\n  four five\n\n"],
    ["literal, keep chomping", "k: |+\n\n  one two\n  three\n  four five\n\n   \n"],
    ["literal, strip chomping", "k: |-\n  one two\n  three\n  four five\n\n"],
    ["literal with an indentation indicator", "k:\n  k2: |1\n     one two\n   three\n    four five\n"],
    ["folded", "k: >\n  one two\n  three\n\n  four five\n   more\n  less\n"],
    ["folded, with a comment", "k: >- # why\n  one two\n  three\n\n\n    four five\n"],
    ["literal with CRLF", "k: |\r\n  one two\r\n  three\r\n  four five\r\n"],
  ])("decodes a YAML scalar (%s) as the parser does, with the position of each word", (_style, source) => {
    const document = first(parseYaml(source));
    const value = document.value as { k: string | { k2: string } };
    const path = typeof value.k === "string" ? ["k"] : ["k", "k2"];
    const inside = readEmbeddedText(source, document, path)!;
    expect(inside.text).toBe(typeof value.k === "string" ? value.k : value.k.k2);
    for (const word of ["one", "two", "three", "four", "five", "four five"])
      expect(written(source, inside, word)).toBe(word);
  });

  it("decodes a tagged scalar, although its value is unknown", () => {
    const source = 'k: !Sub "a ${b}"\n';
    const document = first(parseYaml(source));
    expect((document.value as { k: unknown }).k).toBeInstanceOf(Unknown);
    const inside = readEmbeddedText(source, document, ["k"])!;
    expect(inside.text).toBe("a ${b}");
    expect(written(source, inside, "${b}")).toBe("${b}");
  });

  it("is undefined for a value that is not a text", () => {
    const document = first(parseYaml("a: 1\nb: [x]\n"));
    expect(readEmbeddedText("", document, ["a"])).toBeUndefined();
    expect(readEmbeddedText("", document, ["b"])).toBeUndefined();
    expect(readEmbeddedText("", document, ["c"])).toBeUndefined();
  });

  it("has the position of the alias for an aliased text", () => {
    const source = "a: &a text\nb: *a\n";
    const inside = embedded(source, ["b"]);
    expect(inside.text).toBe("text");
    expect(source.slice(inside.span({ start: 1, end: 2 }).start)).toBe("*a\n");
  });

  it("maps offsets through several levels of embedding", () => {
    const innermost = JSON.stringify({ Key: "vé\n" });
    const middle = JSON.stringify({ Input: innermost });
    const source = `a:\n  b: |\n    \n    ${middle}\n`;
    const outer = embedded(source, ["a", "b"]);
    const document = first(parseEmbedded(outer));
    const inner = readEmbeddedText(source, document, ["Input"])!;
    expect(inner.text).toBe(innermost);
    const last = first(parseEmbedded(inner));
    const span = last.span(["Key"], "value");
    expect(source.slice(span.start, span.end)).toBe(String.raw`\"vé\\n\"`);
    const key = last.span(["Key"], "key");
    expect(source.slice(key.start, key.end)).toBe(String.raw`\"Key\"`);
    const text = readEmbeddedText(source, last, ["Key"])!;
    expect(text.text).toBe("vé\n");
    expect(written(source, text, "\n")).toBe(String.raw`\\n`);
  });

  it("reports faults of an embedded document at positions in the file", () => {
    const source = String.raw`{"Input": "{\"a\": tru}"}`;
    const { faults } = parseEmbedded(embedded(source, ["Input"], parseJson));
    expect(faults.map(({ span }) => source.slice(span.start, span.end))).toEqual(["tru"]);
  });
});

describe("embeddedText() on random texts", () => {
  const word = fc.constantFrom(
    "a",
    "b c",
    "é😀",
    "'",
    '"',
    "\\",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "#",
    ": ",
    "x",
  );
  const texts = fc.array(word, { maxLength: 12 }).map((parts) => parts.join(""));
  const block = (text: string, indent: string): string =>
    text
      .split("\n")
      .map((line) => (line === "" ? "" : indent + line))
      .join("\n");
  const styles: ((text: string) => string)[] = [
    (text) => text.replaceAll("\n", "\n   "),
    (text) => JSON.stringify(text),
    (text) => `"${text.replaceAll(/["\\]/g, "\\$&").replaceAll("\n", "\n \n   ")}"`,
    (text) => `"a ${text.replaceAll(/["\\]/g, "").replaceAll("\n", "\\\n   ")}"`,
    (text) => `'${text.replaceAll("'", "''").replaceAll("\n", " \n\n   ")}'`,
    ...["|", "|-", "|+", ">", ">-", ">+"].map((head) => (text: string) => `${head}\n${block(text, "  ")}\n`),
    ...["|2", ">2+", ">-1"].map((head) => (text: string) => `${head}\n${block(text, "   ")}\n`),
  ];

  it("decodes YAML scalars as the parser does, with the position of each letter", () => {
    let read = 0;
    fc.assert(
      fc.property(texts, fc.constantFrom(...styles), fc.boolean(), (text, style, crlf) => {
        const unix = `key: ${style(text)}`;
        const source = crlf ? unix.replaceAll("\n", "\r\n") : unix;
        const { documents, faults } = parseYaml(source);
        const value = (documents[0]?.value as { key?: unknown } | undefined)?.key;
        if (faults.length > 0 || typeof value !== "string") return;
        read++;
        const inside = readEmbeddedText(source, documents[0]!, ["key"])!;
        expect(inside.text).toBe(value);
        let before = 0;
        for (const { index, 0: letter } of value.matchAll(/./gsu)) {
          const { start, end } = inside.span({ start: index, end: index + letter.length });
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThanOrEqual(start);
          before = start;
          if (/[^\s'"\\]/u.test(letter)) expect(source.slice(start, end)).toBe(letter);
        }
      }),
      { numRuns: runs(3000), seed: 7 },
    );
    expect(read).toBeGreaterThan(runs(3000) / 2);
  });

  it("maps the units of a JSON string to consecutive parts of its source", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const source = JSON.stringify([text]);
        const inside = embedded(source, [0], parseJson);
        expect(inside.text).toBe(text);
        const units = text.split("").map((_, at) => inside.span({ start: at, end: at + 1 }));
        const whole = units.map(({ start, end }) => source.slice(start, end)).join("");
        expect(JSON.parse(`"${whole}"`).length).toBeGreaterThanOrEqual(text.length);
        expect(inside.at(text.length)).toBe(source.length - 2);
      }),
      { numRuns: runs(300) },
    );
  });
});
