import { describe, expect, it } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { PartialText } from "../../src/documents/partial.ts";
import { createOperationNames } from "../../src/requests/operations.ts";
import { decidePattern } from "../../src/texts/decide.ts";
import { findInText } from "./find-in-text.ts";

/** A template with a call whose payload has the value as its member `Role`. */
const readRole = async (value: string): Promise<unknown> => {
  const { payloads } = await findInText(
    `
Parameters: { Env: { Type: String, AllowedValues: [dev, prod] }, Names: { Type: CommaDelimitedList } }
Mappings:
  M:
    dev: { Role: role-a, Paths: [a, b], Left: "<ROLE>" }
    prod: { Role: role-b, Paths: [c], Left: x }
    "*": { Role: role-c }
Resources:
  R: { Type: AWS::IAM::Role }
  U: { Type: AWS::IAM::User }
  B: { Type: AWS::S3::Bucket }
  X: { Type: Some::Other::Type }
  S:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: X
        States:
          X:
            Type: Task
            Resource: arn:aws:states:::aws-sdk:storagegateway:startCacheReport
            Parameters: { Role: ${value} }
            End: true
`,
    undefined,
    "t.yaml",
    createOperationNames(["storagegateway:StartCacheReport"]),
  );
  return (payloads[0] as { Role: unknown }).Role;
};

describe("what a template looks up", () => {
  it.each([
    ["an entry of a mapping", "!FindInMap [M, dev, Role]", "role-a"],
    ["an entry with a number of its own type", "!FindInMap [M, dev, Paths]", ["a", "b"]],
    ["an item of a list", "!Select [1, [a, b]]", "b"],
    ["an item by an index that is text", `!Select ["0", [a, b]]`, "a"],
    ["an item of a text that is split", `!Select [2, !Split ["/", "s3://lab/x"]]`, "lab"],
    ["an item before a hole", `!Select [2, !Split ["/", !Sub "s3://lab/\${Env}/\${Names}"]]`, "lab"],
    ["an item of a list in a mapping", "!Select [0, !FindInMap [M, prod, Paths]]", "c"],
    ["a split text that is joined", `!Join ["-", !Split ["/", "a/b/c"]]`, "a-b-c"],
    ["the same in a substitution", `!Sub ["x/\${P}", { P: !FindInMap [M, dev, Role] }]`, "x/role-a"],
  ])("is known: %s", async (_, source, value) => {
    expect(await readRole(source)).toStrictEqual(value);
  });

  it.each([
    ["an entry under a parameter", "!FindInMap [M, !Ref Env, Role]", { values: ["role-a", "role-b"] }],
    [
      "an entry under any key",
      "!FindInMap [M, !Ref AWS::Region, Role]",
      { values: ["role-a", "role-b", "role-c"] },
    ],
    [
      "an entry, or its default",
      "!FindInMap [M, !Ref Env, Role, { DefaultValue: z }]",
      { values: ["role-a", "role-b", "z"] },
    ],
  ])("is one of several: %s", async (_, source, domain) => {
    const value = (await readRole(source)) as PartialText;
    expect(value.parts).toStrictEqual([{ source: expect.any(String), domain }]);
  });

  it.each([
    ["the ARN of a role", "!GetAtt R.Arn", "^arn:[a-z-]+:iam::[0-9]{12}:role/\\S+$", "always"],
    ["the ARN of a user", "!GetAtt U.Arn", ":role/", "depends"],
    ["the ARN of a user, from its beginning", "!GetAtt U.Arn", "^arn:[a-z-]+:iam::[0-9]+:role/", "never"],
    ["the ARN of a bucket", "!Sub '${B.Arn}/x'", "^arn:[a-z-]+:s3:::[a-z0-9.-]+/x$", "always"],
    ["the name of a bucket", "!Sub 'arn:aws:s3:::${B}'", "^arn:aws:s3:::[^:/]+$", "always"],
    [
      "a branch with a hole",
      '!If [C, !Sub "arn:aws:iam::${AWS::AccountId}:user/x", "user/y"]',
      "user/[xy]$",
      "always",
    ],
    ["branches that differ", '!If [C, !Sub "a/${AWS::AccountId}", b]', "^a", "depends"],
  ])("has a form: %s", async (_, source, pattern, verdict) => {
    expect(decidePattern((await readRole(source)) as PartialText, pattern)).toBe(verdict);
  });

  it.each([
    ["another template's mapping", "!FindInMap [Other, dev, Role]"],
    ["an entry that isn't there", "!FindInMap [M, test, Role]"],
    ["entries some of which are placeholders", "!FindInMap [M, !Ref Env, Left]"],
    ["an index that isn't known", "!Select [!Ref Env, [a, b]]"],
    ["an item behind a hole", `!Select [4, !Split ["/", !Sub "s3://lab/\${Names}/x"]]`],
    ["an attribute of a resource of another type", "!GetAtt X.Arn"],
    ["an attribute of nothing", "!GetAtt Nothing.Arn"],
  ])("is not known: %s", async (_, source) => {
    const value = await readRole(source);
    expect(value).toBeInstanceOf(Unknown);
    expect(value).not.toBeInstanceOf(PartialText);
  });
});

describe("a parameter of an Automation document", () => {
  const readMember = async (value: string): Promise<unknown> => {
    const { payloads } = await findInText(
      `
schemaVersion: "0.3"
parameters:
  T: { type: String, allowedValues: [A, B] }
  P: { type: String, allowedPattern: "^[a-z]+$" }
  L: { type: String, allowedPattern: "[a-z]+" }
  N: { type: Integer, allowedValues: [1, 2] }
  D: { type: String, allowedValues: ["<A>"] }
mainSteps:
  - { name: a, action: "aws:executeAwsApi", inputs: { Service: storagegateway, Api: StartCacheReport, Role: ${value} } }
`,
      undefined,
      "d.yaml",
      createOperationNames(["storagegateway:StartCacheReport"]),
    );
    return (payloads[0] as { Role: unknown }).Role;
  };

  it.each([
    ["allowed values", "'{{ T }}'", [{ source: "{{ T }}", domain: { values: ["A", "B"] } }]],
    ["a pattern of the whole", "'x/{{P}}'", ["x/", { source: "{{P}}", domain: { pattern: "^[a-z]+$" } }]],
    ["a pattern of any part", "'x/{{ L }}'", ["x/", { source: "{{ L }}" }]],
    ["placeholders as values", "'x/{{ D }}'", ["x/", { source: "{{ D }}" }]],
    ["a number", "'x/{{ N }}'", ["x/", { source: "{{ N }}" }]],
  ])("may be what the document says: %s", async (_, value, parts) => {
    expect(((await readMember(value)) as PartialText).parts).toStrictEqual(parts);
  });
});

describe("the role of a schedule", () => {
  it.each([
    ["a text with a hole", '!Sub "arn:aws:iam::${AWS::AccountId}:role/W"', "arn:aws:iam::"],
    ["an attribute of a resource", "!GetAtt W.Arn", ""],
  ])("is the caller, also in part: %s", async (_, role, start) => {
    const target = `{ Arn: "arn:aws:scheduler:::aws-sdk:storagegateway:evictFilesFailingUpload", Input: "{}", RoleArn: ${role} }`;
    const { requests } = await findInText(
      `Resources: { S: { Type: AWS::Scheduler::Schedule, Properties: { Target: ${target} } } }\n`,
      undefined,
      "t.yaml",
      createOperationNames(["storagegateway:EvictFilesFailingUpload"]),
    );
    const caller = requests[0]?.caller as PartialText;
    expect(caller).toBeInstanceOf(PartialText);
    expect([caller.parts[0]].flat().find((part) => typeof part === "string") ?? "").toBe(start);
  });
});
