import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Path } from "../../src/diagnostics/pointer.ts";
import { Unknown } from "../../src/documents/document.ts";
import { parseText } from "../../src/documents/parse.ts";
import { OpenObject } from "../../src/documents/partial.ts";
import { textFromParts } from "../../src/documents/parts.ts";
import { findRequests } from "../../src/requests/find.ts";
import { createOperationNames } from "../../src/requests/operations.ts";
import { runs } from "../support/scale.ts";

/** A JSON text in segments: literal text, or a reference that CloudFormation fills in. */
type Piece = string | { Ref: string };

/** Generated JSON with references, and the value that the reader should see. */
interface JsonWithReferences {
  pieces: Piece[];
  value: unknown;
}

const source = (name: string): string => `\${${name}}`;
const name = fc.stringMatching(/^[A-Z][a-z]{0,5}$/);
/** Text without anything that is a placeholder itself. */
const plain = fc
  .string({ unit: fc.constantFrom("a", "é", "😀", '"', "\\", "\n", "/", " ", "\ue000", "\ue0001", "b") })
  .map((text) => ({ pieces: [JSON.stringify(text)], value: text }));

const leaf: fc.Arbitrary<JsonWithReferences> = fc.oneof(
  plain,
  fc
    .oneof(fc.integer(), fc.boolean(), fc.constant(null))
    .map((value) => ({ pieces: [String(value)], value })),
  name.map((hole) => ({ pieces: [{ Ref: hole }], value: new Unknown(source(hole)) })),
  fc.tuple(plain, name, plain).map(([before, hole, after]) => ({
    pieces: [before.pieces[0]!.slice(0, -1), { Ref: hole }, after.pieces[0]!.slice(1)],
    value: textFromParts([before.value, { source: source(hole) }, after.value]),
  })),
);

const { json } = fc.letrec<{ json: JsonWithReferences }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie("json"), { maxLength: 3 }).map((items) => ({
      pieces: ["[", ...items.flatMap((item, index) => [...(index > 0 ? [", "] : []), ...item.pieces]), "]"],
      value: items.map((item) => item.value),
    })),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie("json"), { maxKeys: 3 }).map((members) => ({
      pieces: [
        "{",
        ...Object.entries(members).flatMap(([key, member], index) => [
          `${index > 0 ? "," : ""}\n${JSON.stringify(key)}: `,
          ...member.pieces,
        ]),
        "}",
      ],
      value: Object.fromEntries(Object.entries(members).map(([key, member]) => [key, member.value])),
    })),
  ),
}));

const ARN = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask";
const operations = createOperationNames(["fsx:CreateDataRepositoryTask"]);

/** A template of a schedule with the given input. */
const template = (Input: unknown, indent?: number): string =>
  JSON.stringify(
    { Resources: { S: { Type: "AWS::Scheduler::Schedule", Properties: { Target: { Arn: ARN, Input } } } } },
    null,
    indent,
  );

async function read(text: string) {
  const { requests, faults, unread } = findRequests(await parseText("t.json", text), text, { operations });
  return { request: requests[0]!, faults, unread };
}

/** The argument of an equivalent `Fn::Sub`. */
const toSub = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => (typeof piece === "string" ? piece.replaceAll("${", "${!") : `\${${piece.Ref}}`))
    .join("");

function* texts(value: unknown, path: Path = []): Generator<[Path, string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "object" && value !== null && !(value instanceof Unknown))
    for (const [key, part] of Object.entries(value)) yield* texts(part, [...path, key]);
}

describe("JSON with placeholders in a template", () => {
  test("yields all known values", async () => {
    await fc.assert(
      fc.asyncProperty(json, async ({ pieces, value }) => {
        const joined = await read(template({ "Fn::Join": ["", pieces] }));
        expect(joined).toMatchObject({ faults: [], unread: [] });
        expect(joined.request.payload).toEqual(value);
        const substituted = await read(template({ "Fn::Sub": toSub(pieces) }));
        expect(substituted.faults).toEqual([]);
        expect(substituted.request.payload).toEqual(value);
      }),
      { numRuns: runs(300), seed: 11 },
    );
  });

  test("maps each text to its position in the file", async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(json, fc.constantFrom(0, 2), async ({ pieces }, indent) => {
        const file = template({ "Fn::Sub": toSub(pieces) }, indent);
        const { payload, payloadPath, payloadDocument } = (await read(file)).request;
        for (const [path, value] of texts(payload)) {
          const { start, end } = payloadDocument!.span([...payloadPath, ...path], "value");
          // The text is in a JSON string inside of another JSON string.
          expect(JSON.parse(JSON.parse(`"${file.slice(start, end)}"`))).toBe(value);
          seen++;
        }
      }),
      { numRuns: runs(200), seed: 12 },
    );
    expect(seen).toBeGreaterThan(runs(200) / 4);
  });

  test.each<[string, unknown]>([
    ['{"a": 1, ${More}}', '{"a": 1, ${More}}'],
    ['{"a": 1 ${More}', '{"a": 1 ${More}'],
    ["${A}${B}", "${A}${B}"],
    ["[1${A}]", "[1${A}]"],
  ])("is unknown as a whole in %s", async (text, unknown) => {
    const { request, faults } = await read(template({ "Fn::Sub": text }));
    expect(faults).toEqual([]);
    expect(request.payload).toEqual(new Unknown(String(unknown)));
  });

  test("may have any member in place of one whose name is a placeholder", async () => {
    const { request, faults } = await read(template({ "Fn::Sub": '{"${Key}": 1, "a": 2}' }));
    expect(faults).toEqual([]);
    expect(request.payload).toEqual(new OpenObject("${Key}", { a: 2 }));
  });

  test("reports a syntax error before the first placeholder, or if all are in strings", async () => {
    for (const text of ['{"a": tru, "b": ${X}}', '{"a": "${X}", "b": tru}']) {
      const file = template({ "Fn::Sub": text });
      const { request, faults } = await read(file);
      expect(request).toBeUndefined();
      expect(faults.map(({ code, span }) => [code, file.slice(span.start, span.end)])).toEqual([
        ["document/syntax", "tru"],
      ]);
    }
  });

  test("accepts the placeholders of other tools", async () => {
    const { request } = await read(template('{"a": {{ x }}, "b": [${y}, <Z>], "c": "{% d %}"}'));
    expect(request.payload).toEqual({
      a: new Unknown("{{ x }}"),
      b: [new Unknown("${y}"), new Unknown("<Z>")],
      c: new Unknown("{% d %}"),
    });
  });

  test("is unknown if substitutions multiply it beyond the limit", async () => {
    let text: unknown = { Ref: "X" };
    for (let depth = 0; depth < 35; depth++) text = { "Fn::Sub": ["${a}${a}${a}${a}", { a: text }] };
    const { request } = await read(template(text));
    expect(request.payload).toBeInstanceOf(Unknown);
  });
});
