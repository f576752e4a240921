import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { Unknown } from "../../../src/documents/document.ts";
import { parseText } from "../../../src/documents/parse.ts";
import { PartialText } from "../../../src/documents/partial.ts";
import { toJavaName } from "../../../src/requests/dialects/java-names.ts";
import { findRequests } from "../../../src/requests/find.ts";
import { createOperationNames } from "../../../src/requests/operations.ts";
import { ROOT } from "../../cli/run.ts";

/** Members at the top of each request, and those below a member. */
const MEMBERS: Record<string, Record<string, readonly string[]>> = {
  "sqs:SendMessage": { "": ["QueueUrl", "MessageBody", "MessageSystemAttributes"] },
  "emr:AddJobFlowSteps": { "": ["JobFlowId", "Steps"], "Steps/0": ["Name"] },
  "emr:TerminateJobFlows": { "": ["JobFlowIds"] },
  "bedrock-runtime:InvokeModel": { "": ["modelId", "body"] },
  "batch:SubmitJob": { "": ["jobName", "parameters"] },
  "dynamodb:PutItem": { "": ["TableName", "Item"], "Item/a": ["BOOL", "NULL"] },
  "s3:PutObject": { "": ["Bucket", "Key"] },
  "s3:CopyObject": { "": ["Bucket", "Key", "CopySource"] },
  "ec2:DescribeHosts": { "": ["Filter"] },
  "logs:CreateExportTask": { "": ["from", "to"] },
};

const operations = createOperationNames(
  Object.keys(MEMBERS),
  (operation, path) => MEMBERS[operation]?.[path.join("/")] ?? [],
);

async function find(document: unknown) {
  const text = JSON.stringify(document);
  const { requests } = findRequests(await parseText("t.json", text), text, { operations });
  return requests.map((request) => ({
    payload: request.payload,
    others: (request.findings ?? []).map(({ path }) => path.join("/")),
    written: (path: (string | number)[]) => {
      const { start, end } = (request.payloadDocument ?? request.document).span(
        [...request.payloadPath, ...path],
        "value",
      );
      return text.slice(start, end);
    },
    pointer: (path: (string | number)[]) => request.dialect?.toContainerPath(path).join("/"),
    caller: request.caller,
  }));
}

const machine = (resource: string, parameters: unknown, more: object = {}) => ({
  StartAt: "A",
  States: { A: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Parameters: parameters, ...more } },
});

describe("a request of an optimized integration", () => {
  test.each([
    ["sqs:sendMessage", { QueueUrl: "q", MessageBody: "m" }, { QueueUrl: "q", MessageBody: "m" }],
    [
      "batch:submitJob.sync",
      { JobName: "j", Parameters: { x: "y" } },
      { jobName: "j", parameters: { x: "y" } },
    ],
    ["dynamodb:putItem", { Item: { a: { BOOL: true } } }, { Item: { a: { BOOL: true } } }],
    [
      "elasticmapreduce:addStep",
      { ClusterId: "j-1", Step: { Name: "s" } },
      { JobFlowId: "j-1", Steps: [{ Name: "s" }] },
    ],
    ["elasticmapreduce:terminateCluster.sync", { ClusterId: "j-1" }, { JobFlowIds: ["j-1"] }],
  ])("to %s is that of the operation", async (resource, parameters, payload) => {
    const [request] = await find(machine(resource, parameters));
    expect(request?.payload).toEqual(payload);
    expect(request?.others).toEqual([]);
  });

  it("has the places of the document", async () => {
    const [request] = await find(
      machine("elasticmapreduce:addStep", { ClusterId: "j", Step: { Name: "s" } }),
    );
    expect(request?.written(["Steps", 0, "Name"])).toBe('"s"');
    expect(request?.pointer(["Steps", 0, "Name"])).toBe("Step/Name");
  });

  it("reports members that only the operation has", async () => {
    const [request] = await find(
      machine("sqs:sendMessage", { QueueUrl: "q", MessageSystemAttributes: {}, X: 1 }),
    );
    expect(request?.others).toEqual(["MessageSystemAttributes"]);
  });

  it("is made by the writer of a distributed map", async () => {
    const writer = { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "b", Prefix: "p" } };
    const [request] = await find(machine("x", {}, { Type: "Map", ResultWriter: writer }));
    expect(request?.payload).toEqual({ Bucket: "b", Key: new PartialText("p…", ["p", { source: "…" }]) });
  });

  it("can't have the API's names of members that have others there", async () => {
    const own = { JobFlowId: "j-1", Steps: [{ Name: "s" }] };
    const [step] = await find(machine("elasticmapreduce:addStep.sync", own));
    expect(step?.others).toEqual(["JobFlowId", "Steps"]);
    const writer = { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "b", Key: "p" } };
    const [request] = await find(machine("x", {}, { Type: "Map", ResultWriter: writer }));
    expect(request?.others).toEqual(["Key"]);
  });

  it("of a model may name where its input and output are", async () => {
    const body = { a: 1 };
    const [given] = await find(machine("bedrock:invokeModel", { ModelId: "m", Body: body }));
    expect([given?.payload, given?.others]).toEqual([{ modelId: "m", body }, []]);
    const stored = { ModelId: "m", Input: { S3Uri: "s3://b/k" }, Output: { S3Uri: "s3://b/o" } };
    const [request] = await find(machine("bedrock:invokeModel", stored));
    expect([request?.payload, request?.others]).toEqual([{ modelId: "m", body: new Unknown("…") }, []]);
  });
});

describe("a request of an SDK call", () => {
  it("may have the members that the SDK adds", async () => {
    const copy = { SourceBucket: "a", SourceKey: "b", DestinationBucket: "c", DestinationKey: "d" };
    const [request] = await find(machine("aws-sdk:s3:copyObject", copy));
    expect(request?.payload).toEqual({ CopySource: new Unknown("b"), Bucket: "c", Key: "d" });
  });

  it("takes the names that a service's SDK has of its own", async () => {
    const item = { TableName: "t", Item: { a: { Bool: true, Nul: true, BOOL: false } } };
    const [request] = await find(machine("aws-sdk:dynamodb:putItem", item));
    expect(request?.payload).toEqual({ TableName: "t", Item: { a: { BOOL: true, NULL: true } } });
    expect(request?.others).toEqual(["Item/a/BOOL"]);
  });
});

describe("a step of an automation document", () => {
  const automation = (inputs: object, more: object = {}) => ({
    schemaVersion: "0.3",
    ...more,
    mainSteps: [{ name: "a", action: "aws:assertAwsResourceProperty", inputs }],
  });

  test.each([
    [{ Service: "ec2", Api: "DescribeHosts", Filters: [] }, { Filter: [] }],
    [{ Service: "ec2", Api: "describe_hosts", Filter: [] }, { Filter: [] }],
    [
      { Service: "logs", Api: "create_export_task", fromTime: 1, to: 2 },
      { from: 1, to: 2 },
    ],
  ])("takes boto3's names: %j", async (inputs, payload) => {
    const [request] = await find(automation({ ...inputs, PropertySelector: "$.x", DesiredValues: ["y"] }));
    expect(request?.payload).toEqual(payload);
  });

  it("can't take both of a member's names", async () => {
    const [request] = await find(
      automation({ Service: "ec2", Api: "DescribeHosts", Filters: [], Filter: [] }),
    );
    expect(request?.others).toEqual(["Filters"]);
  });

  it("makes the calls of a template's resources, too", async () => {
    const target = { Arn: "arn:aws:scheduler:::aws-sdk:batch:submitJob", Input: '{"JobName":"j"}' };
    const template = {
      Resources: { S: { Type: "AWS::Scheduler::Schedule", Properties: { Target: target } } },
    };
    for (const TemplateBody of [template, JSON.stringify(template)]) {
      const [request, ...others] = await find(automation({ StackName: "s", TemplateBody }));
      expect(request?.payload).toEqual({ jobName: "j" });
      expect(request?.written(["jobName"])).toContain("j");
      expect(others).toEqual([]);
    }
  });
});

describe("the caller", () => {
  const role = "arn:aws:iam::123456789012:role/Runner";
  const call = ["aws-sdk:batch:submitJob", {}] as const;

  it("of a task is the role of its credentials, or the machine's", async () => {
    const definition = machine(...call);
    const template = (RoleArn: unknown) => ({
      Resources: {
        M: { Type: "AWS::StepFunctions::StateMachine", Properties: { RoleArn, Definition: definition } },
      },
    });
    expect((await find(template(role)))[0]?.caller).toBe(role);
    expect((await find(template({ "Fn::GetAtt": ["Role", "Arn"] })))[0]?.caller).toBeInstanceOf(Unknown);
    const own = (Credentials: object) => find(machine(...call, { Credentials }));
    expect((await own({ RoleArn: role }))[0]?.caller).toBe(role);
    expect((await own({ "RoleArn.$": "$.role" }))[0]?.caller).toEqual(new Unknown("$.role"));
    expect((await find(definition))[0]?.caller).toBeUndefined();
  });

  it("of an automation's step is the role that it assumes", async () => {
    const steps = [
      {
        name: "a",
        action: "aws:executeAwsApi",
        inputs: { Service: "batch", Api: "SubmitJob", jobName: "j" },
      },
    ];
    const [request] = await find({ schemaVersion: "0.3", assumeRole: role, mainSteps: steps });
    expect(request?.caller).toBe(role);
  });
});

/** The names of all members in a schema, by the object that they are in. */
function* listObjects(schema: unknown): Generator<string[]> {
  if (typeof schema !== "object" || schema === null) return;
  const { properties } = schema as { properties?: object };
  if (properties) yield Object.keys(properties);
  for (const part of Object.values(schema)) yield* listObjects(part);
}

const SCHEMAS = ["fsx", "storagegateway"].flatMap((service) =>
  readdirSync(join(ROOT, "schemas", service))
    .filter((name) => name.endsWith(".json"))
    .map((name) => [`${service}/${name}`] as const),
);

test.each(SCHEMAS)("no two members of one object in %s have one name in a container", (name) => {
  const schema = JSON.parse(readFileSync(join(ROOT, "schemas", name), "utf8"));
  for (const members of listObjects(schema))
    expect(new Set(members.map(toJavaName)).size).toBe(members.length);
});

test("the requests of built-in operations have a few members with another name", () => {
  const requests = SCHEMAS.filter(([name]) => name.endsWith(".request.json"));
  const others = requests.flatMap(([name]) => {
    const schema = JSON.parse(readFileSync(join(ROOT, "schemas", name), "utf8"));
    return [...listObjects(schema)].flat().filter((member) => toJavaName(member) !== member);
  });
  expect([...new Set(others)].sort()).toEqual([
    "HAPairs",
    "KMSEncrypted",
    "KMSKey",
    "NFSFileShareDefaults",
    "SMBACLEnabled",
    "VPCEndpointDNSName",
  ]);
});
