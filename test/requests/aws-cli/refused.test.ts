import { describe, expect, it } from "vitest";
import { directory, runCli } from "../../cli/run.ts";

const TASK =
  "aws fsx create-data-repository-task --file-system-id fs-0123456789abcdef0 --type EXPORT_TO_REPOSITORY";
const EVICT =
  "aws storagegateway evict-files-failing-upload --file-share-arn arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";

/** The faults of a script's text, as severity and message. */
async function listFaults(script: string, config = ""): Promise<string[]> {
  const files = { "run.sh": script, ...(config && { "countersign.yaml": config }) };
  const { stdout } = await runCli(["check", ".", "--format", "json"], { cwd: directory(files) });
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; severity: string; message: string; status: string }[];
  };
  return diagnostics
    .filter(({ code }) => code === "document/syntax" || code === "schema/unknown-field")
    .map(({ severity, message }) => `${severity} ${message}`);
}

describe("shorthand", () => {
  it.each([
    ["Enabled=false,,Path=s3://x/y", "warning `--report`: the AWS CLI silently drops a comma too many"],
    [
      "Enabled=false,Path=s3://x, ,Scope=y",
      "warning `--report`: the AWS CLI silently drops a comma too many",
    ],
    [
      "Enabled=false,Path=s3://x,b\\\\,Scope=y",
      "warning `--report`: the AWS CLI silently drops `b\\` behind a comma",
    ],
    ["Enabled=false,,,Path=s3://x/y", "error `--report`: `,` stands where `=` is expected"],
    ["Enabled=false,Path=s3://x/y,,", "error `--report`: the shorthand ends where `=` is expected"],
  ])("backtracks as the AWS CLI does in %s", async (value, fault) => {
    expect(await listFaults(`${TASK} --report ${value.replace(", ,", ",' ',")}\n`)).toEqual([fault]);
  });
});

describe("a bare `--`", () => {
  it.each([
    `${TASK} --report Enabled=false --`,
    TASK.replace("fsx", "-- fsx"),
    TASK.replace("fsx", "fsx --"),
    TASK.replace("task ", "task -- "),
  ])("vanishes where it separates nothing: %s", async (command) => {
    const report = command.includes("--report") ? "" : " --report Enabled=false";
    expect(await listFaults(`${command}${report}\n`)).toEqual([]);
  });

  it("ends the options where it doesn't stand beside a name", async () => {
    expect(await listFaults(`${TASK} -- --report Enabled=false\n`)).not.toEqual([]);
  });

  it("makes what follows belong to no option", async () => {
    expect(await listFaults(`${TASK} --report Enabled=false --paths a -- b\n`)).toEqual([
      "error `b` belongs to no option",
    ]);
  });
});

describe("what the AWS CLI refuses itself", () => {
  it.each(["eu_west_1", "'eu west 1'", "-eu", "'*'", "eu-", "12"])(
    "is an error: --region %s",
    async (region) => {
      const faults = await listFaults(`${EVICT} --no-force-remove --region=${region}\n`);
      expect(faults).toEqual([
        `error \`${region.replaceAll("'", "")}\` is no name of a region: the AWS CLI refuses it`,
      ]);
    },
  );

  it.each(["eu-west-1", "us-gov-east-1", "local", "$REGION", "<REGION>"])(
    "is not --region %s",
    async (region) => {
      expect(await listFaults(`${EVICT} --no-force-remove --region "${region}"\n`)).toEqual([]);
    },
  );
});

describe("a script that ends with a backslash", () => {
  it("is read as Bash reads it", async () => {
    expect(await listFaults(`${EVICT} --no-force-remove \\`)).toEqual([]);
    expect(await listFaults(`${EVICT} --no-force-remove\\`)).toEqual([]);
    expect(await listFaults(`${EVICT} --no-force-remove \\\\`)).toEqual(["error `\\` belongs to no option"]);
  });
});

describe("cliVersion", () => {
  const NEWER = `aws --no-cli-pager ${EVICT.slice(4)} --no-force-remove --output yaml\n`;

  it("refuses options of the other version", async () => {
    expect(await listFaults(NEWER, "cliVersion: 1\n")).toEqual([
      expect.stringContaining("`--no-cli-pager` is an option that only version 2"),
      expect.stringContaining("`yaml` is no value of `--output`"),
    ]);
    expect(await listFaults(NEWER.replace("--no-cli-pager", "--v2-debug"), "cliVersion: 2\n")).toEqual([
      expect.stringContaining("`--v2-debug` is an option that only version 1"),
    ]);
  });

  it.each(["", "cliVersion: 2\n"])("accepts them with %j", async (config) => {
    expect(await listFaults(NEWER, config)).toEqual([]);
  });
});
