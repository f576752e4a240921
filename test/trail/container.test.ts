import { describe, expect, it } from "vitest";
import { runCli } from "../cli/run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const ROLE = "arn:aws:iam::123456789012:role/ops/StorageOperator";

const record = (more: object = {}) => ({
  eventVersion: "1.09",
  userIdentity: {
    type: "AssumedRole",
    arn: "arn:aws:sts::123456789012:assumed-role/StorageOperator/s",
    sessionContext: { sessionIssuer: { arn: ROLE } },
  },
  eventTime: "2026-03-02T10:11:12Z",
  eventSource: "storagegateway.amazonaws.com",
  eventName: "EvictFilesFailingUpload",
  requestParameters: { fileShareARN: SHARE, forceRemove: true },
  eventID: "e-1",
  readOnly: false,
  eventType: "AwsApiCall",
  ...more,
});

const task = (requestParameters: unknown, more: object = {}) =>
  record({
    eventSource: "fsx.amazonaws.com",
    eventName: "CreateDataRepositoryTask",
    requestParameters,
    ...more,
  });

const EXPORT = {
  fileSystemId: "fs-0123456789abcdef0",
  type: "EXPORT_TO_REPOSITORY",
  paths: ["/mnt/fsx/a"],
  report: { enabled: false },
};

interface Printed {
  requests: { container: string; operation: string; outcome: string; eventId?: string; aws?: string }[];
  diagnostics: { code: string; status: string; pointer?: string }[];
}

async function check(content: unknown, args: readonly string[] = []): Promise<Printed> {
  const stdin = JSON.stringify(content);
  const { stdout } = await runCli(["check", "-", "--format", "json", "--no-config", ...args], { stdin });
  return JSON.parse(stdout) as Printed;
}

const failed = ({ diagnostics }: Printed) =>
  diagnostics.filter(({ status }) => status === "failed").map(({ code }) => code);

describe("check of records of CloudTrail", () => {
  it("finds the call of a record, with its event and AWS's answer", async () => {
    const { requests } = await check({ Records: [record()] });
    expect(requests).toMatchObject([
      {
        container: "cloudtrail",
        operation: "storagegateway:EvictFilesFailingUpload",
        eventId: "e-1",
        aws: "accepted",
      },
    ]);
  });

  it("doesn't compare calls of different times as if one run made them", async () => {
    const codes = failed(await check({ Records: [record(), record({ eventID: "e-2" })] }));
    expect(codes).not.toContain("storagegateway/one-cache-clean-per-share");
  });

  it("doesn't take the missing justification for a failure", async () => {
    expect(failed(await check({ Records: [record()] }))).toEqual([]);
  });

  it("restores the names of members at each level, and places findings at them", async () => {
    const printed = await check({ Records: [task({ ...EXPORT, report: { enabled: true, path: "x" } })] });
    expect(failed(printed)).toContain("fsx/export-paths-relative");
    expect(failed(printed)).not.toContain("schema/unknown-field");
    expect(failed(printed)).not.toContain("schema/required");
  });

  it.each([
    ["lookup-events", { Events: [{ EventId: "e-1", CloudTrailEvent: JSON.stringify(record()) }] }],
    ["EventBridge", { "detail-type": "AWS API Call via CloudTrail", detail: record() }],
    ["a record of its own", record()],
  ])("reads the form of %s", async (_, content) => {
    expect((await check(content)).requests).toMatchObject([{ container: "cloudtrail", eventId: "e-1" }]);
  });

  it.each([
    ["AccessDenied", "denied"],
    ["Client.UnauthorizedOperation", "denied"],
    ["BadRequest", "refused"],
    ["InvalidGatewayRequestException", "refused"],
  ])("takes the error code %s for a call that was %s", async (errorCode, aws) => {
    expect((await check({ Records: [record({ errorCode })] })).requests).toMatchObject([{ aws }]);
  });

  it("counts an event once that is told twice, or in the trails of two accounts", async () => {
    const twice = [
      record(),
      record(),
      record({ eventID: "e-2", sharedEventID: "s" }),
      record({ eventID: "e-3", sharedEventID: "s" }),
    ];
    expect((await check({ Records: twice })).requests.map(({ eventId }) => eventId)).toEqual(["e-1", "e-2"]);
  });

  it.each([
    ["a read", { readOnly: true }],
    ["an event of a service", { eventType: "AwsServiceEvent" }],
    ["an Insight", { eventCategory: "Insight" }],
    ["a call of an operation without a schema", { eventName: "ListGateways" }],
  ])("passes over %s", async (_, more) => {
    expect((await check({ Records: [record(more)] }, ["--allow-empty"])).requests).toEqual([]);
  });

  it.each([
    ["null", null],
    ["too large", { omitted: true }],
    ["hidden", "HIDDEN_DUE_TO_SECURITY_REASONS"],
    ["of a member that the schema lacks", { ...EXPORT, paths: ["a"], strange: 1 }],
    ["with hidden items", { ...EXPORT, paths: ["HIDDEN_DUE_TO_SECURITY_REASONS"] }],
    ["without a required member, but one that is unknown", { fileSystemId: EXPORT.fileSystemId, strange: 1 }],
  ])("leaves parameters undecided that are %s", async (_, parameters) => {
    const printed = await check({ Records: [task(parameters)] });
    expect(failed(printed)).toEqual([]);
    expect(printed.requests).toMatchObject([{ outcome: "undecided" }]);
  });

  it("finds the operation behind a name that carries a version", async () => {
    const { requests } = await check({ Records: [record({ eventName: "EvictFilesFailingUpload20130630" })] });
    expect(requests).toMatchObject([{ operation: "storagegateway:EvictFilesFailingUpload" }]);
  });
});
