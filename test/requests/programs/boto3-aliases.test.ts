import { describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "../../cli/run.ts";

const SCHEMA = JSON.stringify({
  type: "object",
  properties: {
    Filter: {
      type: "array",
      items: {
        type: "object",
        properties: { Name: { type: "string" }, Values: { type: "array", items: { type: "string" } } },
        additionalProperties: false,
      },
    },
    MaxResults: { type: "integer" },
  },
  additionalProperties: false,
});

const EXPORT = JSON.stringify({
  type: "object",
  properties: {
    logGroupName: { type: "string" },
    from: { type: "integer" },
    to: { type: "integer" },
    destination: { type: "string" },
  },
  required: ["logGroupName", "from", "to", "destination"],
  additionalProperties: false,
});

const check = async (lines: string[]) => {
  const cwd = directory({
    "schemas/ec2/DescribeNatGateways.request.json": SCHEMA,
    "schemas/logs/CreateExportTask.request.json": EXPORT,
    "job.py": ["import boto3", ...lines, ""].join("\n"),
  });
  const ran = await runCli(["check", "job.py", "--schemas", "schemas", "--format", "json"], { cwd });
  return reportOf(ran);
};

const EC2 = 'ec2 = boto3.client("ec2")';

describe("members with other names in boto3, in a program", () => {
  it("are checked as the API's", async () => {
    const { requests, diagnostics } = await check([
      EC2,
      'ec2.describe_nat_gateways(Filters=[{"Name": "state", "Values": ["available"]}])',
    ]);
    expect([requests.length, diagnostics]).toEqual([1, []]);
  });

  it("may be written as the API's", async () => {
    const { diagnostics } = await check([EC2, 'ec2.describe_nat_gateways(Filter=[{"Name": "state"}])']);
    expect(diagnostics).toEqual([]);
  });

  it("are checked inside", async () => {
    const { diagnostics } = await check([
      EC2,
      'ec2.describe_nat_gateways(Filters=[{"Name": "state", "Value": "available"}])',
    ]);
    expect(diagnostics).toMatchObject([{ code: "schema/unknown-field", line: 3 }]);
  });

  it("satisfy what the API requires", async () => {
    const { requests, diagnostics } = await check([
      'boto3.client("logs").create_export_task(logGroupName="a", fromTime=1, to=2, destination="b")',
    ]);
    expect([requests.length, diagnostics]).toEqual([1, []]);
  });

  it("can't be given under both names", async () => {
    const { outcome, diagnostics } = await check([EC2, "ec2.describe_nat_gateways(Filters=[], Filter=[])"]);
    expect(outcome).toBe("fail");
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: "document/duplicate-key", line: 3, column: 27 }),
    );
  });

  it("are unknown names of other operations", async () => {
    const { diagnostics } = await check([
      'boto3.client("logs").create_export_task(logGroupName="a", returnFields=1, to=2, destination="b")',
    ]);
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: "schema/unknown-field" }));
  });
});
