import { describe, expect, it } from "vitest";
import { findActionOfOperation } from "../../src/iam/actions/by-operation.ts";
import type { Diagnostic } from "../../src/index.ts";
import { directory, reportOf, runCli } from "../cli/run.ts";
import { allow, deny, policy } from "./world.ts";

const CALLER = "arn:aws:iam::123456789012:role/Operator";
const MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:nightly";

/** The permission findings for a request of an operation without described permissions. */
async function diagnose(operation: string, statements: object[] | undefined, caller = true) {
  const [service, name] = operation.split(":");
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `${operation} request`,
    type: "object",
    properties: { name: { type: "string" } },
    additionalProperties: false,
  };
  const details = {
    RoleDetailList: [
      {
        Arn: CALLER,
        RoleName: "Operator",
        RolePolicyList: [{ PolicyName: "Own", PolicyDocument: policy(...(statements ?? [])) }],
      },
    ],
  };
  const cwd = directory({
    [`schemas/${service}/${name}.request.json`]: JSON.stringify(schema),
    ...(statements && { "iam.json": JSON.stringify(details) }),
    "r.json": JSON.stringify({ operation, ...(caller && { caller: CALLER }), request: { name: "a" } }),
  });
  const args = ["check", "r.json", "--schemas", "schemas", "--format", "json"];
  const run = await runCli([...args, ...(statements ? ["--context", "iam.json"] : [])], { cwd });
  return reportOf(run).diagnostics.map(
    ({ code, status, message }: Diagnostic) => `${status} ${code}: ${message}`,
  );
}

const START = "stepfunctions:StartExecution";

describe("the permissions of an operation that nobody describes", () => {
  it.each([
    [
      "that no policy allows fail",
      START,
      [allow("s3:GetObject", "*")],
      /^failed iam\/implicit-deny: .* is not allowed `states:StartExecution`/,
    ],
    [
      "that a policy denies fail",
      START,
      [allow("*", "*"), deny("states:*", "*")],
      /^failed iam\/explicit-deny: .* is denied `states:StartExecution`/,
    ],
    [
      "that are allowed leave open what else is needed",
      START,
      [allow("states:*", "*")],
      /^undecided iam\/undecided: .*`states:StartExecution` is allowed, and what else/,
    ],
    [
      "that are allowed on some resources are undecided",
      START,
      [allow("states:*", MACHINE)],
      /^undecided iam\/undecided: .*on which resource `states:StartExecution` is needed is not described/,
    ],
    [
      "that are denied on some resources are undecided",
      START,
      [allow("*", "*"), deny("states:*", MACHINE)],
      /^undecided iam\/undecided: .*on which resource/,
    ],
    [
      "without a resource are decided",
      "ec2:DescribeInstances",
      [allow("states:*", MACHINE)],
      /^failed iam\/implicit-deny: .*`ec2:DescribeInstances`/,
    ],
    [
      "without an action of the operation's name are undecided",
      "s3:HeadObject",
      [],
      /^undecided iam\/undecided: .*no IAM action is asked for by the name of `s3:HeadObject`/,
    ],
    [
      "without an action of that name under the service's prefix are undecided",
      "lambda:Invoke",
      [],
      /^undecided iam\/undecided: .*no IAM action is asked for by the name of `lambda:Invoke`/,
    ],
    [
      "that everybody has are undecided",
      "sts:GetCallerIdentity",
      [],
      /^undecided iam\/undecided: .*`sts:GetCallerIdentity`/,
    ],
  ])("%s", async (_title, operation, statements, expected) => {
    const [finding, ...others] = await diagnose(operation, statements);
    expect(finding).toMatch(expected);
    expect(others).toEqual([]);
  });

  it("are undecided without policies, and without a caller", async () => {
    expect(await diagnose(START, undefined)).toEqual([
      expect.stringMatching(/^undecided iam\/undecided: .*no policies are given/),
    ]);
    expect(await diagnose(START, [allow("states:*", "*")], false)).toEqual([
      expect.stringMatching(/^undecided iam\/undecided: .*who makes the call is not known/),
    ]);
  });
});

describe("findActionOfOperation()", () => {
  it.each([
    ["stepfunctions:StartExecution", "states:StartExecution"],
    ["efs:CreateFileSystem", "elasticfilesystem:CreateFileSystem"],
    ["fsx:CreateDataRepositoryTask", "fsx:CreateDataRepositoryTask"],
    ["s3:CopyObject", undefined],
    ["sso-oidc:CreateToken", undefined],
    ["cognito-idp:SignUp", undefined],
    ["nothing:AtAll", undefined],
  ])("finds for %s the action %s", (operation, action) => {
    expect(findActionOfOperation(operation)).toBe(action);
  });
});
