import { describe, expect, it } from "vitest";
import { listInFile } from "./list-in-files.ts";

const ARN = "arn:aws:scheduler:::aws-sdk:storagegateway:evictFilesFailingUpload";
const STATES = ARN.replace("scheduler", "states");
const EVICT = "aws storagegateway evict-files-failing-upload --file-share-arn";
const SCHEDULE = "aws scheduler create-schedule --name a --flexible-time-window Mode=OFF --target";

const machine = (resource: string): string =>
  `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${resource}", "Parameters": {"FileShareARN": "x"}, "End": true}}}`;

describe("a command that makes a resource which makes calls", () => {
  it.each([
    [
      "a schedule in JSON",
      `${SCHEDULE} '{"Arn": "${ARN}", "RoleArn": "r", "Input": "{\\"FileShareARN\\": \\"x\\"}"}'\n`,
      ['1:82 {"FileShareARN":"x"}'],
    ],
    [
      "a schedule in shorthand",
      `${SCHEDULE} 'Arn=${ARN},RoleArn=r,Input="{\\"FileShareARN\\": \\"x\\"}"'\n`,
      ['1:82 {"FileShareARN":"x"}'],
    ],
    [
      "an input of its own",
      `aws scheduler update-schedule --cli-input-json '{"Target": {"Arn": "${ARN}", "Input": "{}"}}'\n`,
      ["1:60 {}"],
    ],
    [
      "a schedule of a function",
      `${SCHEDULE} Arn=arn:aws:lambda:eu-west-1:123456789012:function:f,RoleArn=r\n`,
      [],
    ],
    [
      "a schedule whose target is a variable",
      `${SCHEDULE} "$TARGET"\n`,
      ["1 what this target calls is not known here"],
    ],
    [
      "a schedule whose ARN is a variable",
      `${SCHEDULE} "Arn=$A,RoleArn=r,Input='{\\"FileShareARN\\": \\"x\\"}'"\n`,
      [expect.stringContaining("which operation is called is not known")],
    ],
    [
      "a state machine",
      `aws stepfunctions create-state-machine --name a --role-arn r --definition '${machine(STATES)}'\n`,
      [expect.stringMatching(/^1:\d+ \{"FileShareARN":"x"\}$/)],
    ],
    [
      "a document",
      `aws ssm create-document --name a --content '{"mainSteps": [{"action": "aws:runShellScript", "inputs": {"runCommand": ["A=x", "${EVICT} $A"]}}, {"action": "aws:executeAwsApi", "inputs": {"Service": "storagegateway", "Api": "EvictFilesFailingUpload", "FileShareARN": "y"}}]}'\n`,
      [expect.stringContaining('{"FileShareARN":"x"}'), expect.stringContaining('{"FileShareARN":"y"}')],
    ],
    [
      "commands for machines",
      `aws ssm send-command --document-name AWS-RunShellScript --targets Key=tag:a,Values=b --parameters 'commands=["A=x","${EVICT} $A"]'\n`,
      [expect.stringContaining('{"FileShareARN":"x"}')],
    ],
    [
      "commands of PowerShell",
      `aws ssm send-command --document-name AWS-RunPowerShellScript --parameters 'commands=["ls"]'\n`,
      [],
    ],
  ])("is read for %s", async (_what, text, expected) => {
    const found = await listInFile("a.sh", text);
    expect(found.toSorted()).toEqual(expected);
  });

  it("takes its justification from the comment above it", async () => {
    const text = `# countersign: justification="INC-1: x"\n${SCHEDULE} Arn=${ARN},Input='{}'\n`;
    expect(await listInFile("a.sh", text)).toEqual(["2:81 {}"]);
  });
});
