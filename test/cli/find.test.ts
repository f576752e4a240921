import { describe, expect, test } from "vitest";
import { directory, runCli } from "./run.ts";

const SCHEDULE = `Resources:
  S:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:storagegateway:evictFilesFailingUpload
        Input: !Sub '{"FileShareARN": "\${Share}", "ForceRemove": 9007199254740993}'
`;
const BROKEN = SCHEDULE.replace('"ForceRemove":', '"ForceRemove"');

describe("countersign find", () => {
  test("lists requests and files that could not be read", async () => {
    const cwd = directory({ "a.yaml": SCHEDULE, "b.yaml": BROKEN, "c.yaml": "a: 1\n" });
    const { status, stdout, stderr } = await runCli(["find"], { cwd });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      "a.yaml:6:9 storagegateway:EvictFilesFailingUpload (scheduler)\n" +
        "b.yaml:7:65 not read: expected `:` after the member name, found `9007199254740993`\n" +
        "1 request found, 1 not read\n",
    );
  });

  test("marks unknown values in JSON", async () => {
    const cwd = directory({ "a.yaml": SCHEDULE, "b.yaml": BROKEN });
    const { status, stdout } = await runCli(["find", ".", "--format", "json"], { cwd });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      requests: [
        {
          file: "a.yaml",
          line: 6,
          column: 9,
          operation: "storagegateway:EvictFilesFailingUpload",
          container: "scheduler",
          payload: { FileShareARN: { $unknown: "${Share}" }, ForceRemove: "9007199254740993" },
        },
      ],
      unread: [
        {
          file: "b.yaml",
          line: 7,
          column: 65,
          language: "yaml",
          why: "expected `:` after the member name, found `9007199254740993`",
          help: expect.any(String),
        },
      ],
      unchecked: [],
    });
  });

  test("exits 3 without a request and 2 when a file is missing", async () => {
    const cwd = directory({ "c.yaml": "a: 1\n", "big.yaml": "a: \0" });
    expect(await runCli(["find"], { cwd })).toMatchObject({ status: 3, stdout: "0 requests found\n" });
    expect(await runCli(["find", "none.yaml"], { cwd })).toMatchObject({ status: 2 });
    expect(await runCli(["find", "--format", "xml"], { cwd })).toMatchObject({ status: 2, stdout: "" });
  });

  test("lists bare payloads with --operation, and reads standard input", async () => {
    const cwd = directory();
    const found = await runCli(["find", "-", "--operation", "fsx:CreateDataRepositoryTask"], {
      cwd,
      stdin: "{}",
    });
    expect(found).toMatchObject({
      status: 0,
      stdout: "<stdin>:1:1 fsx:CreateDataRepositoryTask (bare)\n1 request found\n",
    });
    expect((await runCli(["find", "-", "--operation", "fsx:Nothing"], { cwd, stdin: "{}" })).status).toBe(2);
  });
});

describe("countersign check on templates", () => {
  test("reports a fault in JSON inside a template at its position", async () => {
    const cwd = directory({ "a.yaml": SCHEDULE, "b.yaml": BROKEN });
    const { status, stdout } = await runCli(["check", ".", "--format", "json"], { cwd });
    expect(status).toBe(1);
    const { diagnostics, requests } = JSON.parse(stdout);
    expect(requests).toMatchObject([{ file: "a.yaml", container: "scheduler", line: 6 }]);
    const codes = diagnostics
      .filter(({ code }: { code: string }) => /^(?:schema|document)/.test(code))
      .map(({ code, file, line, column }: Record<string, unknown>) => `${code} ${file}:${line}:${column}`);
    expect(codes).toEqual([
      "schema/length a.yaml:7:39",
      "schema/type a.yaml:7:66",
      "document/syntax b.yaml:7:65",
    ]);
  });

  test("leaves checks of a placeholder's value undecided", async () => {
    const cwd = directory({ "a.yaml": SCHEDULE.replace("evictFilesFailingUpload", "${Action}") });
    const { status, stdout } = await runCli(["check", "."], { cwd });
    expect(status).toBe(0);
    expect((await runCli(["check", ".", "--strict"], { cwd })).status).toBe(1);
    expect(stdout).toMatch(
      /^not read: 1 call\n {4}a\.yaml:6:14 {2}`arn:aws:scheduler:::aws-sdk:storagegateway:\$\{Action\}` holds.* \[document\/unread\]$/m,
    );
  });

  test("counts calls of operations without a schema, and `find --all` lists them", async () => {
    const cwd = directory({
      "a.yaml": SCHEDULE.replace("evictFilesFailingUpload", "startGateway"),
      "b.yaml": SCHEDULE,
    });
    const count = "1 AWS call of 1 operation without a schema was not checked\n";
    expect((await runCli(["check", "."], { cwd })).stdout).toMatch(new RegExp(`^${count}fail: `, "m"));
    expect((await runCli(["find"], { cwd })).stdout).toMatch(new RegExp(`${count}$`));
    expect((await runCli(["find", "--all"], { cwd })).stdout).toContain(
      "1 call of storagegateway:StartGateway, which has no schema\n",
    );
    const { unchecked } = JSON.parse((await runCli(["find", "--format", "json"], { cwd })).stdout);
    expect(unchecked).toEqual([{ operation: "storagegateway:StartGateway", calls: 1 }]);
  });
});
