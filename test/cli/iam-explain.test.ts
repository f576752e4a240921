import { describe, expect, it } from "vitest";
import { directory, runCli } from "./run.ts";

const ROLE = "arn:aws:iam::123456789012:role/Reporter";
const GATEWAY = "arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-12345678";

const policy = (...statements: object[]) => ({ Version: "2012-10-17", Statement: statements });
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

const DETAILS = {
  RoleDetailList: [
    {
      RoleName: "Reporter",
      Arn: ROLE,
      Path: "/",
      AssumeRolePolicyDocument: policy({
        Effect: "Allow",
        Principal: { Service: "storagegateway.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:storagegateway:*:123456789012:share/*" } },
      }),
      RolePolicyList: [
        {
          PolicyName: "Write",
          PolicyDocument: policy(
            allow("s3:PutObject", "arn:aws:s3:::reports/daily/*", { Sid: "Daily" }),
            allow("s3:GetObject", "arn:aws:s3:::reports/*", {
              Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
            }),
          ),
        },
      ],
      AttachedManagedPolicies: [],
    },
  ],
};

const FILES = {
  "context/iam.json": JSON.stringify(DETAILS, null, 2),
  "context/own.yaml": 'buckets:\n  reports: { region: eu-west-1, account: "123456789012" }\n',
};

const explain = (args: readonly string[], files: Record<string, string> = {}) =>
  runCli(["iam", "explain", ...args], { cwd: directory({ ...FILES, ...files }) });

const asking = (action: string, resource: string, ...more: string[]) => [
  "--principal",
  ROLE,
  "--action",
  action,
  "--resource",
  resource,
  "--context",
  "context",
  ...more,
];

describe("countersign iam explain", () => {
  it("names the statement that allows a call, and its position", async () => {
    const { status, stdout } = await explain(asking("s3:putobject", "arn:aws:s3:::reports/daily/a.csv"));
    expect(stdout).toMatch(/asks for s3:PutObject\n/);
    expect(stdout).toMatch(
      /context\/iam\.json:\d+:\d+: Allow `Daily` of inline policy `Write` of role `Reporter` matches\n/,
    );
    expect(stdout).toMatch(/\nallowed\n$/);
    expect(status).toBe(0);
  });

  it("prints the line of the statement in its file", async () => {
    const { stdout } = await explain(asking("s3:PutObject", "arn:aws:s3:::reports/daily/a.csv"));
    const line = Number(/iam\.json:(\d+):/.exec(stdout)?.[1]);
    expect(
      FILES["context/iam.json"]
        .split("\n")
        .slice(line - 1, line + 2)
        .join("\n"),
    ).toContain('"Effect": "Allow"');
    expect(
      FILES["context/iam.json"]
        .split("\n")
        .slice(line - 1, line + 5)
        .join("\n"),
    ).toContain('"Daily"');
  });

  it("says which resources a partial grant covers, and suggests a statement for the rest", async () => {
    const { status, stdout } = await explain(asking("s3:PutObject", "arn:aws:s3:::reports/*"));
    expect(stdout).toMatch(/matches some of the resources/);
    expect(stdout).toMatch(/granted in part only: not allowed by identity policies/);
    expect(stdout).toMatch(/granted is `arn:aws:s3:::reports\/daily\/\*`/);
    expect(stdout).toMatch(/"Resource": "arn:aws:s3:::reports\/\*"/);
    expect(status).toBe(1);
  });

  it.each([
    [
      [],
      /may match: whether its condition `IpAddress aws:SourceIp` with `10.0.0.0\/8` is met is open, as the key's value is/,
      /\nnot known\n.*`aws:SourceIp` decides/,
      1,
    ],
    [
      ["--key", "aws:SourceIp=10.1.2.3"],
      /statement 2 .* matches: its condition .* is met, as the key's value is `10.1.2.3`\n/,
      /\nallowed\n/,
      0,
    ],
    [
      ["--key", "aws:SourceIp=192.0.2.1"],
      /doesn't match: its condition .* is not met: the key's value is `192.0.2.1`/,
      /\ndenied: not allowed/,
      1,
    ],
    [["--key", "AWS:sourceip"], /is not met: the request doesn't have the key/, /\ndenied: not allowed/, 1],
  ] as const)("evaluates conditions with the arguments %j", async (keys, reason, verdict, status) => {
    const ran = await explain(asking("s3:GetObject", "arn:aws:s3:::reports/a", ...keys));
    expect(ran.stdout).toMatch(reason);
    expect(ran.stdout).toMatch(verdict);
    expect(ran.status).toBe(status);
  });

  it("reads policies from files, and names the one that denies", async () => {
    const files = {
      "deny.json": JSON.stringify(
        policy({ Sid: "No", Effect: "Deny", Action: "s3:*", Resource: "*" }),
        null,
        2,
      ),
      "all.json": JSON.stringify(policy(allow("*", "*"))),
    };
    const call = asking("s3:PutObject", "arn:aws:s3:::reports/daily/a");
    const denied = await explain([...call, "--policy", "scp=all.json", "--policy", "scp=deny.json"], files);
    expect(denied.stdout).toMatch(
      /service control policies, level 2\n {2}deny\.json:4:5: Deny `No` of `deny.json` matches/,
    );
    expect(denied.stdout).toMatch(/\ndenied by `No` of `deny\.json`\n/);
    expect(denied.status).toBe(1);
    expect((await explain([...call, "--policy", "scp=all.json"], files)).status).toBe(0);
    const bounded = await explain([...call, "--policy", "boundary=none.json"], {
      "none.json": JSON.stringify(policy(allow("iam:GetRole", "*"))),
    });
    expect(bounded.stdout).toMatch(/permissions boundary\n {2}1 statement, none about this action/);
    expect(bounded.stdout).toMatch(/denied: not allowed by permissions boundary/);
  });

  it("needs no --context when --policy gives the policies", async () => {
    const { status, stdout } = await explain(
      ["--principal", ROLE, "--action", "fsx:DescribeFileSystems", "--resource", "*", "--policy", "p.json"],
      { "p.json": JSON.stringify(policy(allow("fsx:Describe*", "*"))) },
    );
    expect(stdout).toMatch(/p\.json:1:\d+: Allow statement 1 of `p\.json` matches/);
    expect(status).toBe(0);
  });

  it("evaluates a role's trust policy for a service, and names the missing statement", async () => {
    const { status, stdout } = await explain([
      ...["--principal", "storagegateway.amazonaws.com", "--action", "sts:AssumeRole", "--resource", ROLE],
      ...["--context", "context", "--key", `aws:SourceArn=${GATEWAY}`],
    ]);
    expect(stdout).toMatch(
      /the role's trust policy\n.*doesn't match: its condition `ArnLike aws:SourceArn` with/,
    );
    expect(stdout).toMatch(/"Service": "storagegateway\.amazonaws\.com"[\s\S]*"ArnEquals"/);
    expect(stdout).not.toMatch(/"Resource"/);
    expect(status).toBe(1);
  });

  it("lists the policies that are unknown, and how to provide them", async () => {
    const principal = await explain([
      "--principal",
      `${ROLE}2`,
      "--action",
      "fsx:TagResource",
      "--resource",
      "arn:aws:fsx:eu-west-1:123456789012:task/*",
    ]);
    expect(principal.stdout).toMatch(/\nnot known\n.*is not in the IAM details\n.*`--policy FILE`/);
    expect(principal.status).toBe(1);
    const bucket = asking(
      "s3:PutObject",
      "arn:aws:s3:::other/a",
      "--policy",
      "all.json",
      "--resource-account",
      "123456789012",
    );
    const files = { "all.json": JSON.stringify(policy(allow("*", "*"))) };
    expect((await explain(bucket, files)).stdout).toMatch(
      /\nnot known\n.*is not given\n.*`--no-resource-policy`/,
    );
    expect((await explain([...bucket, "--no-resource-policy"], files)).status).toBe(0);
  });

  it("says when the decision depends on the account that owns the bucket", async () => {
    const call = asking(
      "s3:PutObject",
      "arn:aws:s3:::other/a",
      "--policy",
      "all.json",
      "--no-resource-policy",
    );
    const files = { "all.json": JSON.stringify(policy(allow("*", "*"))) };
    const { status, stdout } = await explain(call, files);
    expect(stdout).toMatch(/\nnot known\n.*is not known, and decides: give it with `--resource-account`/);
    expect(status).toBe(1);
    expect((await explain([...call, "--resource-account", "210987654321"], files)).stdout).toMatch(
      /\ndenied/,
    );
  });

  it("reads policies inside the AWS CLI's output", async () => {
    const files = {
      "bucket.json": JSON.stringify({
        Policy: JSON.stringify(policy({ ...allow("s3:*", "*"), Effect: "Deny", Principal: "*" })),
      }),
    };
    const call = asking("s3:PutObject", "arn:aws:s3:::reports/daily/a", "--policy", "resource=bucket.json");
    expect((await explain(call, files)).stdout).toMatch(
      /the resource's policy\n {2}bucket\.json:1:\d+: Deny statement 1 of `bucket\.json` matches/,
    );
  });

  it("names the condition that makes a Deny match, and says when several values leave it unknown", async () => {
    const deny = { ...allow("*", "*"), Effect: "Deny" };
    const files = {
      "deny.json": JSON.stringify(
        policy({ ...deny, Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } } }),
      ),
    };
    const call = asking("s3:PutObject", "arn:aws:s3:::reports/daily/a", "--policy", "deny.json");
    const vpc = ["--key", "aws:SourceVpc=vpc-2"];
    expect((await explain([...call, ...vpc], files)).stdout).toMatch(
      /matches: its condition `StringNotEquals aws:SourceVpc` with `vpc-1` is met, as the key's value is `vpc-2`\n/,
    );
    expect((await explain([...call, ...vpc, "--key", "aws:SourceVpc=vpc-3"], files)).stdout).toMatch(
      /may match: whether its condition .* is met is open, as the key's values are `vpc-2` and `vpc-3`\n/,
    );
  });

  it("distinguishes a partial grant from none when the bucket's owner decides between them", async () => {
    const call = asking("s3:PutObject", "arn:aws:s3:::other/*", "--no-resource-policy", "--policy", "p.json");
    const files = { "p.json": JSON.stringify(policy(allow("s3:*", "arn:aws:s3:::other/a/*"))) };
    const { stdout } = await explain(call, files);
    expect(stdout).toMatch(/\ngranted in part only: not allowed by identity policies\n/);
    expect(stdout).toMatch(/this is so if `arn:aws:s3:::other\/\*` is in the principal's account/);
  });

  it("names the statement that leaves the decision unknown when no condition key does", async () => {
    const deny = { ...allow("*", "arn:aws:s3*:reports/*"), Effect: "Deny" };
    const files = { "deny.json": JSON.stringify(policy(deny)) };
    const call = asking("s3:PutObject", "arn:aws:s3:::reports/daily/a", "--policy", "deny.json");
    expect((await explain(call, files)).stdout).toMatch(
      /\nnot known\n {2}this depends on deny\.json:1:38: Deny statement 1 of `deny\.json` may match: it may be about `arn/,
    );
  });

  it("finds a KMS key's policy through the bucket that is encrypted with it", async () => {
    const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const own = `buckets:
  reports:
    region: eu-west-1
    account: "123456789012"
    kmsKeyArn: ${key}
    kmsKeyPolicy:
      Version: "2012-10-17"
      Statement:
        - { Effect: Allow, Principal: { AWS: "${ROLE}" }, Action: "kms:Decrypt", Resource: "*" }
`;
    const ask = async (arn: string) =>
      (await explain(asking("kms:Decrypt", arn), { "context/own.yaml": own })).stdout;
    expect(await ask(key)).toMatch(/the key's policy\n {2}context\/own\.yaml:9:11: Allow .* matches\n/);
    expect(await ask(key)).toMatch(/\nallowed\n/);
    expect(await ask(`${key}0`)).toMatch(/the key's policy is not given\n.*or as `kmsKeyPolicy` of a bucket/);
  });

  it("lists faults in the policies with their positions", async () => {
    const files = {
      "p.json":
        '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "effect": "Allow", "Action": "s3:PutObjects", "Resource": "*" }\n  ]\n}',
    };
    const { stdout } = await explain(
      asking("s3:PutObject", "arn:aws:s3:::reports/daily/a", "--policy", "p.json"),
      files,
    );
    expect(stdout).toMatch(
      /p\.json:4:7: error: `effect` is no element of a statement\n {4}help: did you mean `Effect`\?/,
    );
    expect(stdout).toMatch(/p\.json:4:36: warning: there is no action `s3:PutObjects`/);
  });

  it("prints the decision and its trace as JSON", async () => {
    const { status, stdout } = await explain(
      asking("s3:PutObject", "arn:aws:s3:::reports/*", "--format", "json"),
    );
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      request: { principal: ROLE, action: "s3:PutObject", resource: "arn:aws:s3:::reports/*" },
      decision: "implicitDeny",
      partial: true,
      covered: ["arn:aws:s3:::reports/daily/*"],
      lacking: ["identity"],
      missing: { keys: [], policies: [], notes: [] },
      layers: [
        {
          name: "identity",
          statements: [
            { statement: 0, sid: "Daily", effect: "Allow", outcome: "matched", file: "context/iam.json" },
          ],
        },
      ],
      faults: [],
      suggestions: [
        {
          layer: "identity",
          statement: { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::reports/*" },
        },
      ],
    });
    expect(status).toBe(1);
  });

  it("lists unknown policies in JSON", async () => {
    const { stdout } = await explain(
      asking("s3:PutObject", "arn:aws:s3:::other/daily/*", "--format", "json", "--policy", "all.json"),
      {
        "all.json": JSON.stringify(policy(allow("*", "*"))),
      },
    );
    const message = "the policy of `arn:aws:s3:::other/daily/*` is not given";
    expect(JSON.parse(stdout)).toMatchObject({
      decision: "unknown",
      layers: [{ name: "resource", statements: [], unknown: [message] }, { name: "identity" }],
      missing: { policies: [{ message, help: expect.stringContaining("--policy resource=FILE") }] },
    });
  });

  it.each([
    [
      ["--action", "s3:PutObjects", "--resource", "*"],
      /no action `s3:PutObjects`\n {2}help: did you mean `s3:PutObject`/,
    ],
    [["--action", "s3:*", "--resource", "*"], /`s3:\*` is no action\n {2}help: give one without wildcards/],
    [["--action", "s3:PutObject", "--resource", "reports"], /`reports` is no resource/],
    [
      ["--action", "s3:PutObject", "--resource", "arn:aws:s3:::b"],
      /never asked for on `arn:aws:s3:::b`\n {2}help: it takes `arn:aws:s3:::BucketName\/ObjectName`/,
    ],
    [
      ["--action", "storagegateway:ListCacheReports", "--resource", "arn:aws:s3:::b"],
      /never asked for.*\n {2}help: it needs `\*`/,
    ],
    [["--action", "s3:PutObject", "--resource", "*", "--key", "SourceIp"], /`SourceIp` is no condition key/],
    [
      ["--action", "s3:PutObject", "--resource", "*", "--policy", "gone.json"],
      /`gone\.json`: there is no file/,
    ],
    [
      ["--action", "s3:PutObject", "--resource", "*", "--policy", "role=p.json"],
      /`role` is no kind of policy/,
    ],
    [["--action", "s3:PutObject", "--resource", "*", "--resource-account", "1"], /no account id/],
    [["--action", "s3:PutObject"], /required option '--resource <arn>' not specified/],
  ])("exits 2 for the arguments %j", async (args, text) => {
    const { status, stdout, stderr } = await explain(["--principal", ROLE, ...args]);
    expect(stderr).toMatch(text);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("exits 2 for a principal that is not an ARN of a principal", async () => {
    const ran = await explain(["--principal", "Reporter", "--action", "s3:PutObject", "--resource", "*"]);
    expect(ran.stderr).toMatch(/`Reporter` is no service principal.*\n {2}help: give the ARN/);
    expect(ran.status).toBe(2);
  });
});
