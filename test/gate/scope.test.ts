import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isOutOfScope } from "../../src/gate/scope.ts";
import { directory } from "../cli/run.ts";

const none = { schemas: [], config: false as const };

describe("a command that is run without loading what checks", () => {
  it.each([
    [["s3", "ls"]],
    [["s3", "cp", "a.txt", "s3://bucket/a.txt"]],
    [["--region", "eu-west-1", "sts", "get-caller-identity"]],
    [["iam", "get-role", "--role-name", "arn:aws:iam::123456789012:role/R"]],
    [["--version"]],
    [[]],
  ])("names nothing that is checked: %j", (words) => {
    expect(isOutOfScope(words, none)).toBe(true);
  });

  it.each([
    [["fsx", "create-data-repository-task"]],
    [["--region", "eu-west-1", "storagegateway", "delete-gateway"]],
    [["fsx", "describe-file-systems"]],
    [["fxs", "create-data-repository-task"]],
    [["scheduler", "create-schedule", "--target", '{"Arn":"arn:aws:scheduler:::aws-sdk:fsx:createX"}']],
    [["stepfunctions", "create-state-machine", "--definition", "file://machine.json"]],
    [["lambda", "invoke", "--payload", "fileb://p"]],
    [["ssm", "send-command", "--parameters", "commands=[aws $X]"]],
    [["ssm", "send-command", "--parameters", "A".repeat(300)]],
    [["events", "put-targets", "--cli-input-json", "{}"]],
  ])("names none of what may be checked: %j", (words) => {
    expect(isOutOfScope(words, none)).toBe(false);
  });

  it("is none where further schemas may count", () => {
    const words = ["s3", "ls"];
    const configured = (text: string) => join(directory({ "countersign.yaml": text }), "countersign.yaml");
    expect(isOutOfScope(words, { schemas: ["own"] })).toBe(false);
    expect(isOutOfScope(words, { schemas: [], policyFrom: "HEAD" })).toBe(false);
    expect(isOutOfScope(words, { schemas: [], config: configured("schemas: [own]\n") })).toBe(false);
    expect(isOutOfScope(words, { schemas: [], config: configured('"\\x73chemas": [own]\n') })).toBe(false);
    expect(isOutOfScope(words, { schemas: [], config: "none.yaml" })).toBe(false);
    expect(isOutOfScope(words, { schemas: [], config: configured("strict: true\n") })).toBe(true);
  });
});
