import { describe, expect, test } from "vitest";
import { directory, run } from "./run.ts";

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
  test("lists requests and what could not be read", () => {
    const cwd = directory({ "a.yaml": SCHEDULE, "b.yaml": BROKEN, "c.yaml": "a: 1\n" });
    const { status, stdout, stderr } = run(["find"], { cwd });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      "a.yaml:6:9 storagegateway:EvictFilesFailingUpload (scheduler)\n" +
        "b.yaml:7:65 not read: expected `:` after the member name, found `9007199254740993`\n" +
        "1 request found, 1 not read\n",
    );
  });

  test("prints JSON with what is unknown", () => {
    const cwd = directory({ "a.yaml": SCHEDULE, "b.yaml": BROKEN });
    const { status, stdout } = run(["find", ".", "--format", "json"], { cwd });
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

  test("ends with 3 where there is none, with 2 where a file is missing", () => {
    const cwd = directory({ "c.yaml": "a: 1\n", "big.yaml": "a: \0" });
    expect(run(["find"], { cwd })).toMatchObject({ status: 3, stdout: "0 requests found\n" });
    expect(run(["find", "none.yaml"], { cwd })).toMatchObject({ status: 2 });
    expect(run(["find", "--format", "xml"], { cwd })).toMatchObject({ status: 2, stdout: "" });
  });

  test("takes bare payloads by their operation, and standard input", () => {
    const cwd = directory();
    const found = run(["find", "-", "--operation", "fsx:CreateDataRepositoryTask"], { cwd, input: "{}" });
    expect(found).toMatchObject({
      status: 0,
      stdout: "<stdin>:1:1 fsx:CreateDataRepositoryTask (bare)\n1 request found\n",
    });
    expect(run(["find", "-", "--operation", "fsx:Nothing"], { cwd, input: "{}" }).status).toBe(2);
  });
});

describe("countersign check", () => {
  test("reports JSON in a template in its place", () => {
    const cwd = directory({ "a.yaml": SCHEDULE, "b.yaml": BROKEN });
    const { status, stdout } = run(["check", ".", "--format", "json"], { cwd });
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

  test("leaves open what a placeholder hides", () => {
    const cwd = directory({ "a.yaml": SCHEDULE.replace("evictFilesFailingUpload", "${Action}") });
    const { status, stdout } = run(["check", "."], { cwd });
    expect(status).toBe(0);
    expect(run(["check", ".", "--strict"], { cwd }).status).toBe(1);
    expect(stdout).toContain(
      "undecided[document/unread]: `arn:aws:scheduler:::aws-sdk:storagegateway:${Action}` holds",
    );
  });

  test("counts calls of operations without a schema, and `find --all` lists them", () => {
    const cwd = directory({
      "a.yaml": SCHEDULE.replace("evictFilesFailingUpload", "startGateway"),
      "b.yaml": SCHEDULE,
    });
    const count = "1 AWS call of 1 operation without a schema was not checked\n";
    expect(run(["check", "."], { cwd }).stdout).toMatch(new RegExp(`${count}$`));
    expect(run(["find"], { cwd }).stdout).toMatch(new RegExp(`${count}$`));
    expect(run(["find", "--all"], { cwd }).stdout).toContain(
      "1 call of storagegateway:StartGateway, which has no schema\n",
    );
    const { unchecked } = JSON.parse(run(["find", "--format", "json"], { cwd }).stdout);
    expect(unchecked).toEqual([{ operation: "storagegateway:StartGateway", calls: 1 }]);
  });
});
