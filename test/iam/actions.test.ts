import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  expandActions,
  findActionFacts,
  findActionFaults,
  isKnownAction,
  suggestActions,
  supportsResourceControl,
  takesResource,
} from "../../src/iam/actions/index.ts";
import { canOverlap, tokenizeArnFormat, tokenizeResource } from "../../src/iam/actions/overlap.ts";
import { matchesPattern } from "../../src/iam/match/glob.ts";
import { readPolicy } from "../../src/iam/read/index.ts";

describe("IAM action facts", () => {
  it("are found whatever the case of the action", () => {
    expect(findActionFacts("FSX:createdatarepositorytask")).toEqual({
      name: "fsx:CreateDataRepositoryTask",
      service: "fsx",
      access: "Write",
      resourceTypes: [
        {
          name: "file-system",
          required: true,
          arnFormats: ["arn:${Partition}:fsx:${Region}:${Account}:file-system/${FileSystemId}"],
        },
        {
          name: "task",
          required: true,
          arnFormats: ["arn:${Partition}:fsx:${Region}:${Account}:task/${TaskId}"],
        },
      ],
      conditionKeys: ["aws:RequestTag/${TagKey}", "aws:ResourceTag/${TagKey}", "aws:TagKeys"],
    });
    expect(
      findActionFacts("storagegateway:StartCacheReport")?.resourceTypes.map(({ name }) => name),
    ).toContain("share");
    expect(findActionFacts("storagegateway:Nothing")).toBeUndefined();
  });

  it.each([
    ["s3:PutObject", true],
    ["S3:putobject", true],
    ["s3:PutObjects", false],
    ["s33:PutObject", false],
    ["PutObject", false],
    ["ec2:RunInstances", true],
    ["ec2:RunInstance", false],
    ["dynamodb:GetItem", true],
    ["states:StartExecution", true],
  ])("tell whether %s exists (%s)", (action, known) => {
    expect(isKnownAction(action)).toBe(known);
  });

  it("tell whether an action takes a resource", () => {
    expect(takesResource("storagegateway:ListCacheReports")).toBe(false);
    expect(takesResource("storagegateway:DescribeCacheReport")).toBe(true);
    expect(takesResource("ec2:RunInstances")).toBe(true);
    expect(takesResource("ec2:DescribeInstances")).toBe(false);
    expect(takesResource("nothing:DescribeInstances")).toBeUndefined();
  });

  it("tell which services support resource control policies", () => {
    expect(["s3", "KMS", "sts", "sqs", "secretsmanager"].every(supportsResourceControl)).toBe(true);
    expect(["storagegateway", "fsx", "constructor"].some(supportsResourceControl)).toBe(false);
  });

  it("expand patterns, unless they match those of many services", () => {
    expect(expandActions("StorageGateway:*cachereport")).toEqual([
      "storagegateway:CancelCacheReport",
      "storagegateway:DeleteCacheReport",
      "storagegateway:DescribeCacheReport",
      "storagegateway:StartCacheReport",
    ]);
    expect(expandActions("s3:Nothing*")).toEqual([]);
    expect(expandActions("fsx:*")).toContain("fsx:CreateDataRepositoryTask");
    expect(expandActions("*")).toBeUndefined();
  });

  it.each([
    ["s3:PutObjects", "s3:PutObject"],
    ["s3:put-object", "s3:PutObject"],
    ["storagegatway:StartCacheReport", "storagegateway:StartCacheReport"],
    ["s3:HeadObject", "s3:GetObject"],
    ["s3:ListObjectsV2", "s3:ListBucket"],
    ["PassRole", "iam:PassRole"],
  ])("suggest a correction of %s: %s", (text, meant) => {
    expect(suggestActions(text)[0]).toBe(meant);
  });
});

describe("action lint of a policy", () => {
  const faults = (Action: unknown, Resource: unknown = "*", more: object = {}) =>
    findActionFaults(
      readPolicy(
        { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource, ...more }] },
        { kind: "identity", name: "p" },
      ),
    );

  const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1";

  it.each([
    ["s3:PutObjects", "*", /no action `s3:PutObjects`. did you mean `s3:PutObject`/],
    ["s3:Puttt*", "*", /no action matches `s3:Puttt\*`/],
    ["s33:PutObject", "*", /no service `s33`. did you mean `s3:PutObject`\?/],
    [
      "s3:PutObject",
      "arn:aws:s3:::b",
      /`s3:PutObject` never applies.*it takes `arn:aws:s3:::BucketName\/ObjectName`/,
    ],
    ["s3:ListBucket", "arn:aws:s3:::b/*", /`s3:ListBucket` never applies.*`arn:aws:s3:::BucketName`/],
    ["s3:ListBucket", ["arn:aws:s3:::b/*", "arn:aws:s3:::c/d"], /never applies/],
    ["storagegateway:ListCacheReports", SHARE, /takes no resource.*needs `\*`/],
    ["storagegateway:DescribeCacheReport", SHARE, /never applies.*cache-report/],
    ["storagegateway:StartCacheReport", `${SHARE}/cache-report/r`, /never applies/],
    ["kms:*", "arn:aws:s3:::b", /none of the \d+ actions of `kms:\*` applies/],
    ["fsx:CreateDataRepositoryTask", "arn:aws:s3:::b", /file-system/],
    ["ec2:RunInstances", "arn:aws:s3:::b", /`ec2:RunInstances` never applies/],
  ])("warns about %s on %s", (action, resource, text) => {
    const [fault, ...more] = faults([action], resource);
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ severity: "warning", path: ["Statement", 0, "Action", 0] });
    expect(`${fault?.message}. ${fault?.help}`).toMatch(text);
  });

  it.each([
    ["*", "arn:aws:s3:::b"],
    ["s3:*", "arn:aws:s3:::b"],
    ["s3:PutObject", "arn:aws:s3:::b*"],
    ["s3:PutObject", "arn:aws:s3:::${aws:PrincipalTag/bucket}"],
    ["s3:PutObject", "arn:aws:s3:::b/${aws:username}/?"],
    ["s3:ListBucket", "arn:aws:s3:::b*"],
    ["s3:ListBucket", ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]],
    ["storagegateway:ListCacheReports", "*"],
    ["storagegateway:ListCacheReports", ["*", SHARE]],
    ["storagegateway:StartCacheReport", SHARE],
    ["storagegateway:StartCacheReport", "arn:aws:storagegateway:*:*:*"],
    ["fsx:CreateDataRepositoryTask", "arn:aws:fsx:*:*:file-system/*"],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/path/R"],
    ["sts:AssumeRole", "arn:aws-cn:iam::123456789012:role/R"],
    ["kms:Decrypt", "arn:aws:kms:eu-west-1:123456789012:key/1234"],
    ["logs:PutLogEvents", "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/g:*"],
    ["ec2:RunInstances", "arn:aws:ec2:*:*:instance/*"],
    ["*:*", "*"],
  ])("accepts %s on %s", (action, resource) => {
    expect(faults(action, resource)).toEqual([]);
  });

  it("points at the action in its list, also in NotAction, and skips NotResource", () => {
    expect(faults(["s3:GetObject", "s3:ListBucket"], "arn:aws:s3:::b/*")).toMatchObject([
      { path: ["Statement", 0, "Action", 1] },
    ]);
    expect(faults(undefined, "arn:aws:s3:::b", { NotAction: ["s3:ListBucket", "s3:Nope"] })).toMatchObject([
      { path: ["Statement", 0, "NotAction", 1] },
    ]);
    expect(faults("s3:PutObject", undefined, { NotResource: "arn:aws:s3:::b", Resource: undefined })).toEqual(
      [],
    );
  });

  it("only checks that actions exist when the policy has no resources", () => {
    const trust = { Effect: "Allow", Principal: "*", Action: ["sts:AssumeRole", "sts:AssumeRol"] };
    const policy = readPolicy({ Version: "2012-10-17", Statement: trust }, { kind: "trust", name: "p" });
    expect(findActionFaults(policy)).toMatchObject([{ path: ["Statement", "Action", 1] }]);
  });
});

describe("overlap of two patterns", () => {
  const pattern = fc.stringMatching(/^[ab/:*?]{0,8}$/);
  const text = fc.stringMatching(/^[ab/:]{0,8}$/);

  it("is found when some text matches both", () => {
    // Each character of a text, with the token that stands for it in either pattern.
    const letter = fc.constantFrom("a", "b", "/", ":");
    const hidden = fc.constantFrom("", "", "?", "*", "**");
    fc.assert(
      fc.property(fc.array(fc.tuple(letter, hidden, hidden), { maxLength: 10 }), (letters) => {
        const left = letters.map(([character, mark]) => mark || character).join("");
        const right = letters.map(([character, , mark]) => mark || character).join("");
        expect(canOverlap(tokenizeResource(left), tokenizeResource(right))).toBe(true);
      }),
    );
  });

  it("with a literal text is the same as a match", () => {
    fc.assert(
      fc.property(pattern, text, (left, example) => {
        expect(canOverlap(tokenizeResource(left), tokenizeResource(example))).toBe(
          matchesPattern(left, example),
        );
      }),
    );
  });

  it("excludes slashes in ids", () => {
    const format = tokenizeArnFormat("share/${ShareId}");
    expect(canOverlap(tokenizeResource("share/a"), format)).toBe(true);
    expect(canOverlap(tokenizeResource("share/a/b*"), format)).toBe(false);
    expect(canOverlap(tokenizeResource("share/*"), format)).toBe(true);
  });
});
