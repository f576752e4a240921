import { describe, expect, test } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { PartialText } from "../../src/documents/partial.ts";
import { findInText } from "./find-in-text.ts";

const KEYS = "the keys are `operation`, `request`, `justification`, `caller` and `context`";
const PAYLOAD = "put the API payload under `request:`";
const OPERATION = "write it as `service:Operation`, for example `operation: fsx:CreateDataRepositoryTask`";
const envelope = (place: string, message: string, help?: string): string =>
  `document/envelope ${place} ${message}${help ? ` / ${help}` : ""}`;
const unknownKey = (place: string, key: string, help: string): string =>
  envelope(place, `\`${key}\` is not a key of a request document`, help);

describe("a single envelope", () => {
  test("is a request with its justification, caller and context", async () => {
    const { requests, faults, named } = await findInText(
      "justification: why\noperation: a:B\ncaller: arn:x\ncontext: {c: 1}\nrequest: {X: 1}\n",
    );
    expect(faults).toEqual([]);
    expect(named).toEqual(["2:12 a:B"]);
    expect(requests).toMatchObject([
      {
        operation: "a:B",
        payload: { X: 1 },
        container: "envelope",
        path: [],
        payloadPath: ["request"],
        justification: "why",
        caller: "arn:x",
        context: { c: 1 },
      },
    ]);
  });

  test.each([
    ["JSON", '{"operation": "a:B", "request": {"X": 1}}', "request.json"],
    ["JSON without a file extension", '{"operation": "a:B", "request": {"X": 1}}', "request"],
    ["flow YAML without a file extension", "{operation: a:B, request: {X: 1}}", "request"],
    ["YAML with a byte order mark", "\ufeffoperation: a:B\nrequest: {X: 1}\n", "request.yml"],
    ["YAML with carriage returns", "operation: a:B\r\nrequest:\r\n  X: 1\r\n", "REQUEST.YML"],
    ["YAML with a document marker", "%YAML 1.2\n---\noperation: a:B\nrequest: {X: 1}\n...\n", "request.yaml"],
  ])("is found in %s", async (_name, text, file) => {
    const { operations, payloads, faults } = await findInText(text, undefined, file);
    expect([operations, payloads, faults]).toEqual([["a:B"], [{ X: 1 }], []]);
  });

  test.each([
    ["null", null],
    ["[1]", [1]],
    ["text", "text"],
    ["{}", {}],
  ])("keeps a payload of %s unchanged", async (text, payload) => {
    const { payloads, faults } = await findInText(`operation: a:B\nrequest: ${text}\n`);
    expect([payloads, faults]).toEqual([[payload], []]);
  });

  test("falls back to the operation from outside", async () => {
    const text = "justification: why\nrequest: {X: 1}\n";
    expect((await findInText(text, "a:B")).operations).toEqual(["a:B"]);
    expect((await findInText(text)).faults).toEqual([
      envelope("1:1", "this request has no `operation`", OPERATION),
    ]);
    expect((await findInText(`operation: own:One\n${text}`, "a:B")).operations).toEqual(["own:One"]);
  });
});

describe("misspelled and misplaced keys", () => {
  test.each<[string, string[], string[]]>([
    [
      "operation: a:B\nrequest: {}\njustifcation: x\n",
      ["a:B"],
      [unknownKey("3:1", "justifcation", "did you mean `justification`?")],
    ],
    ["operation: a:B\nReqest: {}\n", [], [unknownKey("2:1", "Reqest", "did you mean `request`?")]],
    ["operaton: a:B\nrequest: {}\n", [], [unknownKey("1:1", "operaton", "did you mean `operation`?")]],
    [
      "Operation: a:B\nRequest: {}\n",
      [],
      [
        unknownKey("1:1", "Operation", "did you mean `operation`?"),
        unknownKey("2:1", "Request", "did you mean `request`?"),
      ],
    ],
    [
      "operation: a:B\nrequest: {}\nzzz: 1\n__proto__: 1\n",
      ["a:B"],
      [unknownKey("3:1", "zzz", KEYS), unknownKey("4:1", "__proto__", KEYS)],
    ],
    ["operation: a:B\nrequest: {}\nrequests: []\n", ["a:B"], [unknownKey("3:1", "requests", KEYS)]],
    ["operation: a:B\n", [], [envelope("1:1", "this request has no `request`", PAYLOAD)]],
  ])("are reported in %j", async (text, operations, faults) => {
    const found = await findInText(text);
    expect(found.faults).toEqual(faults);
    expect(found.operations).toEqual(operations);
  });
});

describe("values of the wrong kind", () => {
  test.each<[string, string[], string[]]>([
    ["operation: 5\nrequest: {}\n", [], [envelope("1:12", "`operation` holds text", OPERATION)]],
    ["operation:\nrequest: {}\n", [], [envelope("1:11", "`operation` holds text", OPERATION)]],
    ["operation: [a:B]\nrequest: {}\n", [], [envelope("1:12", "`operation` holds text", OPERATION)]],
    ["operation: !Ref x\nrequest: {}\n", [], [envelope("1:17", "`operation` holds text", OPERATION)]],
    [
      "operation: a:B\nrequest: {}\njustification: 7\n",
      ["a:B"],
      [envelope("3:16", "`justification` holds text", "write why the call is needed, as text in quotes")],
    ],
    [
      "operation: a:B\nrequest: {}\ncaller: [x]\n",
      ["a:B"],
      [envelope("3:9", "`caller` holds an ARN", "write the ARN of the user or role that will make the call")],
    ],
    [
      "operation: a:B\nrequest: {}\ncontext: x\n",
      ["a:B"],
      [
        envelope(
          "3:10",
          "`context` holds a mapping",
          "write facts about the world by name, for example `fileShare: {LocationARN: …}`",
        ),
      ],
    ],
    [
      "operation: a:B\nrequest: {}\ncontext: [x]\n",
      ["a:B"],
      [
        envelope(
          "3:10",
          "`context` holds a mapping",
          "write facts about the world by name, for example `fileShare: {LocationARN: …}`",
        ),
      ],
    ],
  ])("are reported in %j", async (text, operations, faults) => {
    const found = await findInText(text);
    expect(found.faults).toEqual(faults);
    expect(found.operations).toEqual(operations);
    for (const request of found.requests) {
      expect(request).not.toHaveProperty("justification");
      expect(request).not.toHaveProperty("caller");
      expect(request).not.toHaveProperty("context");
    }
  });

  test("do not make an operation fall back to the one from outside", async () => {
    expect((await findInText("operation: 5\nrequest: {}\n", "a:B")).operations).toEqual([]);
  });

  test.each(["justification", "caller", "context"])(
    "do not include a %s that is a YAML tag, which is omitted without a fault",
    async (key) => {
      const { requests, faults } = await findInText(`operation: a:B\nrequest: {}\n${key}: !Ref X\n`);
      expect(faults).toEqual([]);
      expect(requests[0]).not.toHaveProperty(key);
    },
  );
});

describe("a list of requests", () => {
  test("yields each request with its position", async () => {
    const text =
      "requests:\n  - operation: a:B\n    request: {X: 1}\n  - {operation: c:D, request: {Y: [2]}}\n";
    const { requests, named, payloads, faults } = await findInText(text);
    expect(faults).toEqual([]);
    expect(named).toEqual(["2:16 a:B", "4:17 c:D"]);
    expect(payloads).toEqual([{ X: 1 }, { Y: [2] }]);
    expect(requests.map(({ path, payloadPath }) => [path, payloadPath])).toEqual([
      [
        ["requests", 0],
        ["requests", 0, "request"],
      ],
      [
        ["requests", 1],
        ["requests", 1, "request"],
      ],
    ]);
    const { span } = requests[1]!.document;
    expect(text.slice(span(["requests", 1, "request", "Y", 0], "value").start)[0]).toBe("2");
  });

  test("can repeat a request by an alias", async () => {
    const { operations, faults } = await findInText(
      "requests:\n  - &one {operation: a:B, request: {}}\n  - *one\n",
    );
    expect([operations, faults]).toEqual([["a:B", "a:B"], []]);
  });

  test("reports items that are not requests", async () => {
    const text =
      "requests:\n  - {operation: a:B, request: {}}\n  - 5\n  - !Ref X\n  - {operation: c:D, reqest: {}}\n  -\n";
    const { operations, faults } = await findInText(text);
    const none = "a request is a mapping with `operation` and `request`";
    expect(operations).toEqual(["a:B"]);
    expect(faults).toEqual([
      envelope("3:5", none),
      envelope("4:10", none),
      unknownKey("5:22", "reqest", "did you mean `request`?"),
      envelope("6:4", none),
    ]);
  });

  test.each<[string, string[]]>([
    [
      "requests: {operation: a:B, request: {}}\n",
      [
        envelope(
          "1:11",
          "`requests` holds a list of requests, not a single one",
          "put `- ` before the request",
        ),
      ],
    ],
    [
      "caller: x\nrequests: [{operation: a:B, request: {}}]\n",
      [envelope("1:1", "`caller` has no meaning beside `requests`", "put it into each request of the list")],
    ],
    [
      "operation: a:B\nrequests: [{operation: a:B, request: {}}]\n",
      [
        envelope(
          "1:1",
          "`operation` has no meaning beside `requests`",
          "put it into each request of the list",
        ),
      ],
    ],
    [
      "operation: a:B\nrequest: {}\nrequests: [{operation: a:B, request: {}}]\n",
      [unknownKey("3:1", "requests", KEYS)],
    ],
    [
      "- {operation: a:B, request: {}}\n",
      [
        envelope(
          "1:1",
          "a list of requests stands under `requests`, not by itself",
          "put `requests:` before the list",
        ),
      ],
    ],
  ])("reports a misplaced list or key in %j", async (text, faults) => {
    expect((await findInText(text)).faults).toEqual(faults);
  });
});

describe("a document without a request", () => {
  test.each([
    "",
    "# only a comment\n",
    "---\n---\n",
    "a: 1\n",
    "[]\n",
    "text\n",
    "7\n",
    "request: text\n",
    "requests: []\n",
    "requests: [1, a]\n",
    "operation: some text\n",
    "openapi: 3.1.0\npaths: {/x: {get: {operationId: y}}}\n",
    "constructor: a:B\ntoString: {}\n",
  ])("yields neither requests nor faults: %j", async (text) => {
    const { requests, faults } = await findInText(text);
    expect([requests, faults]).toEqual([[], []]);
  });

  test("is reported if other documents of the file are requests", async () => {
    const { operations, faults } = await findInText(
      "operation: a:B\nrequest: {}\n---\n---\na: 1\n---\n- b\n",
    );
    const stray = "this document of the file is not a request, though others are";
    const help = "give it `operation` and `request`, or move it to a file of its own";
    expect(operations).toEqual(["a:B"]);
    expect(faults).toEqual([
      `document/no-request 5:1 ${stray} / ${help}`,
      `document/no-request 7:1 ${stray} / ${help}`,
    ]);
  });

  test("with a syntax error doesn't affect the requests of other documents", async () => {
    const { named, faults } = await findInText(
      "operation: a:B\nrequest: {}\n---\noperation: [\n---\noperation: c:D\nrequest: {}\n",
    );
    expect(named).toEqual(["1:12 a:B", "6:12 c:D"]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^document\/syntax 5:1 /);
  });
});

describe("placeholders in a payload", () => {
  test.each([
    "${NAME}",
    "{{ name }}",
    "{% if x %}",
    "<your-bucket name>",
    "${a${b}",
    "YOUR_BUCKET",
    "{x}",
    "[NAME]",
  ])("include %s", async (text) => {
    const { payloads } = await findInText(
      JSON.stringify({ operation: "a:B", request: { X: [text, "known"] } }),
    );
    expect(payloads).toStrictEqual([{ X: [new Unknown(text), "known"] }]);
  });

  test.each(["prefix-${NAME}-suffix", "arn:aws:s3:::<BUCKET>", "}} {{ x }}"])(
    "make %s known in part",
    async (text) => {
      const { payloads } = await findInText(JSON.stringify({ operation: "a:B", request: text }));
      expect(payloads).toEqual([expect.any(PartialText)]);
      expect(JSON.stringify(payloads)).toBe(JSON.stringify([{ $unknown: text }]));
    },
  );

  test.each([
    "$NAME",
    "${NAME",
    "}${",
    "{{ x",
    "}} {{",
    "{ x }",
    "<>",
    "< a >",
    "a < b",
    "<1>",
    "%}{%",
    "{%}",
  ])("do not include %s", async (text) => {
    const { payloads } = await findInText(JSON.stringify({ operation: "a:B", request: { X: text } }));
    expect(payloads).toStrictEqual([{ X: text }]);
  });

  test("are replaced in a copy that shares unchanged parts and keeps its keys", async () => {
    const { requests } = await findInText(
      '{"operation": "a:B", "request": {"__proto__": "${A}", "b": {"c": 1}, "k": 2}}',
      undefined,
      "r.json",
    );
    const payload = requests[0]!.payload as Record<string, unknown>;
    const original = (requests[0]!.document.value as { request: Record<string, unknown> }).request;
    expect(Object.keys(payload)).toEqual(["__proto__", "b", "k"]);
    expect(Object.getOwnPropertyDescriptor(payload, "__proto__")?.value).toStrictEqual(new Unknown("${A}"));
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
    expect(payload.b).toBe(original.b);
    expect(Object.getOwnPropertyDescriptor(original, "__proto__")?.value).toBe("${A}");
  });

  test("can stand for the whole payload", async () => {
    expect((await findInText("operation: a:B\nrequest: ${PAYLOAD}\n")).payloads).toStrictEqual([
      new Unknown("${PAYLOAD}"),
    ]);
    expect((await findInText("operation: a:B\nrequest: !Include x.yaml\n")).payloads).toStrictEqual([
      new Unknown("!Include x.yaml"),
    ]);
  });

  test("are serialized as their source", () => {
    expect(JSON.stringify({ a: new Unknown("${X}") })).toBe('{"a":{"$unknown":"${X}"}}');
  });
});
