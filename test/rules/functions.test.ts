import { describe, expect, it } from "vitest";
import { FUNCTIONS, formatSignature, SPECIAL_FORMS } from "../../src/rules/index.ts";
import { createInput, evaluateAssertion } from "./toy-service.ts";

const callFunction = (name: string, ...values: unknown[]): unknown =>
  FUNCTIONS.find((each) => each.name === name)?.call(...(values as never[]));

const NO_ARN = {
  partition: "",
  service: "",
  region: "",
  account: "",
  resource: "",
  bucket: "",
  bucketArn: "",
  key: "",
};

const CALLS: [name: string, values: unknown[], result: unknown][] = [
  ["partsOf", ["a, b/c ,,d", ","], ["a", "b/c", "d"]],
  ["partsOf", ["a", ","], ["a"]],
  ["partsOf", ["", ","], []],
  [
    "arn",
    ["arn:aws:s3:::media/a/b"],
    {
      ...NO_ARN,
      partition: "aws",
      service: "s3",
      resource: "media/a/b",
      bucket: "media",
      bucketArn: "arn:aws:s3:::media",
      key: "a/b",
    },
  ],
  [
    "arn",
    ["arn:aws-cn:s3:::media/"],
    {
      ...NO_ARN,
      partition: "aws-cn",
      service: "s3",
      resource: "media/",
      bucket: "media",
      bucketArn: "arn:aws-cn:s3:::media",
    },
  ],
  [
    "arn",
    ["arn:aws:s3:eu-west-1:123456789012:accesspoint/x"],
    {
      ...NO_ARN,
      partition: "aws",
      service: "s3",
      region: "eu-west-1",
      account: "123456789012",
      resource: "accesspoint/x",
    },
  ],
  [
    "arn",
    ["arn:aws:iam::123456789012:role/a:b"],
    { ...NO_ARN, partition: "aws", service: "iam", account: "123456789012", resource: "role/a:b" },
  ],
  ["arn", ["s3://media"], NO_ARN],
  ["arn", ["arn:aws:s3"], NO_ARN],
  ["arn", [""], NO_ARN],
  [
    "arnsIn",
    [{ a: "arn:aws:s3:::b", c: [{ d: "arn:aws:iam::1:role/x" }, "arn:", 3, null] }],
    ["arn:aws:s3:::b", "arn:aws:iam::1:role/x"],
  ],
  ["s3uri", ["s3://bucket"], { bucket: "bucket", key: "" }],
  ["s3uri", ["s3://bucket/"], { bucket: "bucket", key: "" }],
  ["s3uri", ["s3://bucket/a/b c"], { bucket: "bucket", key: "a/b c" }],
  ["s3uri", ["https://bucket/a"], { bucket: "", key: "" }],
  ["s3uri", ["s3:///a"], { bucket: "", key: "" }],
  ["regionIn", ["vpce-0123-abc.s3.eu-west-1.vpce.amazonaws.com"], "eu-west-1"],
  ["regionIn", ["vpce-0.s3.us-gov-west-1.vpce.amazonaws.com"], "us-gov-west-1"],
  ["regionIn", ["s3.example.com"], ""],
  ["segments", ["/a//./b/"], ["a", "b"]],
  ["segments", ["S3://B/x"], ["s3://", "B", "x"]],
  ["segments", ["/"], []],
  ["normalPath", ["/a/b/"], "a/b"],
  ["normalPath", ["s3://b//x/"], "s3://b//x"],
  ["isInside", ["a/b", "a"], true],
  ["isInside", ["a", "a/"], true],
  ["isInside", ["ab", "a"], false],
  ["isInside", ["s3://b/export", "s3://b/exp"], false],
  ["isInside", ["s3://b/exp/ort", "s3://b/exp/"], true],
  ["isInside", ["anything", "/"], true],
  ["isInside", ["a", "a/b"], false],
  ["overlaps", ["a/b", "a"], true],
  ["overlaps", ["a", "a/b"], true],
  ["overlaps", ["a/b", "a/c"], false],
  [
    "overlapping",
    [
      ["a", "b/c", "d"],
      ["b", "d/e/f", "x"],
    ],
    ["b/c", "d"],
  ],
  ["overlapping", [["a"], []], []],
  ["overlapping", [["/"], ["a"]], ["/"]],
  ["overlapping", [["a"], ["/"]], ["a"]],
  ["nestedPaths", [["a", "b", "a/b"]], ["a/b"]],
  ["nestedPaths", [["a", "/a/", "b"]], ["a", "/a/"]],
  ["nestedPaths", [["/", "a"]], ["a"]],
  ["nestedPaths", [["a", "ab"]], []],
  ["relativeTo", ["/mnt/fsx/a/b", "/mnt/fsx"], "a/b"],
  ["relativeTo", ["/mnt/other", "/mnt/fsx"], "/mnt/other"],
  ["distinct", [["a", 1, 1n, 1.5, "a", { x: 1, y: 2 }, { y: 2, x: 1 }]], ["a", 1, 1.5, { x: 1, y: 2 }]],
  ["duplicates", [["a", "b", "a", "a", 2, 2n]], ["a", 2n]],
  [
    "common",
    [
      ["a", "b", "a"],
      ["a", "c"],
    ],
    ["a"],
  ],
  ["firstIndex", [["a", "b", "b"], "b"], 1],
  ["firstIndex", [["a"], "1"], -1],
];

describe("rule functions", () => {
  it.each(CALLS)("%s() with arguments %o returns the expected result", (name, values, result) => {
    expect(callFunction(name, ...values)).toEqual(result);
  });

  it("all have a documentation sentence", () => {
    expect(new Set(FUNCTIONS.map(({ name }) => name)).size).toBe(FUNCTIONS.length);
    for (const each of FUNCTIONS) expect(each.doc, each.name).toMatch(/^[A-Z].*[.?]$|[.?][^.]*$/);
    expect(FUNCTIONS.map(formatSignature)).toContain("isInside(path: string, directory: string) -> bool");
    expect(SPECIAL_FORMS.map(({ signature }) => signature.split("(")[0])).toEqual([
      "known",
      "orElse",
      "placeholders",
      "undecided",
    ]);
  });

  it("return values that expressions can access", () => {
    const given = createInput({ Name: "arn:aws:s3:::media/a", Words: ["b", "b"] });
    expect(
      evaluateAssertion(
        "arn(request.Name) == arn('arn:aws:s3:::media/a') && arn(request.Name).key == 'a'",
        given,
      ),
    ).toBe("pass");
    expect(evaluateAssertion("firstIndex(orElse(request.Words, []), 'b') + 1 == 1", given)).toBe("pass");
    expect(evaluateAssertion("duplicates(orElse(request.Words, []))[0] == 'b'", given)).toBe("pass");
  });
});

describe("howToJustify", () => {
  it.each([
    ["aws-cli", "above the command"],
    ["aws-powershell", "above the call"],
    ["custom-resource", "`Metadata`"],
    ["envelope", "beside `operation:`"],
    ["", "beside `operation:`"],
  ])("says for %j where a justification goes", (container, words) => {
    expect(callFunction("howToJustify", container)).toContain(words);
  });
});

describe("isPlaceholderText", () => {
  it.each([
    "",
    " \t\n",
    "TODO",
    "todo: justify",
    "n/a",
    "N/A.",
    "none",
    "test",
    "Test test",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
    "-",
    "....................",
    "xxxxxxxxxxxxxxx",
    "abcabcabcabcabcabcabc",
    "<why>",
    "because <reason>",
    "INC-${TICKET}",
    "lorem ipsum dolor sit amet",
    "TBD by the storage team",
    "1111111111111111111111",
    "placeholder",
    "asdf asdf asdf asdf",
  ])("accepts %j as a placeholder", (text) => {
    expect(callFunction("isPlaceholderText", text)).toBe(true);
  });

  it.each([
    "INC-4242: share is wedged, the 14 files were verified in the source system",
    "CHG0012345",
    "The files failed because the test bucket's key was deleted; restored from backup",
    "ディスクの空き容量がないため、検証済みのファイルを破棄する",
  ])("rejects %j as a placeholder", (text) => {
    expect(callFunction("isPlaceholderText", text)).toBe(false);
  });
});
