import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Path } from "../../src/diagnostics/pointer.ts";
import type { ParsedText } from "../../src/documents/document.ts";
import { parseJson } from "../../src/documents/json/json.ts";
import { findJsonSpan, parseJsonTree } from "../../src/documents/json/tree.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { runs } from "../support/scale.ts";

/** Replaces -0 by 0: YAML integers have no negative zero. */
const positive = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, part) => (Object.is(part, -0) ? 0 : part));

/** Any text that a JSON string can hold, including keys that are special in JavaScript objects. */
const key = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("__proto__", "constructor", "0", "", "<<"),
);
const leaf = fc.oneof(
  fc.string({ unit: "binary" }).filter((text) => !/\p{Cs}/u.test(text)),
  fc.constantFrom(null, true, false, '"', "\\", "\\u0041", "a: b", "{{x}}", "\u2028", "\u0085"),
  fc.maxSafeInteger(),
  fc.double({ noDefaultInfinity: true, noNaN: true }).filter((n) => !Number.isInteger(n)),
);
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
/** JSON text on one line or pretty-printed. */
const jsonText = fc
  .tuple(json.map(positive), fc.constantFrom(undefined, 1, 2, "\t"))
  .map(([value, space]) => ({
    value,
    text: JSON.stringify(value, null, space),
  }));

const only = (parsed: ParsedText): unknown => {
  expect(parsed.faults).toEqual([]);
  expect(parsed.documents).toHaveLength(1);
  return parsed.documents[0]!.value;
};

function* pathsOf(value: unknown, path: Path = []): Generator<[Path, unknown]> {
  yield [path, value];
  if (typeof value !== "object" || value === null) return;
  const parts = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [part, child] of parts) yield* pathsOf(child, [...path, part]);
}

describe("random JSON", () => {
  test("yields the same value natively, from the tree and from YAML", () => {
    fc.assert(
      fc.property(jsonText, ({ value, text }) => {
        deepStrictEqual(only(parseJson(text)), value);
        expect(parseJsonTree(text)).toMatchObject({ faults: [], root: { start: 0, end: text.length } });
        deepStrictEqual(parseJsonTree(text).root!.value, value);
        // YAML doesn't allow tabs as indentation, not even in flow style.
        if (!text.includes("\t")) deepStrictEqual(only(parseYaml(text)), value);
      }),
      { numRuns: runs(500) },
    );
  });

  test("has the positions of the tree, of keys and of what isn't there too", () => {
    fc.assert(
      fc.property(jsonText, fc.constantFrom("", " ", "\n\t"), ({ value, text }, around) => {
        const padded = `${around}${text}${around}`;
        const { root } = parseJsonTree(padded);
        const [document] = parseJson(padded).documents;
        for (const [path] of pathsOf(value)) {
          for (const at of ["key", "value"] as const) {
            for (const asked of [path, [...path, "absent"], [...path, 99]]) {
              const { start, end } = findJsonSpan(root!, asked, at);
              expect(document!.span(asked, at)).toEqual({ start, end });
            }
          }
        }
      }),
      { numRuns: runs(500) },
    );
  });

  test.each([
    ["json", parseJson],
    ["yaml", parseYaml],
  ] as const)("parsed as %s has positions that cover the text of each part", (_kind, parse) => {
    fc.assert(
      fc.property(jsonText, ({ value, text }) => {
        fc.pre(!text.includes("\t") || parse === parseJson);
        const { span } = parse(text).documents[0]!;
        for (const [path, part] of pathsOf(value)) {
          const { start, end } = span(path, "value");
          deepStrictEqual(JSON.parse(text.slice(start, end)), part);
          const name = path.at(-1);
          if (typeof name !== "string") continue;
          const key = span(path, "key");
          expect(JSON.parse(text.slice(key.start, key.end))).toBe(name);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  test("has duplicate keys detected in any escaped spelling", () => {
    const escaped = (text: string) =>
      [...text]
        .flatMap((c) => c.split(""))
        .map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
        .join("");
    fc.assert(
      fc.property(key, json, (name, value) => {
        const text = `{${JSON.stringify(name)}:${JSON.stringify(value)},\n"${escaped(name)}":1}`;
        const parsed = parseJson(text);
        expect(parsed.faults.map(({ code, span }) => [code, span.start])).toEqual([
          ["document/duplicate-key", text.lastIndexOf("\n") + 1],
        ]);
      }),
    );
  });
});

/** Deletes, inserts or replaces a few characters. */
const arbitraryDamaged = (texts: fc.Arbitrary<string>) =>
  fc
    .tuple(
      texts,
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.nat(2),
          fc.constantFrom(
            ..."{}[]:,\"'\\\n\r\t \0#&*!|>%@`?-0.eE+\u2028\u{feff}\ud800xu",
            "{{",
            "---\n",
            "- ",
            ": ",
            "<<",
          ),
        ),
        { minLength: 1, maxLength: 4 },
      ),
    )
    .map(([text, edits]) =>
      edits.reduce((left, [at, cut, put]) => {
        const from = at % (left.length + 1);
        return (
          left.slice(0, from) +
          (cut === 0 ? put : cut === 1 ? "" : put) +
          left.slice(from + (cut === 0 ? 0 : 1))
        );
      }, text),
    );

/** Expects valid positions, and messages without control characters. */
function expectSound(text: string, parsed: ParsedText): void {
  for (const { span, message, help } of parsed.faults) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
    expect(message + (help ?? "")).toMatch(/^[^\p{Cc}\p{Cs}\u2028-\u202e\ufeff]+$/u);
    expect(message.length).toBeLessThan(300);
  }
}

describe("damaged text", () => {
  test("is rejected as JSON exactly if the native parser rejects it", () => {
    fc.assert(
      fc.property(arbitraryDamaged(jsonText.map(({ text }) => text)), (text) => {
        let native: { value: unknown } | undefined;
        try {
          native = { value: JSON.parse(text) };
        } catch {}
        const parsed = parseJson(text);
        expectSound(text, parsed);
        const isRefused = parsed.faults.some(({ code }) => code === "document/syntax");
        expect(isRefused).toBe(native === undefined);
        expect(parsed.documents).toHaveLength(native ? 1 : 0);
        // The tree, which is not built for valid JSON, must agree.
        expect(parseJsonTree(text).root === undefined).toBe(native === undefined);
      }),
      { numRuns: runs(2000) },
    );
  });

  const YAML =
    "operation: a:b\n# c\nrequest: &r\n  - {d: 'e', \"f\": [1, *x]}\n  - |\n    g\n    h\n  - !T i\n  - ? j\n    : >-\n      k\n---\nl: *r\n";

  test.each([
    ["block style", fc.constant(YAML)],
    ["flow style", jsonText.map(({ text }) => text)],
  ] as const)(
    "from %s never makes the YAML parser throw, and every fault has a valid position",
    (_name, texts) => {
      fc.assert(
        fc.property(arbitraryDamaged(texts), (text) => {
          const parsed = parseYaml(text);
          expectSound(text, parsed);
          expect(parsed.documents.length + parsed.faults.length).toBeGreaterThan(0);
          for (const { value, span } of parsed.documents) {
            for (const [path] of pathsOf(value)) {
              const { start, end } = span(path, "value");
              expect(start).toBeLessThanOrEqual(end);
              expect(end).toBeLessThanOrEqual(text.length);
            }
          }
        }),
        { numRuns: runs(1000) },
      );
    },
  );

  test("of random characters never makes a parser throw", () => {
    const noise = fc.string({ unit: fc.constantFrom(..."{}[]:,\"'\\\n \t#&*!|>%@?-ab1.<"), maxLength: 60 });
    fc.assert(
      fc.property(noise, (text) => {
        expectSound(text, parseYaml(text));
        expectSound(text, parseJson(text));
      }),
      { numRuns: runs(5000) },
    );
  });
});
