import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import { directory, reportOf, runCli } from "../cli/run.ts";

interface Change {
  location?: string;
  actions?: string;
  resource?: string;
  bucket?: string;
  policy?: string;
  service?: string;
}

/** A template with a schedule of cache reports, their role, the bucket and its policy and key. */
const template = ({
  location = "$" + "{Bucket.Arn}",
  actions = "s3:PutObject, s3:AbortMultipartUpload",
  resource = '!Sub "$' + '{Bucket.Arn}/*"',
  bucket = "{}",
  policy = '{ Effect: Deny, Action: "s3:DeleteBucket", Principal: "*", Resource: "*" }',
  service = "storagegateway.amazonaws.com",
}: Change = {}): string => `
Resources:
  Weekly:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:storagegateway:startCacheReport
        RoleArn: !GetAtt Caller.Arn
        Input: !Sub '{"FileShareARN":"arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D","Role":"\${Reports.Arn}","LocationARN":"${location}","BucketRegion":"eu-west-1","ClientToken":"<aws.scheduler.scheduled-time>","InclusionFilters":[{"Name":"UploadState","Values":["FailingUpload"]}]}'
  Caller:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - { Effect: Allow, Action: "storagegateway:StartCacheReport", Resource: "*" }
              - { Effect: Allow, Action: "iam:PassRole", Resource: !GetAtt Reports.Arn }
  Reports:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: ${service} }
            Action: "sts:AssumeRole"
            Condition: { StringEquals: { "aws:SourceAccount": !Ref AWS::AccountId } }
      Policies:
        - PolicyName: p
          PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: [${actions}], Resource: ${resource} }] }
  Bucket:
    Type: AWS::S3::Bucket
    Properties: ${bucket}
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument: { Version: "2012-10-17", Statement: [${policy}] }
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "kms:*", Resource: "*", Principal: { AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root" } }] }
`;

async function diagnose(files: Record<string, string>): Promise<string[]> {
  const run = await runCli(["check", ".", "--format", "json"], { cwd: directory(files) });
  return reportOf(run)
    .diagnostics.filter(({ code }: Diagnostic) => code.startsWith("iam/"))
    .map(
      ({ code, status, file, line, message }: Diagnostic) => `${status} ${code} ${file}:${line} ${message}`,
    );
}

const NOTHING = /^$/;
const OBJECTS = "!Sub '$" + "{Bucket.Arn}/*'";
const KMS =
  "{ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn } }] } }";

describe("a bucket in the template of a cache report", () => {
  it.each<[string, Change, RegExp]>([
    ["is written to by a role with a grant on it", {}, NOTHING],
    [
      "is found by its name",
      { location: "arn:aws:s3:::cache-reports/x/", bucket: "{ BucketName: cache-reports }" },
      NOTHING,
    ],
    [
      "is the one that its name is filled into an ARN of",
      { location: "arn:aws:s3:::$" + "{Bucket}/x/", resource: "!Sub 'arn:aws:s3:::$" + "{Bucket}/*'" },
      NOTHING,
    ],
    [
      "fails at the line of a role that lacks an action",
      { actions: "s3:PutObject" },
      /^failed iam\/implicit-deny t\.yaml:21 `Reports` is not allowed `s3:AbortMultipartUpload`/,
    ],
    [
      "is undecided for a role with a grant on names that it may have",
      { resource: "'arn:aws:s3:::lab-*/*'" },
      /^undecided iam\/undecided/,
    ],
    [
      "fails where its policy denies the action",
      { policy: `{ Effect: Deny, Action: "s3:*", Principal: "*", Resource: ${OBJECTS} }` },
      /^failed iam\/explicit-deny .*the policy of bucket `Bucket` \(t\.yaml:41:/,
    ],
    [
      "may have a policy that denies only requests without TLS",
      {
        policy: `{ Effect: Deny, Action: "s3:*", Principal: "*", Resource: ${OBJECTS}, Condition: { Bool: { "aws:SecureTransport": "false" } } }`,
      },
      NOTHING,
    ],
    [
      "may grant the role what its own policies lack",
      {
        actions: "s3:PutObject",
        policy: `{ Effect: Allow, Action: "s3:AbortMultipartUpload", Principal: { AWS: !GetAtt Reports.Arn }, Resource: ${OBJECTS} }`,
      },
      NOTHING,
    ],
    [
      "grants nothing to the role by naming the account",
      {
        actions: "s3:PutObject",
        policy: `{ Effect: Allow, Action: "s3:AbortMultipartUpload", Principal: { AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root" }, Resource: ${OBJECTS} }`,
      },
      /^failed iam\/implicit-deny/,
    ],
    [
      "that is encrypted needs the role to use its key",
      { bucket: KMS },
      /^failed iam\/implicit-deny t\.yaml:21 `Reports` is not allowed `kms:GenerateDataKey` and `kms:Decrypt`/,
    ],
    [
      "that is encrypted is written to with the key",
      {
        bucket: KMS,
        actions: "s3:PutObject, s3:AbortMultipartUpload, kms:GenerateDataKey, kms:Decrypt",
        resource: "'*'",
      },
      NOTHING,
    ],
    [
      "doesn't help a role that doesn't trust the service",
      { service: "lambda.amazonaws.com" },
      /^failed iam\/untrusted-service/,
    ],
  ])("%s", async (_title, change, expected) => {
    expect((await diagnose({ "t.yaml": template(change) })).join("\n")).toMatch(expected);
  });
});

const CALL =
  'import boto3\ndef handler(event, context):\n    boto3.client("fsx").create_data_repository_task(FileSystemId="fs-0123456789abcdef0", Type="EXPORT_TO_REPOSITORY", Paths=["data"], Report={"Enabled": False})\n';

const sam = (policies: string): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Export:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: app.handler
      CodeUri: src/
      Policies: [${policies}]
`;

const LACKS =
  /^failed iam\/implicit-deny t\.yaml:4 `ExportRole` is not allowed `fsx:CreateDataRepositoryTask`/;

describe("the role of a function", () => {
  it.each([
    ["with a policy template that grants something else fails", "{ S3ReadPolicy: { BucketName: x } }", LACKS],
    ["with a policy template that isn't known is undecided", "{ NewPolicy: {} }", /^undecided .*NewPolicy/],
    [
      "with the permission is enough",
      "{ Statement: [{ Effect: Allow, Action: 'fsx:Create*', Resource: '*' }] }",
      NOTHING,
    ],
  ])("%s", async (_title, policies, expected) => {
    const found = await diagnose({ "t.yaml": sam(policies), "src/app.py": CALL });
    expect(found.join("\n")).toMatch(expected);
  });

  it("makes the calls of its inline code", async () => {
    const inline = `      InlineCode: |\n${CALL.replaceAll(/^(?=.)/gm, "        ")}`;
    const text = sam("{ S3ReadPolicy: { BucketName: x } }").replace("      CodeUri: src/\n", inline);
    expect((await diagnose({ "t.yaml": text })).join("\n")).toMatch(LACKS);
  });

  it("is not claimed for code of two functions with different roles", async () => {
    const text = sam("{ S3ReadPolicy: { BucketName: x } }");
    const other = text.split("Resources:\n")[1]!.replace("Export:", "Another:");
    expect(await diagnose({ "t.yaml": text + other, "src/app.py": CALL })).toEqual([]);
  });

  it("is found for the source of an archive in Terraform's language", async () => {
    const files = {
      "main.tf": `data "archive_file" "code" {
  type        = "zip"
  source_dir  = "\${path.module}/src"
  output_path = "code.zip"
}
resource "aws_lambda_function" "export" {
  runtime  = "python3.12"
  handler  = "app.handler"
  filename = data.archive_file.code.output_path
  role     = aws_iam_role.export.arn
}
resource "aws_iam_role" "export" { assume_role_policy = "{}" }
`,
      "src/app.py": CALL,
    };
    expect((await diagnose(files)).join("\n")).toMatch(/^failed iam\/implicit-deny main\.tf:12 /);
  });
});

describe("the caller of a schedule", () => {
  it("that depends on a condition is undecided without policies", async () => {
    const text = template().replace("!GetAtt Caller.Arn", "!If [A, !Ref RoleA, !Ref RoleB]");
    expect((await diagnose({ "t.yaml": text })).join("\n")).toMatch(/^undecided iam\/undecided .*RoleA/m);
  });
});

describe("files of one directory in Terraform's language", () => {
  it("give a schedule its file system, its role and its bucket's policy", async () => {
    const files = {
      "schedule.tf": `resource "aws_scheduler_schedule" "report" {
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:storagegateway:startCacheReport"
    role_arn = aws_iam_role.caller.arn
    input = jsonencode({
      FileShareARN     = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D"
      Role             = aws_iam_role.reports.arn
      LocationARN      = aws_s3_bucket.reports.arn
      BucketRegion     = "eu-west-1"
      ClientToken      = "<aws.scheduler.scheduled-time>"
      InclusionFilters = [{ Name = "UploadState", Values = ["FailingUpload"] }]
    })
  }
}
`,
      "storage.tf": `resource "aws_s3_bucket" "reports" {}
resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:AbortMultipartUpload", Resource = "\${aws_s3_bucket.reports.arn}/*" }] })
}
`,
      "iam.tf": `resource "aws_iam_role" "caller" { assume_role_policy = "{}" }
resource "aws_iam_role_policy" "caller" {
  role   = aws_iam_role.caller.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "storagegateway:StartCacheReport", Resource = "*" }, { Effect = "Allow", Action = "iam:PassRole", Resource = aws_iam_role.reports.arn }] })
}
resource "aws_iam_role" "reports" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "storagegateway.amazonaws.com" }, Action = "sts:AssumeRole", Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } } }] })
}
resource "aws_iam_role_policy" "reports" {
  role   = aws_iam_role.reports.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:PutObject", "s3:AbortMultipartUpload"], Resource = "\${aws_s3_bucket.reports.arn}/*" }] })
}
`,
    };
    expect(await diagnose(files)).toEqual([
      expect.stringMatching(/^failed iam\/explicit-deny iam\.tf:6 .*storage\.tf:4:/),
    ]);
  });

  it("give a task the associations of its file system", async () => {
    const run = await runCli(["check", ".", "--format", "json"], {
      cwd: directory({
        "schedule.tf": `resource "aws_scheduler_schedule" "export" {
  target {
    arn   = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"
    input = jsonencode({ Type = "EXPORT_TO_REPOSITORY", FileSystemId = aws_fsx_lustre_file_system.lab.id, Paths = ["other"], Report = { Enabled = false } })
  }
}
`,
        "storage.tf": `resource "aws_fsx_lustre_file_system" "lab" { deployment_type = "PERSISTENT_2" }
resource "aws_fsx_data_repository_association" "lab" {
  file_system_id       = aws_fsx_lustre_file_system.lab.id
  file_system_path     = "/data"
  data_repository_path = "s3://lab-results/data"
}
`,
      }),
    });
    expect(reportOf(run).diagnostics).toContainEqual(
      expect.objectContaining({ code: "fsx/paths-linked", status: "failed", file: "schedule.tf" }),
    );
  });
});
