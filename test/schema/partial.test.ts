import { describe, expect, it } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { type Hole, OpenList, OpenObject, PartialText } from "../../src/documents/partial.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { checkPayload } from "../../src/schema/check.ts";

const ANY: Hole = { source: "${X}" };
const ACCOUNT: Hole = { source: "${AWS::AccountId}", domain: { pattern: "[0-9]{12}" } };
const REGION: Hole = { source: "${AWS::Region}", domain: { pattern: "[a-z]{2}(-[a-z]+)+-[0-9]" } };

const text = (...parts: readonly (string | Hole)[]): PartialText =>
  new PartialText(parts.map((part) => (typeof part === "string" ? part : part.source)).join(""), parts);

const FSX = {
  Type: "EXPORT_TO_REPOSITORY",
  FileSystemId: "fs-0123456789abcdef0",
  Report: { Enabled: false },
};
const REPORT = {
  FileShareARN: "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D",
  Role: "arn:aws:iam::123456789012:role/ReportWriter",
  LocationARN: "arn:aws:s3:::cache-reports",
  BucketRegion: "eu-west-1",
  ClientToken: "report-2026-11",
};

/** The findings as `status code pointer`. */
function check(operation: string, payload: unknown): string[] {
  const schema = builtinSchemas.find(operation)!;
  return checkPayload(payload, schema, "the request").map(
    ({ status = "failed", code, path }) => `${status} ${code} /${path.join("/")}`,
  );
}

const checkFsx = (change: Record<string, unknown>) =>
  check("fsx:CreateDataRepositoryTask", { ...FSX, ...change });
const checkReport = (change: Record<string, unknown>) =>
  check("storagegateway:StartCacheReport", { ...REPORT, ...change });

describe("the schema check of a text with holes", () => {
  it.each([
    ["an ARN of a role in an unknown account", { Role: text("arn:aws:iam::", ACCOUNT, ":role/R") }, []],
    [
      "an ARN of a user in an unknown account",
      { Role: text("arn:aws:iam::", ACCOUNT, ":user/R") },
      ["failed schema/pattern /Role"],
    ],
    [
      "an ARN whose account may be anything",
      { Role: text("arn:aws:iam::", ANY, ":user/R") },
      ["undecided schema/pattern /Role"],
    ],
    ["a Region", { BucketRegion: text(REGION) }, ["undecided schema/length /BucketRegion"]],
    [
      "a text too long by what is known",
      { ClientToken: text("t".repeat(101), ANY) },
      ["failed schema/length /ClientToken"],
    ],
    [
      "a text that may get too long",
      { ClientToken: text("weekly-", ANY) },
      ["undecided schema/length /ClientToken"],
    ],
  ])("decides %s", (_, change, expected) => {
    expect(checkReport(change)).toEqual(expected);
  });

  it.each([
    ["a beginning that no value has", { Type: text("DELETE_", ANY) }, ["failed schema/enum /Type"]],
    ["a beginning that a value has", { Type: text("EXPORT_", ANY) }, ["undecided schema/enum /Type"]],
    [
      "one of several values, all of which are allowed",
      { Type: text({ ...ANY, domain: { values: ["EXPORT_TO_REPOSITORY", "AUTO_RELEASE_DATA"] } }) },
      [],
    ],
    [
      "words where a boolean belongs",
      { Report: { Enabled: text("certainly ", ANY) } },
      ["failed schema/type /Report/Enabled"],
    ],
    [
      "a text that may become a boolean",
      { Report: { Enabled: text("tr", ANY) } },
      ["undecided schema/type /Report/Enabled"],
    ],
    ["a member that there is not", { Typ: text("a", ANY) }, ["failed schema/unknown-field /Typ"]],
    [
      "a list item",
      { Paths: [text("a/", ANY), text("", ANY)] },
      ["undecided schema/pattern /Paths/0", "undecided schema/pattern /Paths/1"],
    ],
  ])("decides %s", (_, change, expected) => {
    expect(checkFsx(change)).toEqual(expected);
  });

  it("says how long the text is at least", () => {
    const schema = builtinSchemas.find("storagegateway:StartCacheReport")!;
    const payload = { ...REPORT, ClientToken: text("t".repeat(101), ANY) };
    expect(checkPayload(payload, schema, "the request")[0]!.message).toBe(
      "`ClientToken` has at least 101 characters; at most 100 are allowed",
    );
  });
});

describe("the schema check of an open object", () => {
  const open = (members: Record<string, unknown>, more = {}) =>
    check("fsx:CreateDataRepositoryTask", new OpenObject("**rest", members, more));

  it("checks the members that are known", () => {
    expect(open({ ...FSX, Type: "EXPORT", Typ: 1 })).toEqual([
      "failed schema/unknown-field /Typ",
      "failed schema/enum /Type",
    ]);
  });

  it("is undecided where a required member may be among the others", () => {
    expect(open({ Type: FSX.Type, Report: { Enabled: false } })).toEqual(["undecided schema/required /"]);
  });

  it("is undecided where a required member may be absent", () => {
    expect(open(FSX, { optional: new Set(["Type"]), mayHaveMore: false })).toEqual([
      "undecided schema/required /",
    ]);
  });

  it("reports a required member that can't be among others", () => {
    expect(open({ Type: FSX.Type, Report: FSX.Report }, { mayHaveMore: false })).toEqual([
      "failed schema/required /",
    ]);
  });

  it("checks placeholders among the known members", () => {
    expect(open({ ...FSX, FileSystemId: new Unknown("$FS"), Type: text("DELETE_", ANY) })).toEqual([
      "failed schema/enum /Type",
      "undecided schema/pattern /FileSystemId",
    ]);
  });

  it("is quiet where nothing depends on the rest", () => {
    expect(open(FSX)).toEqual([]);
  });
});

describe("the schema check of an open list", () => {
  it("checks the items that are known, and leaves the number open", () => {
    expect(checkFsx({ Paths: new OpenList("$LIST", ["a", 7]) })).toEqual([
      "failed schema/type /Paths/1",
      "undecided schema/items /Paths",
    ]);
  });

  it("reports what no further items can mend", () => {
    const tags = Array.from({ length: 60 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    expect(checkFsx({ Tags: new OpenList("$TAGS", tags) })).toContain("failed schema/items /Tags");
  });
});
