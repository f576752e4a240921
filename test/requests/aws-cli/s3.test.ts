import { describe, expect, it, test } from "vitest";
import { directory, reportOf, runCli } from "../../cli/run.ts";

const schema = (names: string, required = "Bucket Key"): string =>
  JSON.stringify({
    type: "object",
    properties: Object.fromEntries(names.split(" ").map((name) => [name, { type: "string", minLength: 1 }])),
    required: required.split(" "),
    additionalProperties: false,
  });

const SCHEMAS = {
  "schemas/s3/DeleteBucket.request.json": schema("Bucket ExpectedBucketOwner", "Bucket"),
  "schemas/s3/DeleteObject.request.json": schema("Bucket Key RequestPayer VersionId"),
  "schemas/s3/CopyObject.request.json": schema(
    "Bucket Key CopySource ACL StorageClass",
    "Bucket Key CopySource",
  ),
  "schemas/s3/ListObjectsV2.request.json": JSON.stringify({
    type: "object",
    properties: { Bucket: { type: "string" }, Prefix: { type: "string" }, RequestPayer: { type: "string" } },
    required: ["Bucket"],
    additionalProperties: false,
  }),
};

const run = async (command: string, line: string, files: Record<string, string>, script = "run.sh") => {
  const cwd = directory({ ...files, [script]: `${line}\n` });
  return reportOf(await runCli([command, script, "--schemas", "schemas", "--format", "json"], { cwd }));
};

const find = async (line: string, script?: string) => {
  const { requests, unread, unchecked } = await run("find", line, SCHEMAS, script);
  return {
    requests: requests.map((one: { operation: string; payload: object }) => [one.operation, one.payload]),
    unread,
    unchecked,
  };
};

const unknown = (source: string) => ({ $unknown: source });

describe("a command of aws s3 that deletes", () => {
  test.each<[string, [string, object][]]>([
    ["aws s3 rb s3://logs", [["s3:DeleteBucket", { Bucket: "logs" }]]],
    ["aws s3 rb s3://logs/", [["s3:DeleteBucket", { Bucket: "logs" }]]],
    [
      "aws s3 rb s3://logs --force",
      [
        ["s3:ListObjectsV2", { Bucket: "logs", Prefix: "" }],
        ["s3:DeleteObject", { Bucket: "logs", Key: unknown("<key>") }],
        ["s3:DeleteBucket", { Bucket: "logs" }],
      ],
    ],
    ["aws s3 rm s3://logs/a/b.txt", [["s3:DeleteObject", { Bucket: "logs", Key: "a/b.txt" }]]],
    [
      "aws s3 rm s3://logs/a/b.txt --request-payer",
      [["s3:DeleteObject", { Bucket: "logs", Key: "a/b.txt", RequestPayer: "requester" }]],
    ],
    ["aws s3 rm s3://logs", [["s3:ListObjectsV2", { Bucket: "logs", Prefix: "" }]]],
    [
      "aws s3 rm --recursive s3://logs/2024 --exclude '*' --include '*.tmp'",
      [
        ["s3:ListObjectsV2", { Bucket: "logs", Prefix: "2024/" }],
        ["s3:DeleteObject", { Bucket: "logs", Key: unknown("2024/<key>") }],
      ],
    ],
    [
      "aws s3 rm --recursive --dryrun s3://logs/2024/",
      [["s3:ListObjectsV2", { Bucket: "logs", Prefix: "2024/" }]],
    ],
    ["aws s3 rm --dryrun s3://logs/a", []],
    [
      "aws s3 mv s3://logs/a.txt s3://old/2024/ --acl private",
      [
        [
          "s3:CopyObject",
          { Bucket: "old", Key: "2024/a.txt", CopySource: "logs/a.txt", ACL: "private", $more: "…" },
        ],
        ["s3:DeleteObject", { Bucket: "logs", Key: "a.txt" }],
      ],
    ],
    ["aws s3 mv s3://logs/a.txt .", [["s3:DeleteObject", { Bucket: "logs", Key: "a.txt" }]]],
    ["aws s3 mv a.txt s3://logs/", []],
    [
      "aws s3 sync . s3://site/www --delete --exclude '.git/*'",
      [
        ["s3:ListObjectsV2", { Bucket: "site", Prefix: "www/" }],
        ["s3:DeleteObject", { Bucket: "site", Key: unknown("www/<key>") }],
      ],
    ],
    ["aws s3 sync s3://site . --delete", [["s3:ListObjectsV2", { Bucket: "site", Prefix: "" }]]],
    ["aws s3 sync . s3://site", []],
    ["aws s3 ls s3://site", []],
    ["aws s3 cp s3://site/a .", []],
    ["aws s3 rm help", []],
    [
      'aws s3 rm "s3://logs/$DAY/a.txt"',
      [["s3:DeleteObject", { Bucket: "logs", Key: unknown("$DAY/a.txt") }]],
    ],
    [
      'aws s3 rm "$TARGET"',
      [["s3:DeleteObject", { Bucket: unknown('"$TARGET"'), Key: unknown('"$TARGET"') }]],
    ],
    ["aws s3 rb s3://$BUCKET", [["s3:DeleteBucket", { Bucket: unknown("$BUCKET") }]]],
    ["$AWS s3 rb s3://logs", [["s3:DeleteBucket", { Bucket: "logs" }]]],
    ["B=logs; aws s3 rb s3://$B", [["s3:DeleteBucket", { Bucket: "logs" }]]],
    [
      "aws s3 rm s3://arn:aws:s3:eu-west-1:123456789012:accesspoint/ap/a/b",
      [["s3:DeleteObject", { Bucket: "arn:aws:s3:eu-west-1:123456789012:accesspoint/ap", Key: "a/b" }]],
    ],
  ])("is the requests that it makes: %s", async (line, expected) => {
    expect((await find(line)).requests).toEqual(expected);
  });

  it("is found in a program", async () => {
    const python = 'import subprocess\nsubprocess.run(["aws", "s3", "rb", "s3://logs", "--force"])';
    expect((await find(python, "clean.py")).requests).toHaveLength(3);
    const shell = 'import { execSync } from "node:child_process";\nexecSync("aws s3 rb s3://logs");';
    expect((await find(shell, "clean.mjs")).requests).toHaveLength(1);
  });

  it("is a removal of many where only that has a schema", async () => {
    const schemas = {
      "schemas/s3/DeleteObjects.request.json": JSON.stringify({
        type: "object",
        properties: { Bucket: { type: "string" }, Delete: { type: "object" } },
        required: ["Bucket", "Delete"],
        additionalProperties: false,
      }),
    };
    const { requests } = await run("find", "aws s3 rm s3://logs/tmp/ --recursive", schemas);
    expect(requests).toMatchObject([
      { operation: "s3:DeleteObjects", payload: { Bucket: "logs", $more: "…" } },
    ]);
    expect((await run("find", "aws s3 rm s3://logs/a", schemas)).requests).toEqual([]);
  });

  it("is counted by the requests that have no schema", async () => {
    const { unchecked } = await run("find", "aws s3 rb s3://logs --force", {
      "schemas/s3/DeleteBucket.request.json": SCHEMAS["schemas/s3/DeleteBucket.request.json"],
    });
    expect(unchecked).toEqual([
      { operation: "s3:DeleteObject", calls: 1 },
      { operation: "s3:ListObjectsV2", calls: 1 },
    ]);
  });

  test.each([
    ["aws s3 rm s3://logs/ $OPTIONS", "$OPTIONS"],
    ['aws s3 rm "$@"', '"$@"'],
    ["aws s3 sync . s3://site $FLAGS", "$FLAGS"],
  ])("is unread where only the run knows what it does: %s", async (line) => {
    const { requests, unread } = await find(line);
    expect(requests).toEqual([]);
    expect(unread).toMatchObject([{ service: "s3" }]);
  });

  test.each([
    ["aws s3 rb logs", "begins with `s3://`"],
    ["aws s3 rb s3://logs/a", "takes a bucket"],
    ["aws s3 rm", "none is given"],
    ["aws s3 rm s3://logs/a s3://logs/b", "takes 1 path, and 2 are given"],
    ["aws s3 rm s3://logs/a --recursiv3", "did you mean `--recursive`?"],
  ])("is an error where the AWS CLI refuses it: %s", async (line, said) => {
    const { outcome, diagnostics } = await run("check", line, SCHEMAS);
    expect(outcome).toBe("fail");
    expect(diagnostics).toMatchObject([{ code: "document/syntax" }]);
    expect(JSON.stringify(diagnostics)).toContain(said);
  });

  it("is checked by the rules of its operations", async () => {
    const rule = `operation: s3:DeleteBucket
rules:
  - id: team/no-production-buckets
    severity: error
    at: /Bucket
    assert: '!request.Bucket.startsWith("prod-")'
    message: a bucket of production
    why: it is not to go
    examples:
      pass: [{ request: { Bucket: test-a } }, { request: { Bucket: test-b } }]
      fail: [{ request: { Bucket: prod-a } }, { request: { Bucket: prod-b } }]
`;
    const cwd = directory({
      ...SCHEMAS,
      "rules/s3.yaml": rule,
      "run.sh": "aws s3 rb s3://prod-data --force\n",
    });
    const ran = await runCli(
      ["check", "run.sh", "--schemas", "schemas", "--rules", "rules", "--format", "json"],
      { cwd },
    );
    expect(reportOf(ran).diagnostics).toContainEqual(
      expect.objectContaining({ code: "team/no-production-buckets", line: 1, column: 11 }),
    );
  });

  it("is only counted without schemas of S3", async () => {
    const cwd = directory({ "run.sh": "aws s3 rb s3://logs\naws s3 rm s3://logs/a --bogus\naws s3 ls\n" });
    const ran = reportOf(await runCli(["check", ".", "--format", "json"], { cwd }));
    expect(ran.diagnostics.filter(({ code }: { code: string }) => code !== "document/no-request")).toEqual(
      [],
    );
  });
});
