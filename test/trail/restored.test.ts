import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";
import { createRecord, exportTask } from "./records.ts";

const TEXT = { type: "string" };
const BLOB = { type: "string", "x-aws-type": "blob" };
const TIME = { type: ["string", "number"], "x-aws-type": "timestamp" };
const list = (items: object) => ({ type: "array", items });
const structure = (properties: object, required: string[] = []) => ({ type: "object", required, properties });

/** Schemas of a few shapes that the operations of AWS have. */
const SCHEMAS: Record<string, object> = {
  "kms/Encrypt": structure(
    { KeyId: TEXT, Plaintext: BLOB, EncryptionContext: { type: "object", additionalProperties: TEXT } },
    ["KeyId", "Plaintext"],
  ),
  "dynamodb/PutItem": {
    ...structure({
      TableName: TEXT,
      Item: { type: "object", additionalProperties: { $ref: "#/definitions/Value" } },
    }),
    definitions: {
      Value: structure({
        S: TEXT,
        SS: list(TEXT),
        BOOL: { type: "boolean" },
        M: { type: "object", additionalProperties: { $ref: "#/definitions/Value" } },
        L: list({ $ref: "#/definitions/Value" }),
      }),
    },
  },
  "cloudwatch/SetTimes": structure({ StartTime: TIME, Note: TEXT, Names: list(TEXT) }, ["Note"]),
  "apigateway/CreateRestApi": structure({ name: TEXT }, ["name"]),
  "apigateway/CreateStage": structure({ restApiId: TEXT, stageName: TEXT }, ["restApiId"]),
  "mq/CreateBroker": structure({ BrokerName: TEXT }),
  "s3/PutPublicAccessBlock": structure(
    {
      Bucket: TEXT,
      PublicAccessBlockConfiguration: structure({
        BlockPublicAcls: { type: "boolean" },
        Rules: list(TEXT),
      }),
    },
    ["Bucket", "PublicAccessBlockConfiguration"],
  ),
  "s3/PutObject": structure({ Bucket: TEXT, Key: TEXT, Tagging: TEXT, ServerSideEncryption: TEXT }, ["Body"]),
  "ec2/RunInstances": structure({
    ImageId: TEXT,
    MinCount: { type: "integer" },
    InstanceType: TEXT,
    Monitoring: structure({ Enabled: { type: "boolean" } }),
    BlockDeviceMappings: list(structure({ DeviceName: TEXT })),
  }),
  "ec2/TerminateInstances": structure({ InstanceIds: list(TEXT), DryRun: { type: "boolean" } }, ["Force"]),
  "ec2/CreateTags": structure({
    Resources: list(TEXT),
    Tags: list(structure({ Key: TEXT, Value: TEXT }, ["Other"])),
  }),
};

const FILES = Object.fromEntries(
  Object.entries(SCHEMAS).map(([name, schema]) => [`s/${name}.request.json`, JSON.stringify(schema)]),
);

async function run(command: string, ...records: object[]) {
  const cwd = directory({ ...FILES, "t.json": JSON.stringify({ Records: records }) });
  const args = [command, "t.json", "--schemas", "s", "--format", "json", "--no-config", "--allow-empty"];
  const { stdout } = await runCli(command === "find" ? args.slice(0, -1) : args, { cwd });
  return JSON.parse(stdout);
}

const call = (source: string, eventName: string, requestParameters: unknown, more: object = {}) =>
  createRecord("e", { eventSource: `${source}.amazonaws.com`, eventName, requestParameters, ...more });

async function restore(source: string, eventName: string, requestParameters: unknown): Promise<unknown> {
  const { requests } = await run("find", call(source, eventName, requestParameters));
  return requests[0].payload;
}

const failed = ({ diagnostics }: { diagnostics: { status: string; code: string }[] }) =>
  diagnostics.filter(({ status }) => status === "failed").map(({ code }) => code);

describe("recorded parameters", () => {
  it("keep the keys of maps, and have the API's names in what maps and lists hold", async () => {
    const item = { Id: { s: "1" }, id: { m: { Inner: { bOOL: true }, inner: { l: [{ sS: ["s"] }] } } } };
    expect(await restore("dynamodb", "PutItem", { tableName: "t", item })).toEqual({
      TableName: "t",
      Item: { Id: { S: "1" }, id: { M: { Inner: { BOOL: true }, inner: { L: [{ SS: ["s"] }] } } } },
    });
    const encryptionContext = { Department: "a", department: "***" };
    expect(await restore("kms", "Encrypt", { keyId: "k", encryptionContext })).toMatchObject({
      EncryptionContext: { Department: "a", department: { $unknown: "***" } },
    });
  });

  it("have unknown blobs, which no record has as they were sent", async () => {
    const unknown = { $unknown: expect.any(String) };
    for (const parameters of [{ keyId: "k" }, { keyId: "k", plaintext: { hb: [1, 2], offset: 0 } }]) {
      expect(await restore("kms", "Encrypt", parameters)).toEqual({ KeyId: "k", Plaintext: unknown });
      expect(failed(await run("check", call("kms", "Encrypt", parameters)))).toEqual([]);
    }
  });

  it("have unknown times, if they are in prose", async () => {
    const note = "Mar 24, 2014 9:11:59 PM";
    const times = [note, "Tue Mar 24 21:11:59 UTC 2026", "Mar 2, 2026, 10:00:00\u202fAM"];
    for (const startTime of times)
      expect(await restore("monitoring", "SetTimes", { startTime, note })).toEqual({
        StartTime: { $unknown: startTime },
        Note: note,
      });
    expect(await restore("monitoring", "SetTimes", { startTime: "2026-03-02T10:00:00Z", note })).toEqual({
      StartTime: "2026-03-02T10:00:00Z",
      Note: note,
    });
  });

  it("lack members that are null, as the request did", async () => {
    expect(await restore("monitoring", "SetTimes", { note: "n", names: null })).toEqual({ Note: "n" });
    expect(failed(await run("check", exportTask("a", { tags: null })))).toEqual([]);
    const { diagnostics } = await run("check", exportTask("a", { type: null }));
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: "schema/required", message: "`Type` is missing" }),
    );
  });

  it("are unknown where a list or a text has another form", async () => {
    expect(await restore("monitoring", "SetTimes", { names: { member: "a" }, note: { a: 1 } })).toEqual({
      Names: { $unknown: expect.any(String) },
      Note: { $unknown: expect.any(String) },
    });
  });
});

describe("the operation of a record", () => {
  it.each([
    ["amazonmq", "CreateBroker", "mq:CreateBroker"],
    ["apigateway", "CreateRestApi", "apigateway:CreateRestApi"],
    ["s3", "PutBucketPublicAccessBlock", "s3:PutPublicAccessBlock"],
    ["s3", "PutPublicAccessBlock", "s3:PutPublicAccessBlock"],
  ])("from %s, named %s, is found", async (source, name, operation) => {
    const { requests } = await run("find", call(source, name, { createRestApiInput: { name: "n" } }));
    expect(requests).toMatchObject([{ operation }]);
  });

  it("is open where another service has one of this name, and members are strange", async () => {
    const { requests, unchecked } = await run(
      "find",
      call("apigateway", "CreateStage", { apiId: "a", stageName: "s" }),
    );
    expect([requests, unchecked]).toEqual([[], [{ operation: "apigateway:CreateStage", calls: 1 }]]);
  });
});

describe("parameters of EC2 and S3", () => {
  const $more = "requestParameters";

  it("are read in part: lists in items, ids in objects", async () => {
    const instancesSet = { items: [{ instanceId: "i-1" }, { instanceId: "i-2" }] };
    expect(await restore("ec2", "TerminateInstances", { instancesSet, strange: 1 })).toEqual({
      InstanceIds: ["i-1", "i-2"],
      $more,
    });
    const tags = {
      resourcesSet: { items: [{ resourceId: "i-1" }] },
      tagSet: { items: [{ key: "K", value: "V" }] },
    };
    expect(await restore("ec2", "CreateTags", tags)).toEqual({
      Resources: ["i-1"],
      Tags: [{ Key: "K", Value: "V", $more }],
      $more,
    });
  });

  it("of RunInstances stand in a list of one item", async () => {
    const parameters = {
      instancesSet: { items: [{ imageId: "ami-1", minCount: 1 }] },
      instanceType: "t3.micro",
      monitoring: { enabled: false },
      blockDeviceMappings: {},
    };
    expect(await restore("ec2", "RunInstances", parameters)).toEqual({
      ImageId: "ami-1",
      MinCount: 1,
      InstanceType: "t3.micro",
      Monitoring: { Enabled: false, $more },
      $more,
    });
  });

  it("are those of HTTP in S3: its queries, headers and bodies", async () => {
    const headers = {
      "x-amz-server-side-encryption": ["AES256"],
      "Content-Type": "text/plain",
      tagging: [""],
    };
    expect(await restore("s3", "PutObject", { bucketName: "b", key: "a/B", Host: "h", ...headers })).toEqual({
      Bucket: "b",
      Key: "a/B",
      ServerSideEncryption: "AES256",
      $more,
    });
    const PublicAccessBlockConfiguration = { xmlns: "x", BlockPublicAcls: true, Rules: { Rule: "a" } };
    expect(
      await restore("s3", "PutBucketPublicAccessBlock", {
        bucketName: "b",
        publicAccessBlock: "",
        PublicAccessBlockConfiguration,
      }),
    ).toEqual({
      Bucket: "b",
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        Rules: { $unknown: expect.any(String) },
        $more,
      },
      $more,
    });
  });

  it("are never failed for what a record lacks", async () => {
    const printed = await run(
      "check",
      call("s3", "PutObject", { bucketName: "b" }),
      { ...call("ec2", "TerminateInstances", {}), eventID: "f" },
      { ...call("ec2", "CreateTags", { tagSet: { items: [{ key: "***" }] } }), eventID: "g" },
    );
    expect(failed(printed)).toEqual([]);
    expect(printed.requests.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
      Array(3).fill("undecided"),
    );
  });
});
