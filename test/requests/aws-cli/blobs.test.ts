import { describe, expect, it, test } from "vitest";
import { directory, reportOf, runCli } from "../../cli/run.ts";

const TEXT = { type: "string" };
const BLOB = { type: "string", "x-aws-type": "blob" };
const schema = (properties: object): string =>
  JSON.stringify({ type: "object", properties, additionalProperties: false });

const SCHEMAS = {
  "schemas/lambda/Invoke.request.json": schema({ FunctionName: TEXT, Payload: BLOB }),
  "schemas/s3/PutObject.request.json": schema({ Bucket: TEXT, Key: TEXT, Body: BLOB }),
  "schemas/kinesis/PutRecords.request.json": schema({
    StreamName: TEXT,
    Records: {
      type: "array",
      items: { type: "object", properties: { Data: BLOB, PartitionKey: TEXT }, additionalProperties: false },
    },
  }),
};

const read = async (command: string, line: string, version?: 1 | 2, more: Record<string, string> = {}) => {
  const config: Record<string, string> = version ? { "countersign.yaml": `cliVersion: ${version}\n` } : {};
  const cwd = directory({ ".git/HEAD": "", ...SCHEMAS, ...config, ...more, "run.sh": `${line}\n` });
  return reportOf(await runCli([command, "run.sh", "--schemas", "schemas", "--format", "json"], { cwd }));
};

const severities = async (line: string, version?: 1 | 2, more: Record<string, string> = {}) => {
  const { diagnostics } = await read("check", line, version, more);
  return (diagnostics as { code: string; severity: string; status: string }[])
    .filter(({ status }) => status === "failed")
    .map(({ code, severity }) => `${code} ${severity}`);
};

const invoke = (payload: string, more = "") =>
  `aws lambda invoke --function-name f --payload ${payload} ${more} out`;
const REFUSED = ["document/syntax error"];
const WARNED = ["document/syntax warning"];

describe("a blob in a command", () => {
  // Run with AWS CLI 2.9.19: "Invalid base64" for the first two.
  test.each([
    ["text", "hello", REFUSED],
    ["JSON", `'{"key1":"value1"}'`, REFUSED],
    ["JSON that is decoded by chance", `'{"a":"bcd"}'`, WARNED],
    ["base64", "aGVsbG8=", []],
    ["base64 without its padding", "aGVsbG8", REFUSED],
    ["a file", "fileb://event.json", []],
    ["a placeholder", '"$PAYLOAD"', []],
    ["JSON with a variable", `"{\\"id\\": \\"$ID\\"}"`, WARNED],
    ["nothing", "''", []],
  ])("is base64 for version 2: %s", async (_what, payload, expected) => {
    expect(await severities(invoke(payload), 2)).toEqual(expected);
  });

  it("is text for version 1", async () => {
    expect(await severities(invoke(`'{"key1":"value1"}'`), 1)).toEqual([]);
  });

  it("is doubtful where the version isn't known", async () => {
    expect(await severities(invoke(`'{"key1":"value1"}'`))).toEqual(WARNED);
    expect(await severities(invoke("aGVsbG8="))).toEqual([]);
  });

  it("is text where the command or its script says so", async () => {
    expect(await severities(invoke("hello", "--cli-binary-format raw-in-base64-out"), 2)).toEqual([]);
    expect(await severities(invoke("hello", "--cli-binary-format base64"))).toEqual(REFUSED);
    const configured = `aws configure set cli_binary_format raw-in-base64-out\n${invoke("hello")}`;
    expect(await severities(configured, 2)).toEqual([]);
  });

  it("is found inside of other members, and in files", async () => {
    const records = "aws kinesis put-records --stream-name s --records Data=hello,PartitionKey=a";
    expect(await severities(records, 2)).toEqual(REFUSED);
    const json = `aws kinesis put-records --cli-input-json '{"StreamName":"s","Records":[{"Data":"hello","PartitionKey":"a"}]}'`;
    expect(await severities(json, 2)).toEqual(REFUSED);
    expect(await severities(invoke("file://event.json"), 2, { "event.json": '{"key1":"value1"}' })).toEqual(
      REFUSED,
    );
    expect(await severities(invoke("file://event.b64"), 2, { "event.b64": "aGVs\nbG8=\n" })).toEqual([]);
  });

  it("is a file's path where it is a stream", async () => {
    const line = "aws s3api put-object --bucket b --key k --body report.csv";
    expect(await severities(line, 2)).toEqual([]);
    const { requests } = await read("find", line, 2);
    expect(requests[0].payload).toEqual({ Bucket: "b", Key: "k", Body: { $unknown: "report.csv" } });
  });
});
