import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";
import { createStandIn } from "./stand-in.ts";

const FS = "fs-0123456789abcdef0";
const OTHER = "fs-0fedcba9876543210";
const exporting = (system: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: "${system}", Paths: [data/x], Report: { Enabled: false } }\n`;
const files = { "a.yaml": exporting(FS), "b.yaml": exporting(OTHER) };

describe("context plan", () => {
  it("prints a command for each thing, into files of different names", async () => {
    const { status, stdout } = await runCli(["context", "plan"], { cwd: directory(files) });
    expect(status).toBe(0);
    const written = [...stdout.matchAll(/> (context\/\S+)/g)].map(([, file]) => file);
    expect(new Set(written).size).toBe(written.length);
    expect(written).toContain(`context/tasks-${OTHER}.json`);
    expect(stdout).toContain("# Permissions: fsx:DescribeDataRepositoryAssociations, ");
    expect(stdout).toMatch(/# decides \d+ checks? at 1 place: .*fsx\/data-repository-linked/);
  });

  it("prints a script that a shell runs, and that joins pages as the AWS CLI prints them", async () => {
    const cwd = directory(files);
    const { stdout } = await runCli(["context", "plan"], { cwd });
    // A query of two values is printed with an indent of four spaces.
    const standIn = createStandIn(directory({}), [
      { when: /file-systems/, output: { FileSystems: [] } },
      {
        when: new RegExp(`associations.*${FS}.*--next-token t1`),
        indented: [[{ AssociationId: "2" }], null],
      },
      {
        when: new RegExp(`associations.*${FS}`),
        indented: [[{ AssociationId: "1", Tags: [] }, { AssociationId: "1b" }], "t1"],
      },
      { when: /associations/, indented: [[], null] },
      { when: /tasks/, error: { code: "AccessDenied", message: "no" } },
    ]);
    const env = { PATH: `${standIn.path}:${process.env.PATH}` };
    const ran = spawnSync("sh", ["-s"], { cwd, env, input: stdout, encoding: "utf8" });
    expect(ran.stderr).toContain("AccessDenied");
    const read = (name: string) => JSON.parse(readFileSync(join(cwd, "context", name), "utf8"));
    expect(read(`associations-${FS}.json`)).toEqual({
      Associations: [{ AssociationId: "1", Tags: [] }, { AssociationId: "1b" }, { AssociationId: "2" }],
    });
    expect(read(`associations-${OTHER}.json`)).toEqual({ Associations: [] });
    expect(readdirSync(join(cwd, "context")).some((name) => name.startsWith("tasks"))).toBe(false);
  });

  it("has no text of a payload that isn't the name of a thing", async () => {
    const unknown = await runCli(["context", "plan"], { cwd: directory({ "a.yaml": exporting("${FS}") }) });
    expect(unknown.stdout).toContain("give them with --values FILE first");
    const hostile = ["$(touch x)", "fs-1\\nrm -rf /", "`id`"].map(exporting).join("---\n");
    const { stdout } = await runCli(["context", "plan"], { cwd: directory({ "a.yaml": hostile }) });
    expect(stdout).not.toMatch(/touch|rm -rf|`id`/);
    expect(stdout).not.toContain("aws fsx");
  });

  it("prints a bucket's facts as one, and only of a name that a bucket can have", async () => {
    const report = (bucket: string): string =>
      `operation: storagegateway:StartCacheReport\nrequest: { FileShareARN: "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D", Role: "arn:aws:iam::123456789012:role/Reports", LocationARN: "arn:aws:s3:::${bucket}/x/", BucketRegion: eu-west-1, ClientToken: token-0001, InclusionFilters: [{ Name: UploadState, Values: [FailingUpload] }] }\n`;
    const print = async (bucket: string) =>
      (await runCli(["context", "plan"], { cwd: directory({ "a.yaml": report(bucket) }) })).stdout;
    const script = await print("cache-reports");
    expect(script).toContain("bucket cache-reports > context/bucket-cache-reports.json");
    expect(script).toContain("s3:GetEncryptionConfiguration");
    expect(spawnSync("sh", ["-n"], { input: script, encoding: "utf8" }).stderr).toBe("");
    expect(await print("Reports;id")).not.toMatch(/Reports;id|^bucket /m);
  });

  it.each(["role/-rf", "role/x/-rf", "user/a b", "role/$(id)"])(
    "names no principal that could be an option or a command: %s",
    async (name) => {
      const request = `operation: fsx:CreateDataRepositoryTask\ncaller: "arn:aws:iam::123456789012:${name}"\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: ${FS}, Report: { Enabled: false } }\n`;
      const { stdout } = await runCli(["context", "plan"], { cwd: directory({ "a.yaml": request }) });
      expect(stdout).not.toContain("get-account-authorization-details");
    },
  );

  it("says where there is nothing to ask", async () => {
    const { status, stderr } = await runCli(["context", "plan"], { cwd: directory({ "a.txt": "nothing" }) });
    expect(status).toBe(0);
    expect(stderr).toContain("no check waits for a fact that AWS prints");
  });
});
