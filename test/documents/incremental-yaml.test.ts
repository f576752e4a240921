import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IncrementalYaml } from "../../src/documents/yaml/incremental.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { runs } from "../support/scale.ts";

const TEMPLATE = `# a comment
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Team: { Type: String }
  Other:
    Type: String
Resources:
  # before
  Export:
    Type: AWS::Scheduler::Schedule
    Properties:
      Input: !Sub |
        { "Type": "EXPORT_TO_REPOSITORY",

          "Paths": ["results/run"] }

  Queue:
    Type: AWS::SQS::Queue # what it is
    Properties: {QueueName: q, Tags: [{Key: team, Value: "stor
      age"}]}
    Metadata:
      - plain text
        that goes on
      - 'a'
  Folded:
    Description: >-
      words

  Last:
    Type: AWS::SQS::Queue
Outputs:
  Name:
    Value: !Ref Queue
  More: { Value: 1 }
`;

/** What may break a part, or reach out of it. */
const PIECES = [
  "\n",
  "\n  ",
  "\n    ",
  "\n---\n",
  "\n...\n",
  "\n%YAML 1.1\n",
  "\n  New: 1\n",
  "\n  Queue: 1\n",
  "\nOther: 1\n",
  "\n  CountersignNextKey: 1\n",
  " &a x",
  "*a",
  "|",
  ">+",
  ": ",
  " #",
  "# x\n",
  "- ",
  "? ",
  '"',
  "'",
  "[",
  "]",
  "{",
  "}",
  "\t",
  "\r\n",
  "\r",
  "!Sub ",
  "!!binary ",
  "x",
  "😀",
  "\u2028",
  "<<: ",
  "",
];

interface Edit {
  at: number;
  removed: number;
  inserted: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 })),
  inserted: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })),
});

function apply(text: string, { at, removed, inserted }: Edit): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + inserted + text.slice(start + removed);
}

/** The paths of all values, and of one that isn't there. */
function listPaths(
  value: unknown,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [
    path,
    [...path, "absent"],
    ...members.flatMap(([name, member]) =>
      listPaths(member, [...path, Array.isArray(value) ? Number(name) : name]),
    ),
  ];
}

const describeText = ({ documents, faults, directives }: ReturnType<typeof parseYaml>) => ({
  faults,
  directives,
  documents: documents.map((document) => ({
    value: JSON.stringify(document.value, (_key, value) =>
      typeof value === "bigint" ? String(value) : value,
    ),
    spans: listPaths(document.value).map((path) => [
      path,
      document.span(path, "key"),
      document.span(path, "value"),
    ]),
  })),
});

const expectSame = (parser: IncrementalYaml, text: string): void =>
  expect(describeText(parser.parse(text))).toEqual(describeText(parseYaml(text)));

describe("YAML that is edited", () => {
  it("is what the whole text is, after any edits", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const parser = new IncrementalYaml();
        parser.parse(TEMPLATE);
        let text = TEMPLATE;
        for (const one of edits) {
          expectSame(parser, apply(TEMPLATE, one));
          text = apply(text, one);
          expectSame(parser, text);
        }
      }),
      { numRuns: runs(500, 15) },
    );
  });

  it.each(PIECES)("is what the whole text is, with %j in many places", (piece) => {
    const parser = new IncrementalYaml();
    const step = Math.ceil(TEMPLATE.length / runs(TEMPLATE.length >> 2, 10));
    // Each piece in other places.
    for (let at = PIECES.indexOf(piece) % step; at <= TEMPLATE.length; at += step) {
      parser.parse(TEMPLATE);
      expectSame(parser, TEMPLATE.slice(0, at) + piece + TEMPLATE.slice(at));
    }
  });

  it("shares the parts that didn't change", () => {
    const parser = new IncrementalYaml();
    const resourcesOf = (text: string) =>
      Object(parser.parse(text).documents[0]?.value).Resources as Record<string, unknown>;
    const before = resourcesOf(TEMPLATE);
    const after = resourcesOf(TEMPLATE.replace("plain text", "plain texts"));
    expect(after.Export).toBe(before.Export);
    expect(after.Queue).not.toEqual(before.Queue);
  });
});
