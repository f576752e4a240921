import { describe, expect, test } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { findInText } from "./find-in-text.ts";

describe("a bare payload", () => {
  test("is a request only if its operation is given", async () => {
    const text = '{"FileShareARN": "x", "Tags": []}';
    expect((await findInText(text, undefined, "p.json")).requests).toEqual([]);
    const { requests, named } = await findInText(text, "a:B", "p.json");
    expect(named).toEqual(["1:1 a:B"]);
    expect(requests).toMatchObject([
      {
        operation: "a:B",
        payload: { FileShareARN: "x", Tags: [] },
        container: "bare",
        path: [],
        payloadPath: [],
      },
    ]);
  });

  test.each<[string, unknown]>([
    ["{}", {}],
    ["[]", []],
    ["[{a: 1}]", [{ a: 1 }]],
    ["!Include x", new Unknown("!Include x")],
  ])("can be %s", async (text, payload) => {
    expect((await findInText(text, "a:B")).payloads).toStrictEqual([payload]);
  });

  test.each(["text", "5", "true", "null", "", "# c"])("cannot be %j", async (text) => {
    expect((await findInText(text, "a:B")).requests).toEqual([]);
  });

  test("is not assumed for an envelope, which names its own operation", async () => {
    const { requests } = await findInText("operation: c:D\nrequest: {}\n", "a:B");
    expect(requests).toMatchObject([{ operation: "c:D", container: "envelope" }]);
  });

  test("can be one of several documents", async () => {
    const { operations, payloads } = await findInText("a: 1\n---\nb: 2\n---\n", "a:B");
    expect([operations, payloads]).toEqual([
      ["a:B", "a:B"],
      [{ a: 1 }, { b: 2 }],
    ]);
  });
});

describe("a directive in the first line", () => {
  test.each<[string, string]>([
    ["# countersign: operation=a:B\n", "1:16"],
    ["#countersign:operation=a:B\n", "1:14"],
    ["#   countersign:   operation=a:B   \n", "1:20"],
    ["# countersign: operation=a:B\r\n", "1:16"],
    ["\ufeff# countersign: operation=a:B\n", "1:17"],
    ['# countersign: operation="a:B"\n', "1:16"],
    ["# countersign: operation='a:B'\n", "1:16"],
    ['# countersign: justification="one two" operation=a:B\n', "1:40"],
    ["# countersign:\toperation=a:B\n", "1:16"],
    ["# countersign: operation=a:B\n---\n", "1:16"],
  ])("sets the operation: %j", async (comment, place) => {
    const { named, payloads, faults } = await findInText(`${comment}X: 1\n`);
    expect(faults).toEqual([]);
    expect(named).toEqual([`${place} a:B`]);
    expect(payloads).toEqual([{ X: 1 }]);
  });

  test("overrides the operation from outside, but not the document's own", async () => {
    expect((await findInText("# countersign: operation=a:B\nX: 1\n", "c:D")).operations).toEqual(["a:B"]);
    expect(
      (await findInText("# countersign: operation=a:B\noperation: e:F\nrequest: {}\n")).operations,
    ).toEqual(["e:F"]);
  });

  test("sets the justification", async () => {
    const { requests } = await findInText(
      "# countersign: operation=a:B justification=\"it is 'time'\"\nX: 1\n",
    );
    expect(requests).toMatchObject([{ justification: "it is 'time'" }]);
  });

  test.each([
    "# a\n# countersign: operation=a:B\nX: 1\n",
    "X: 1 # countersign: operation=a:B\n",
    "\n# countersign: operation=a:B\nX: 1\n",
    "# Countersign: operation=a:B\nX: 1\n",
    "## countersign: operation=a:B\nX: 1\n",
    "# countersign is great\nX: 1\n",
    "#\ncountersign: 1\n",
  ])("is not recognized in %j", async (text) => {
    const { requests, faults } = await findInText(text);
    expect([requests, faults]).toEqual([[], []]);
  });

  const FORM =
    "write `operation=service:Operation`, without spaces around the `=`; quote a value that holds spaces";
  const malformed = (place: string, word: string): string =>
    `document/envelope ${place} \`${word}\` in a \`# countersign:\` comment is not of the form \`key=value\` / ${FORM}`;
  const KEY = "is not a key of a `# countersign:` comment";

  test.each<[string, string[]]>([
    ["# countersign: a:B\n", [malformed("1:16", "a:B")]],
    ["# countersign: operation: a:B\n", [malformed("1:16", "operation:"), malformed("1:27", "a:B")]],
    [
      "# countersign: operation = a:B\n",
      [malformed("1:16", "operation"), malformed("1:26", "="), malformed("1:28", "a:B")],
    ],
    ["# countersign: operation=\n", [malformed("1:16", "operation=")]],
    ['# countersign: operation="a:B\n', [malformed("1:16", 'operation="a:B')]],
    [
      "# countersign: operaton=a:B\n",
      [`document/envelope 1:16 \`operaton\` ${KEY} / did you mean \`operation\`?`],
    ],
    [
      "# countersign: zzz=a:B\n",
      [`document/envelope 1:16 \`zzz\` ${KEY} / the keys are \`operation\` and \`justification\``],
    ],
    ["# countersign: operation=a:B now\n", [malformed("1:30", "now")]],
  ])("is reported if it is malformed: %j", async (comment, faults) => {
    expect((await findInText(`${comment}X: 1\n`)).faults).toEqual(faults);
  });
});
