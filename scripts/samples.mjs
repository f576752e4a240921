/** The payload of an export that passes. */
export const EXPORT = {
  Type: "EXPORT_TO_REPOSITORY",
  FileSystemId: "fs-0123456789abcdef0",
  Paths: ["results"],
  Report: {
    Enabled: true,
    Path: "s3://results/reports",
    Format: "REPORT_CSV_20191124",
    Scope: "FAILED_FILES_ONLY",
  },
};
const OPERATION = "fsx:CreateDataRepositoryTask";
const toJson = (request) => JSON.stringify({ operation: OPERATION, request }, null, 2);

const YAML = `operation: ${OPERATION}
request:
  Type: EXPORT_TO_REPOSITORY
  FileSystemId: fs-0123456789abcdef0
  Paths: [results]
  Report: { Enabled: true, Path: "s3://results/reports", Format: REPORT_CSV_20191124, Scope: FAILED_FILES_ONLY }
`;

const SCRIPT = `#!/bin/sh
set -e
bucket=s3://results

# The results of the night.
aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id fs-0123456789abcdef0 \\
  --paths results --report "Enabled=true,Path=$bucket/reports,Format=REPORT_CSV_20191124,Scope=FAILED_FILES_ONLY"
`;

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  FileSystem: { Type: String }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: { AssumeRolePolicyDocument: {} }
  Schedule:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: { Mode: "OFF" }
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask
        RoleArn: !GetAtt Role.Arn
        Input: !Sub |
          ${JSON.stringify({ ...EXPORT, FileSystemId: "$" + "{FileSystem}" })}
`;

/** What an agent runs most often has nothing to do with AWS. */
const TOOL_CALL = JSON.stringify({
  hook_event_name: "PreToolUse",
  tool_name: "Bash",
  tool_input: { command: "cd src && grep -rn 'TODO' . | head -20" },
});

/** What most runs are like. What the first calls is in `core`. */
export const SAMPLES = {
  json: { file: "request.json", text: toJson(EXPORT) },
  finding: { file: "request.json", text: toJson({ ...EXPORT, Type: "EXPORT", Paths: ["/a", "/a/b"] }) },
  yaml: { file: "request.yaml", text: YAML },
  script: { file: "run.sh", text: SCRIPT },
  template: { file: "template.yaml", text: TEMPLATE },
  hook: { input: TOOL_CALL },
};
