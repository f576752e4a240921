import { describe, expect, it, test } from "vitest";
import { directory, reportOf, runCli } from "../../cli/run.ts";

const BLOB = { type: "string", "x-aws-type": "blob" };
const schema = (properties: object): string =>
  JSON.stringify({ type: "object", properties, additionalProperties: false });

const SCHEMAS = {
  "schemas/lambda/Invoke.request.json": schema({ FunctionName: { type: "string" } }),
  "schemas/lambda/UpdateFunctionCode.request.json": schema({
    FunctionName: { type: "string" },
    ZipFile: BLOB,
  }),
  "schemas/efs/CreateFileSystem.request.json": schema({ CreationToken: { type: "string" } }),
};
const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";

interface Shown {
  code: string;
  status: string;
  help?: string;
}

const failures = async (line: string, version?: 1 | 2): Promise<string[]> => {
  const config: Record<string, string> = version ? { "countersign.yaml": `cliVersion: ${version}\n` } : {};
  const cwd = directory({
    ".git/HEAD": "",
    ...SCHEMAS,
    ...config,
    "run.sh": `${line}\naws fsx describe-backups\n`,
  });
  const ran = await runCli(["check", ".", "--schemas", "schemas", "--format", "json"], { cwd });
  return (reportOf(ran).diagnostics as Shown[])
    .filter(({ code, status }) => status === "failed" && code !== "document/no-request")
    .map(({ code, help }) => `${code}: ${help}`);
};

describe("a command that the AWS CLI doesn't know", () => {
  test.each([
    [`aws storage-gateway evict-files-failing-upload --file-share-arn ${SHARE}`, "storagegateway"],
    [`aws StorageGateway evict-files-failing-upload --file-share-arn ${SHARE}`, "storagegateway"],
    [`aws storagegatway evict-files-failing-upload --file-share-arn ${SHARE}`, "storagegateway"],
    ["aws fsx create-data-repositry-task --type EXPORT", "create-data-repository-task"],
    ["aws fsx describe-file-system", "describe-file-systems"],
    ["aws storagegateway evict-file-failing-upload", "evict-files-failing-upload"],
  ])("is an error with the one that is meant: %s", async (line, right) => {
    expect(await failures(line)).toEqual([`document/unknown-operation: did you mean \`${right}\`?`]);
  });

  test.each([
    "aws fsx wait something",
    "aws fsx create-orbital-task",
    "aws fsx create-file-system --file-system-type LUSTRE",
    "aws ec2 describe-instances",
    "aws newservice evict-files-failing-upload",
    "aws help",
  ])("is only counted where that isn't clear: %s", async (line) => {
    expect(await failures(line)).toEqual([]);
  });
});

describe("a file in a command", () => {
  it("has to be given for what the command prints", async () => {
    expect(await failures("aws lambda invoke --function-name f")).toEqual([
      "document/syntax: write the file's name behind the options",
    ]);
    for (const out of ["out.json", "/dev/stdout", "-", '"$OUT"', "$OUT"])
      expect(await failures(`aws lambda invoke --function-name f ${out}`)).toEqual([]);
  });

  it("has to be binary where only a file can be given", async () => {
    const update = "aws lambda update-function-code --function-name f --zip-file";
    expect(await failures(`${update} file://x.zip`, 1)).toEqual([
      "document/syntax: write `fileb://` before its name",
    ]);
    expect(await failures(`${update} fileb://x.zip`, 1)).toEqual([]);
  });
});

test("an option of the other version of the AWS CLI is told", async () => {
  const line = `aws storagegateway evict-files-failing-upload --file-share-arn ${SHARE} --no-cli-pager`;
  expect(await failures(line, 1)).toEqual([
    "document/syntax: leave it out, or mend `cliVersion` in the configuration",
  ]);
  expect(await failures(line, 2)).toEqual([]);
});
