import { describe, expect, it } from "vitest";
import { listInFile } from "./list-in-files.ts";

const INPUT = `'{"FileShareARN":"x"}'`;

/** A template with a schedule whose target has these lines. */
const schedule = (
  arn: string,
  { input = INPUT as string | undefined, more = "", parameter = "Type: String" } = {},
): string =>
  `Parameters:
  Call: { ${parameter} }
Mappings:
  Calls: { eu-west-1: { lambda: "arn:aws:lambda:eu-west-1:123456789012:function:x" } }
Resources:
  Fn: { Type: "AWS::Lambda::Function" }
  Clean:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: ${arn}
${input === undefined ? "" : `        Input: ${input}\n`}${more}`;

const REQUEST = ['11:9 {"FileShareARN":"x"}'];
const open = (source: string): string[] => [
  `11 \`${source}\` holds a placeholder: which operation is called is not known`,
];
const LAMBDA = "arn:aws:lambda:eu-west-1:123456789012:function:x";

describe("the ARN of a schedule's target", () => {
  it.each([
    [
      "joined",
      `!Join [":", [arn, !Ref AWS::Partition, scheduler, "", "", aws-sdk, storagegateway, evictFilesFailingUpload]]`,
    ],
    [
      "joined in JSON's form",
      `{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":scheduler:::aws-", "sdk:storagegateway:evictFilesFailingUpload"]]}`,
    ],
    [
      "substituted",
      `!Sub ["arn:aws:scheduler:::aws-\${S}", { S: "sdk:storagegateway:evictFilesFailingUpload" }]`,
    ],
    [
      "one of two",
      `!If [A, !GetAtt Fn.Arn, !Join ["aws-sdk", ["arn:aws:scheduler:::", ":storagegateway:evictFilesFailingUpload"]]]`,
    ],
  ])("is read when it is %s", async (_how, arn) => {
    expect(await listInFile("t.yaml", schedule(arn))).toEqual(REQUEST);
  });

  it.each([
    ["a parameter", "!Ref Call", {}, "!Ref Call"],
    ["a parameter that is substituted", `!Sub "\${Call}"`, {}, "${Call}"],
    [
      "a parameter for the service",
      `!Sub "arn:aws:scheduler:::aws-sdk:\${Call}:evictFilesFailingUpload"`,
      {},
      "arn:aws:scheduler:::aws-sdk:${Call}:evictFilesFailingUpload",
    ],
    [
      "a parameter for the operation",
      `!Sub "arn:aws:scheduler:::aws-sdk:storagegateway:\${Call}"`,
      {},
      "arn:aws:scheduler:::aws-sdk:storagegateway:${Call}",
    ],
    ["an import", "!ImportValue Call", {}, "!ImportValue Call"],
    ["a parameter without an input", "!Ref Call", { input: undefined }, "!Ref Call"],
    ["a parameter whose input is another one", "!Ref Call", { input: "!Ref Call" }, "!Ref Call"],
    [
      "a parameter whose default is such a call",
      "!Ref Call",
      { parameter: 'Type: String, Default: "arn:aws:scheduler:::aws-sdk:fsx:x"' },
      "!Ref Call",
    ],
    [
      "a parameter kept in the parameter store",
      "!Ref Call",
      { parameter: 'Type: "AWS::SSM::Parameter::Value<String>", Default: /x/y' },
      "!Ref Call",
    ],
    ["a secret", `"{{resolve:ssm:/x/y}}"`, {}, "{{resolve:ssm:/x/y}}"],
  ])("is unread when it is %s", async (_what, arn, options, source) => {
    expect(await listInFile("t.yaml", schedule(arn, options))).toEqual(open(source));
  });

  it.each([
    ["an attribute of a resource", "!GetAtt Fn.Arn", {}],
    ["an attribute in JSON's form", '{"Fn::GetAtt": ["Fn", "Arn"]}', {}],
    ["a reference to a resource", "!Ref Fn", {}],
    ["an attribute with a suffix", `!Sub "\${Fn.Arn}:live"`, {}],
    ["a resource that SAM makes", "!Ref FnAliaslive", {}],
    [
      "another ARN",
      `!Sub "arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:\${Call}"`,
      {},
    ],
    [
      "a parameter whose default is another ARN",
      "!Ref Call",
      { parameter: `Type: String, Default: "${LAMBDA}"` },
    ],
    [
      "a parameter whose values are other ARNs",
      "!Ref Call",
      { parameter: `Type: String, AllowedValues: ["${LAMBDA}"]` },
    ],
    [
      "a parameter whose pattern is that of other ARNs",
      "!Ref Call",
      { parameter: 'Type: String, AllowedPattern: "arn:aws:lambda:.*"' },
    ],
    ["a parameter with the input of something else", "!Ref Call", { input: `'{"a":1}'` }],
    [
      "a parameter with parameters of another kind of target",
      "!Ref Call",
      { more: "        SqsParameters: { MessageGroupId: a }\n" },
    ],
    ["an entry of a mapping of other ARNs", "!FindInMap [Calls, !Ref AWS::Region, lambda]", {}],
    ["an operation of a service without a schema", `!Sub "arn:aws:scheduler:::aws-sdk:ec2:\${Call}"`, {}],
  ])("is no call when it is %s", async (_what, arn, options) => {
    expect(await listInFile("t.yaml", schedule(arn, options))).toEqual([]);
  });

  it("is unread once when there are several inputs", async () => {
    const input = `!If [A, ${INPUT}, !If [B, !Ref Call, '{"ForceRemove":true}']]`;
    expect(await listInFile("t.yaml", schedule("!Ref Call", { input }))).toEqual(open("!Ref Call"));
  });
});

/** A template with a state machine of one task. */
const machine = (
  resource: string,
  substitution: string,
  parameters = `"Parameters": {"FileShareARN": "x"}`,
): string =>
  `Resources:
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionSubstitutions: { Call: ${substitution} }
      DefinitionString: '{}'
      Definition: !Sub '{"StartAt": "A", "States": {"A": {"Type": "Task", "End": true, "Resource": "${resource}", ${parameters}}}}'
`;

describe("the resource of a task", () => {
  it.each([
    [
      "a substitution of it",
      "${!Call}",
      `!Join [":", [arn, aws, states, "", "", aws-sdk, storagegateway, evictFilesFailingUpload]]`,
    ],
    [
      "a substitution inside of it",
      "arn:aws:states:::aws-sdk:storagegateway:${!Call}",
      "evictFilesFailingUpload",
    ],
  ])("is read with %s", async (_how, resource, substitution) => {
    const [found, ...more] = await listInFile("t.yaml", machine(resource, substitution));
    expect([found, more]).toEqual([expect.stringContaining('{"FileShareARN":"x"}'), []]);
  });

  it.each([
    ["an attribute of a resource", "${Fn.Arn}", "a"],
    ["a substitution of an attribute", "${!Call}", "!GetAtt Fn.Arn"],
    ["another integration", "arn:${AWS::Partition}:states:::lambda:invoke", "a"],
  ])("is no call when it is %s", async (_what, resource, substitution) => {
    expect(await listInFile("t.yaml", machine(resource, substitution))).toEqual([]);
  });

  it.each([["an import", "${!Call}", "!ImportValue X"]])(
    "is unread when it is %s",
    async (_what, resource, substitution) => {
      expect(await listInFile("t.yaml", machine(resource, substitution))).toEqual([
        expect.stringContaining("which operation is called is not known"),
      ]);
    },
  );

  it.each([
    [
      "unread when it may be any",
      "${Call}",
      "",
      ["1 `${Call}` holds a placeholder: which operation is called is not known"],
    ],
    ["no call when it is named after a function", "${CleanFunctionArn}", "", []],
    [
      "no call when the task expects the errors of a function",
      "${Call}",
      `"Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException"]}],`,
      [],
    ],
    [
      "no call when its parameters are those of something else",
      "${Call}",
      `"Parameters": {"a.$": "$.a"},`,
      [],
    ],
  ])("in a definition of its own is %s", async (_what, resource, more, expected) => {
    const text = `{"StartAt": "A", "States": {"A": {"Type": "Task", ${more} "Resource": "${resource}", "End": true}}, "Comment": "request: x"}`;
    expect(await listInFile("a.asl.json", text)).toEqual(expected);
  });
});

describe("a target that a Terraform plan knows only after it is applied", () => {
  const plan = (reference: string): string =>
    JSON.stringify({
      planned_values: {
        root_module: {
          child_modules: [
            {
              resources: [
                {
                  address: "module.m[0].aws_scheduler_schedule.s",
                  mode: "managed",
                  type: "aws_scheduler_schedule",
                  values: { target: [{ input: '{"FileShareARN":"x"}' }] },
                },
              ],
            },
          ],
        },
      },
      resource_changes: [
        {
          address: "module.m[0].aws_scheduler_schedule.s",
          change: { after_unknown: { target: [{ arn: true }] } },
        },
      ],
      configuration: {
        root_module: {
          module_calls: {
            m: {
              module: {
                resources: [
                  {
                    address: "aws_scheduler_schedule.s",
                    expressions: { target: [{ arn: { references: [`${reference}.arn`, reference] } }] },
                  },
                ],
              },
            },
          },
        },
      },
    });

  it.each([
    ["no call when it is a resource's", "aws_lambda_function.f", []],
    [
      "unread when it is a variable's",
      "var.f",
      ["1 `(known after apply)` holds a placeholder: which operation is called is not known"],
    ],
  ])("is %s", async (_what, reference, expected) => {
    expect(await listInFile("plan.json", plan(reference))).toEqual(expected);
  });
});
