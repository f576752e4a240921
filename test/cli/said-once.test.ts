import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import { directory, reportOf, runCli } from "./run.ts";

async function codesOf(files: Record<string, string>): Promise<string[]> {
  const run = await runCli(["check", ".", "--format", "json"], { cwd: directory(files) });
  return reportOf(run).diagnostics.map(({ code, status }: Diagnostic) => `${status} ${code}`);
}

const task = (path: string): string =>
  `{"Type":"EXPORT_TO_REPOSITORY","FileSystemId":"fs-0123456789abcdef0","Paths":["${path}"],"Report":{"Enabled":false}}`;

const schedule = (name: string, input: string): string => `
  ${name}:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask
        Input: ${input}`;

describe("one mistake is said once", () => {
  it("when a member is misspelt that rules read", async () => {
    const request = `operation: fsx:CreateDataRepositoryTask
request: { Type: RELEASE_DATA_FROM_FILESYSTEM, FileSystemId: fs-0123456789abcdef0, Path: [data], Report: { Enabled: false } }
`;
    const found = (await codesOf({ "r.yaml": request })).filter((each) => each.startsWith("failed"));
    expect(found).toEqual(["failed schema/unknown-field"]);
  });

  it("when a definition can't be read, and its call is found all the same", async () => {
    const text = `Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub |
        \${Begin} { "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:fsx:createDataRepositoryTask" } } \${End}
`;
    expect(await codesOf({ "t.yaml": text })).toEqual(["undecided document/unread"]);
  });

  it("when a definition in Terraform's language is broken", async () => {
    const text = `resource "aws_sfn_state_machine" "m" {
  definition = <<EOT
  { "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:fsx:createDataRepositoryTask",
EOT
}
`;
    const found = await codesOf({ "m.tf": text });
    expect(found.filter((each) => each.endsWith("document/unread"))).toHaveLength(1);
  });
});

describe("requests of one run", () => {
  it("are not compared if they are alternatives of one schedule", async () => {
    const input = `!If [A, '${task("data")}', '${task("data/x")}']`;
    expect(await codesOf({ "t.yaml": `Resources:${schedule("S", input)}` })).not.toContain(
      "failed fsx/no-overlapping-tasks",
    );
  });

  it("are not compared if one condition decides between them", async () => {
    const first = schedule("S", `!If [A, '${task("data")}', '${task("other")}']`);
    const second = schedule("T", `!If [A, '${task("more")}', '${task("data/x")}']`);
    expect(await codesOf({ "t.yaml": `Resources:${first}${second}` })).not.toContain(
      "failed fsx/no-overlapping-tasks",
    );
  });

  it("are compared if they are of two schedules", async () => {
    const both = `${schedule("S", `'${task("data")}'`)}${schedule("T", `'${task("data/x")}'`)}`;
    expect(await codesOf({ "t.yaml": `Resources:${both}` })).toContain("failed fsx/no-overlapping-tasks");
  });
});
