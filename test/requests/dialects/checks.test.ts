import { describe, expect, it, test } from "vitest";
import { directory, reportOf, runCli } from "../../cli/run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const REPORT = {
  FileShareARN: SHARE,
  Role: "arn:aws:iam::123456789012:role/CacheReportWriter",
  LocationARN: "arn:aws:s3:::cache-reports",
  BucketRegion: "eu-west-1",
  InclusionFilters: [{ Name: "UploadState", Values: ["FailingUpload"] }],
};
const EXPORT = {
  FileSystemId: "fs-0123456789abcdef0",
  Type: "EXPORT_TO_REPOSITORY",
  Report: { Enabled: false },
};

const machine = (resource: string, payload: unknown, more: object = {}): Record<string, string> => ({
  "flow.asl.json": JSON.stringify({
    StartAt: "A",
    States: {
      A: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Parameters: payload, End: true, ...more },
    },
  }),
});

const schedule = (action: string, payload: unknown, more: object = {}): Record<string, string> => ({
  "t.json": JSON.stringify({
    Resources: {
      S: {
        Type: "AWS::Scheduler::Schedule",
        Properties: {
          ScheduleExpression: "rate(1 day)",
          ...more,
          Target: {
            Arn: `arn:aws:scheduler:::aws-sdk:${action}`,
            RoleArn: "arn:aws:iam::123456789012:role/Weekly",
            Input: JSON.stringify(payload),
          },
        },
      },
    },
  }),
});

const automation = (inputs: object, more: object = {}): Record<string, string> => ({
  "doc.json": JSON.stringify({
    schemaVersion: "0.3",
    ...more,
    mainSteps: [{ name: "a", action: "aws:executeAwsApi", inputs }],
  }),
});

interface Shown {
  code: string;
  severity: string;
  status: string;
  pointer?: string;
  message: string;
  help?: string;
}

/** What is reported as failed, each as its code, severity, pointer and help. */
async function failures(files: Record<string, string>): Promise<string[]> {
  const { diagnostics } = reportOf(
    await runCli(["check", ".", "--format", "json"], { cwd: directory(files) }),
  );
  return (diagnostics as Shown[])
    .filter(({ status }) => status === "failed")
    .map(({ code, severity, pointer = "-", help = "" }) => `${severity} ${code} ${pointer}: ${help}`);
}

describe("members in a container with names of its own", () => {
  const right = { ...REPORT, VpcEndpointDNSName: "vpce-0a1b.s3.eu-west-1.vpce.amazonaws.com" };
  const wrong = { ...REPORT, VPCEndpointDNSName: "vpce-0a1b.s3.eu-west-1.vpce.amazonaws.com" };

  it("are right as the SDK for Java names them", async () => {
    expect(
      await failures(
        machine("aws-sdk:storagegateway:startCacheReport", { ...right, "ClientToken.$": "$.token" }),
      ),
    ).toEqual([]);
    expect(
      await failures(
        schedule("storagegateway:startCacheReport", {
          ...right,
          ClientToken: "<aws.scheduler.scheduled-time>",
        }),
      ),
    ).toEqual([]);
  });

  it("are wrong as the API names them, and the right name is told", async () => {
    for (const files of [
      machine("aws-sdk:storagegateway:startCacheReport", { ...wrong, "ClientToken.$": "$.token" }),
      schedule("storagegateway:startCacheReport", {
        ...wrong,
        ClientToken: "<aws.scheduler.scheduled-time>",
      }),
    ])
      expect(await failures(files)).toEqual([
        "error schema/unknown-field /VPCEndpointDNSName: did you mean `VpcEndpointDNSName`?",
      ]);
  });

  it("are told once where both names are given", async () => {
    const both = { ...right, VPCEndpointDNSName: "x", "ClientToken.$": "$.token" };
    expect(await failures(machine("aws-sdk:storagegateway:startCacheReport", both))).toEqual([
      "error schema/unknown-field /VPCEndpointDNSName: did you mean `VpcEndpointDNSName`?",
    ]);
  });

  it("have the container's name in other findings", async () => {
    const files = machine("aws-sdk:storagegateway:startCacheReport", {
      ...REPORT,
      VpcEndpointDNSName: "",
      "ClientToken.$": "$.token",
    });
    const { stdout } = await runCli(["check", ".", "--format", "json"], { cwd: directory(files) });
    expect(stdout).not.toContain("VPCEndpointDNSName");
    expect(stdout).toContain('"/VpcEndpointDNSName"');
  });

  it("are suggested by the container's name", async () => {
    const files = machine("aws-sdk:storagegateway:startCacheReport", {
      ...REPORT,
      VpcEndpointDnsName: "x",
      "ClientToken.$": "$.token",
    });
    expect(await failures(files)).toEqual([
      "error schema/unknown-field /VpcEndpointDnsName: did you mean `VpcEndpointDNSName`?",
    ]);
  });

  it("with small letters blame no rule", async () => {
    const files = schedule("fsx:createDataRepositoryTask", {
      fileSystemId: "fs-0123456789abcdef0",
      type: "EXPORT_TO_REPOSITORY",
      report: { enabled: false },
    });
    const { stdout } = await runCli(["check", ".", "--format", "json"], { cwd: directory(files) });
    expect(stdout).not.toContain("can't be evaluated");
    expect(await failures(files)).toEqual([
      "error schema/unknown-field /fileSystemId: did you mean `FileSystemId`?",
      "error schema/unknown-field /type: did you mean `Type`?",
      "error schema/unknown-field /report: did you mean `Report`?",
    ]);
  });
});

describe("values of another type", () => {
  const warning = (files: Record<string, string>) => failures(files);

  test.each([
    [
      "a state machine",
      machine("aws-sdk:fsx:createDataRepositoryTask", { ...EXPORT, Report: { Enabled: "false" } }),
    ],
    ["a schedule", schedule("fsx:createDataRepositoryTask", { ...EXPORT, Report: { Enabled: "false" } })],
    [
      "an automation document",
      automation({
        Service: "fsx",
        Api: "create_data_repository_task",
        ...EXPORT,
        Report: { Enabled: "false" },
      }),
    ],
  ])("in %s are a warning", async (_where, files) => {
    const [only, ...others] = await warning(files);
    expect(only).toMatch(/^warning schema\/type \/Report\/Enabled: .*write `false` without quotes$/);
    expect(others).toEqual([]);
  });

  it("are read by rules as converted", async () => {
    const payload = { FileShareARN: SHARE, ForceRemove: "true" };
    const found = await failures(schedule("storagegateway:evictFilesFailingUpload", payload));
    expect(found.map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual([
      "warning schema/type",
      "error storagegateway/force-remove-justified",
    ]);
  });

  it("are numbers and nulls, too", async () => {
    const release = {
      FileSystemId: "fs-0123456789abcdef0",
      Type: "RELEASE_DATA_FROM_FILESYSTEM",
      Paths: ["a"],
      Report: { Enabled: false },
      ReleaseConfiguration: { DurationSinceLastAccess: { Unit: "DAYS", Value: "3" } },
      Tags: null,
    };
    const found = await failures(machine("aws-sdk:fsx:createDataRepositoryTask", release));
    expect(found.map((one) => one.split(":")[0])).toEqual([
      "warning schema/type /ReleaseConfiguration/DurationSinceLastAccess/Value",
      "warning schema/type /Tags",
    ]);
  });

  it("are errors where nothing can make them right", async () => {
    const payload = { FileShareARN: SHARE, ForceRemove: "maybe" };
    for (const files of [
      schedule("storagegateway:evictFilesFailingUpload", payload),
      machine("aws-sdk:storagegateway:evictFilesFailingUpload", payload),
    ])
      expect((await failures(files)).map((one) => one.split(":")[0])).toEqual([
        "error schema/type /ForceRemove",
      ]);
  });

  it("are JSON text where a state machine has an object for a string, of a length that isn't known", async () => {
    const found = await failures(
      machine("aws-sdk:fsx:createDataRepositoryTask", { ...EXPORT, FileSystemId: { id: 1 } }),
    );
    expect(found.map((one) => one.split(":")[0])).toEqual(["error schema/pattern /FileSystemId"]);
    const files = machine("aws-sdk:storagegateway:evictFilesFailingUpload", { FileShareARN: { a: 1 } });
    expect(await failures(files)).toEqual([]);
    expect(
      await failures(schedule("storagegateway:evictFilesFailingUpload", { FileShareARN: { a: 1 } })),
    ).toHaveLength(1);
  });
});

test.each([
  [{ ForceRemove: false, "ForceRemove.$": "$.f" }],
  [{ "ForceRemove.$": "$.f", ForceRemove: false }],
])("a member is told that stands beside its path: %j", async (members) => {
  const files = machine("aws-sdk:storagegateway:evictFilesFailingUpload", {
    FileShareARN: SHARE,
    ...members,
  });
  expect((await failures(files)).map((one) => one.split(":")[0])).toEqual(["error document/duplicate-key -"]);
});

test.each(["fs-0123456789abcdef0", 12, { id: "$.x" }, ""])(
  "a value of `.$` that is no path is an error: %j",
  async (value) => {
    const files = machine("aws-sdk:fsx:createDataRepositoryTask", {
      ...EXPORT,
      FileSystemId: undefined,
      "FileSystemId.$": value,
    });
    const found = (await failures(files)).map((one) => one.split(":")[0]);
    expect(found).toEqual(["error document/envelope -"]);
  },
);

test.each([
  "$",
  "$.a",
  "$$.Execution.Name",
  "$name",
  "States.UUID()",
  "${Param}",
  "States.ArrayGetItem($.a, 0)",
])("a value of `.$` may be %s", async (value) => {
  const files = machine("aws-sdk:fsx:createDataRepositoryTask", {
    ...EXPORT,
    FileSystemId: undefined,
    "FileSystemId.$": value,
  });
  expect(await failures(files)).toEqual([]);
});

describe("the name of a call", () => {
  it("in a schedule has no suffix", async () => {
    for (const suffix of ["sync", "waitForTaskToken"])
      expect(await failures(schedule(`fsx:createDataRepositoryTask.${suffix}`, EXPORT))).toEqual([
        expect.stringContaining("error document/unknown-operation"),
      ]);
  });

  it("is not written as another service writes it", async () => {
    const [[name, text]] = Object.entries(schedule("fsx:createDataRepositoryTask", EXPORT)) as [
      [string, string],
    ];
    const found = await failures({ [name]: text.replace("aws:scheduler:::aws-sdk", "aws:states:::aws-sdk") });
    expect(found).toEqual([expect.stringContaining("error document/unknown-operation")]);
    const resource = { Resource: "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask" };
    expect(await failures(machine("x", EXPORT, resource))).toEqual([
      expect.stringContaining("error document/unknown-operation"),
    ]);
  });

  test.each([
    ["sgw", []],
    ["StorageGateway", ["warning document/unknown-operation"]],
    ["sfn", ["error document/unknown-operation"]],
    ["cognitoidentityprovider", ["error document/unknown-operation"]],
    ["storagegateway", []],
  ])("in a step of Automation has boto3's name of the service: %s", async (service, expected) => {
    const files = automation({ Service: service, Api: "EvictFilesFailingUpload", FileShareARN: SHARE });
    const found = (await failures(files)).map((one) => one.split(" ").slice(0, 2).join(" "));
    expect(found.filter((one) => one.includes("unknown-operation"))).toEqual(expected);
  });
});

describe("a token in what runs again", () => {
  const code = "common/token-varies-with-runs";
  const report = (token: string) => ({ ...REPORT, ClientToken: token });
  const task = (token: string) => ({ ...EXPORT, ClientRequestToken: token });
  const isTold = async (files: Record<string, string>): Promise<boolean> =>
    (await failures(files)).some((one) => one.startsWith(`warning ${code} /Client`));

  test.each([
    [schedule("storagegateway:startCacheReport", report("weekly-report-31"))],
    [schedule("storagegateway:startCacheReport", report("r-<aws.scheduler.execution-id>"))],
    [
      schedule(
        "storagegateway:startCacheReport",
        report("<aws.scheduler.scheduled-time>-<aws.scheduler.attempt-number>"),
      ),
    ],
    [schedule("fsx:createDataRepositoryTask", task("<aws.scheduler.scheduled-time>"))],
    [schedule("fsx:createDataRepositoryTask", task("nightly"))],
    [machine("aws-sdk:storagegateway:startCacheReport", report("weekly-report-31"))],
    [
      machine("aws-sdk:storagegateway:startCacheReport", {
        ...REPORT,
        "ClientToken.$": "$$.State.RetryCount",
      }),
    ],
    [
      machine("aws-sdk:storagegateway:startCacheReport", {
        ...REPORT,
        "ClientToken.$": "States.Format('report-{}', 'x')",
      }),
    ],
    [schedule("storagegateway:startCacheReport", report("<aws.scheduler.schedule-arn>"))],
    [machine("aws-sdk:storagegateway:startCacheReport", { ...REPORT, "ClientToken.$": "$$.State.Name" })],
    [
      machine("aws-sdk:storagegateway:startCacheReport", {
        ...REPORT,
        "ClientToken.$": "States.Format('{}-{}', $$.StateMachine.Name, $$.State.Name)",
      }),
    ],
  ])("is told if it doesn't vary as it has to: %j", async (files) => expect(await isTold(files)).toBe(true));

  test.each([
    [schedule("storagegateway:startCacheReport", report("<aws.scheduler.scheduled-time>"))],
    [schedule("storagegateway:startCacheReport", report("r-<aws.scheduler.scheduled-time>"))],
    [
      schedule("storagegateway:startCacheReport", report("weekly-report-31"), {
        ScheduleExpression: "at(2026-01-05T10:00:00)",
      }),
    ],
    [schedule("fsx:createDataRepositoryTask", EXPORT)],
    [machine("aws-sdk:storagegateway:startCacheReport", { ...REPORT, "ClientToken.$": "$$.Execution.Name" })],
    [
      machine("aws-sdk:storagegateway:startCacheReport", {
        ...REPORT,
        "ClientToken.$": "States.Format('report-{}', $$.Execution.Name)",
      }),
    ],
    [automation({ Service: "storagegateway", Api: "StartCacheReport", ...report("weekly-report-31") })],
  ])("is not told if it does: %j", async (files) => expect(await isTold(files)).toBe(false));
});

describe("optimized integrations", () => {
  const find = async (files: Record<string, string>) =>
    JSON.parse((await runCli(["find", ".", "--format", "json"], { cwd: directory(files) })).stdout);

  test.each([
    ["states:startExecution.sync:2", "stepfunctions:StartExecution"],
    ["lambda:invoke.waitForTaskToken", "lambda:Invoke"],
    ["elasticmapreduce:addStep", "emr:AddJobFlowSteps"],
    ["bedrock:invokeModel", "bedrock-runtime:InvokeModel"],
    ["http:invoke", "http:Invoke"],
    ["newservice:doIt", "newservice:DoIt"],
  ])("without a schema are counted: %s", async (resource, operation) => {
    const { unchecked, unread } = await find(machine(resource, {}));
    expect({ unchecked, unread }).toEqual({ unchecked: [{ operation, calls: 1 }], unread: [] });
  });

  it("are counted in a distributed map, too", async () => {
    const files = machine(
      "lambda:invoke",
      {},
      {
        Type: "Map",
        ItemReader: { Resource: "arn:aws:states:::s3:listObjectsV2", Parameters: { Bucket: "b" } },
        ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "b", Prefix: "p" } },
      },
    );
    const { unchecked } = await find(files);
    expect(unchecked.map(({ operation }: { operation: string }) => operation)).toEqual([
      "lambda:Invoke",
      "s3:ListObjectsV2",
      "s3:PutObject",
    ]);
  });

  test.each([
    ["lambda:invoke.sync", "leave it out, or write `.waitForTaskToken`"],
    ["dynamodb:getItem.sync", "leave it out"],
    ["Lambda:Invoke", "did you mean `lambda:invoke`?"],
    ["aws-sdk:glue:startJobRun.sync", "write `startJobRun`"],
  ])("are refused by their pattern or spelling: %s", async (resource, help) => {
    const [only] = await failures(machine(resource, {}));
    expect(only).toContain("document/unknown-operation");
    expect(only).toContain(help);
  });
});
