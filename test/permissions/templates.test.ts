import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import { directory, reportOf, runCli } from "../cli/run.ts";

const INPUT =
  '{"Type":"EXPORT_TO_REPOSITORY","FileSystemId":"fs-0123456789abcdef0","Paths":["data/run-1"],"Report":{"Enabled":false}}';

/** A template with a role of these properties, and a schedule that takes it. */
const template = (properties: string, more = "", role = "!GetAtt ExportRole.Arn"): string => `
Resources:
  ExportRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
${properties}
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask
        RoleArn: ${role}
        Input: '${INPUT}'
${more}`;

const inline = (...statements: string[]): string => `
      Policies:
        - PolicyName: export
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [${statements.join(", ")}]`;

const allow = (action: string, ...resources: string[]): string =>
  `{ Effect: Allow, Action: ${action}, Resource: [${resources.join(", ")}] }`;

const OWN = "arn:${AWS::Partition}:fsx:${AWS::Region}:${AWS::AccountId}";
const CREATE = "fsx:CreateDataRepositoryTask";
const FILE_SYSTEMS = `!Sub "${OWN}:file-system/*"`;
const TASKS = `!Sub "${OWN}:task/*"`;
const ALL = allow(CREATE, FILE_SYSTEMS, TASKS);

/** The permission findings, except for statements that allow too much. */
async function diagnose(files: Record<string, string>, ...args: string[]): Promise<string[]> {
  const run = await runCli(["check", ".", "--format", "json", ...args], { cwd: directory(files) });
  return reportOf(run)
    .diagnostics.filter(({ code }: Diagnostic) => /^iam\/(?!over)/.test(code))
    .map(({ code, status, file, line, message, missing }: Diagnostic) =>
      [
        status,
        code,
        `${file}:${line}`,
        message,
        ...(missing ?? []).map(({ kind, name }) => `${kind} ${name}`),
      ].join(" "),
    );
}

const NOTHING = /^$/;
const DENIED =
  /^failed iam\/implicit-deny t\.yaml:3 `ExportRole` is not allowed `fsx:CreateDataRepositoryTask`/;
const UNDECIDED = /^undecided iam\/undecided t\.yaml:\d+ .*\bpolicy \S/;

describe("a role in the template of a schedule", () => {
  it.each([
    [
      "that lacks the task fails at the role's line",
      template(inline(allow(CREATE, FILE_SYSTEMS))),
      /t\.yaml:3 .*task\/\*/,
    ],
    ["that allows both is enough", template(inline(ALL)), NOTHING],
    [
      "referred to with !Ref is found",
      template(inline(allow("'s3:*'", "'*'")), "", "!Ref ExportRole"),
      DENIED,
    ],
    [
      "referred to by its name is found",
      template(
        `      RoleName: exporter${inline(allow("'s3:*'", "'*'"))}`,
        "",
        "!Sub arn:aws:iam::${AWS::AccountId}:role/exporter",
      ),
      /^failed iam\/implicit-deny t\.yaml:3 `exporter`/,
    ],
    ["without policies fails", template(""), DENIED],
    [
      "with a managed policy that is only named is undecided",
      template("      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonFSxFullAccess]"),
      UNDECIDED,
    ],
    [
      "with a boundary that is only named is undecided",
      template(`${inline(ALL)}\n      PermissionsBoundary: arn:aws:iam::123456789012:policy/b`),
      UNDECIDED,
    ],
    [
      "that lacks the permission fails whatever its boundary is",
      template(
        `${inline(allow("'s3:*'", "'*'"))}\n      PermissionsBoundary: arn:aws:iam::123456789012:policy/b`,
      ),
      DENIED,
    ],
    [
      "with an action that a hole may complete is undecided",
      template(inline(allow('!Sub "fsx:${Verb}"', "'*'"))),
      UNDECIDED,
    ],
    [
      "with an action that no hole completes fails",
      template(inline(allow('!Sub "s3:${Verb}"', "'*'"))),
      DENIED,
    ],
    [
      "with a resource that a hole may complete is undecided",
      template(inline(allow(CREATE, "!Ref R"))),
      UNDECIDED,
    ],
    [
      "with an effect that isn't known is undecided",
      template(inline("{ Effect: !If [C, Allow, Deny], Action: '*', Resource: '*' }")),
      UNDECIDED,
    ],
    [
      "with a condition that isn't known is undecided",
      template(
        inline(
          "{ Effect: Allow, Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': !Ref T } } }",
        ),
      ),
      UNDECIDED,
    ],
    [
      "with a condition that may be absent is undecided",
      template(
        inline("{ Effect: Allow, Action: '*', Resource: '*', Condition: !If [C, {}, !Ref 'AWS::NoValue'] }"),
      ),
      UNDECIDED,
    ],
    [
      "with a statement that may be absent is undecided",
      template(inline(`!If [C, ${ALL}, !Ref 'AWS::NoValue']`)),
      UNDECIDED,
    ],
    [
      "with a Deny that a hole may complete is undecided",
      template(inline(ALL, "{ Effect: Deny, Action: '*', Resource: !Ref R }")),
      UNDECIDED,
    ],
    [
      "that is denied fails",
      template(inline(ALL, `{ Effect: Deny, Action: 'fsx:*', Resource: ${TASKS} }`)),
      /^failed iam\/explicit-deny t\.yaml:3 /,
    ],
    [
      "with NotAction is enough",
      template(inline("{ Effect: Allow, NotAction: 'iam:*', Resource: '*' }")),
      NOTHING,
    ],
    [
      "of another account's resources is undecided",
      template(inline(allow(CREATE, "'arn:aws:fsx:*:123456789012:*'"))),
      /^undecided/,
    ],
    [
      "takes the policies that other resources give it",
      template(
        "",
        `  P:\n    Type: AWS::IAM::Policy\n    Properties: { PolicyName: p, Roles: [!Ref ExportRole], PolicyDocument: { Version: "2012-10-17", Statement: [${ALL}] } }`,
      ),
      NOTHING,
    ],
    [
      "doesn't take the policies of others",
      template(
        "",
        `  P:\n    Type: AWS::IAM::Policy\n    Properties: { PolicyName: p, Roles: [other], PolicyDocument: { Version: "2012-10-17", Statement: [${ALL}] } }`,
      ),
      DENIED,
    ],
    [
      "may have the policy of a role that isn't known",
      template(
        "",
        `  P:\n    Type: AWS::IAM::Policy\n    Properties: { PolicyName: p, Roles: [!Ref Name], PolicyDocument: { Version: "2012-10-17", Statement: [${ALL}] } }`,
      ),
      UNDECIDED,
    ],
    [
      "takes the managed policies of the template",
      template(
        "      ManagedPolicyArns: [!Ref M]",
        `  M:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: { PolicyDocument: { Version: "2012-10-17", Statement: [${ALL}] } }`,
      ),
      NOTHING,
    ],
  ])("%s", async (_title, text, expected) => {
    expect((await diagnose({ "t.yaml": text })).join("\n")).toMatch(expected);
  });

  it("is found in another file of the run by its name", async () => {
    const role = template(`      RoleName: exporter${inline(allow("'s3:*'", "'*'"))}`).split("  Nightly")[0]!;
    const schedule = template("", "", "arn:aws:iam::123456789012:role/exporter").replace(
      / {2}ExportRole[\s\S]*?(?= {2}Nightly)/,
      "",
    );
    const found = await diagnose({ "role.yaml": role, "t.yaml": schedule });
    expect(found.join("\n")).toMatch(
      /^failed iam\/implicit-deny role\.yaml:3 `arn:aws:iam::123456789012:role\/exporter`/,
    );
  });
});

describe("a role in Terraform's language", () => {
  const role = `resource "aws_iam_role" "export" {\n  assume_role_policy = "{}"\n}\n`;
  const schedule = `
resource "aws_scheduler_schedule" "nightly" {
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"
    role_arn = aws_iam_role.export.arn
    input    = jsonencode(${INPUT.replaceAll('":', '" = ').replaceAll('"{', "{")})
  }
}
`;
  const document = (resources: string): string => `
data "aws_iam_policy_document" "export" {
  statement {
    actions   = ["fsx:CreateDataRepositoryTask"]
    resources = [${resources}]
  }
}
resource "aws_iam_role_policy" "export" {
  role   = aws_iam_role.export.id
  policy = data.aws_iam_policy_document.export.json
}
`;
  const own = "arn:aws:fsx:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}";

  it("that lacks the task fails at the role's line", async () => {
    const files = { "role.tf": role, "main.tf": schedule + document(`"${own}:file-system/*"`) };
    expect((await diagnose(files)).join("\n")).toMatch(
      /^failed iam\/implicit-deny role\.tf:1 `aws_iam_role\.export` is not allowed .*task\/\*/,
    );
  });

  it("that allows both is enough", async () => {
    const files = { "main.tf": role + schedule + document(`"${own}:file-system/*", "${own}:task/*"`) };
    expect(await diagnose(files)).toEqual([]);
  });

  it("with a policy that isn't known is undecided", async () => {
    const attachment = `resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.export.name\n  policy_arn = var.policy\n}\n`;
    expect((await diagnose({ "main.tf": role + schedule + attachment })).join("\n")).toMatch(
      /^undecided iam\/undecided .*`var\.policy`/,
    );
  });
});
