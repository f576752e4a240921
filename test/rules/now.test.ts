import { describe, expect, it, test } from "vitest";
import { createValidator } from "../../src/api/validator.ts";
import { directory, reportOf, runCli } from "../cli/run.ts";

const RULES = `operation: fsx:CreateDataRepositoryTask
rules:
  - id: team/not-in-the-freeze
    severity: error
    at: /Type
    assert: now < timestamp('2026-12-18T00:00:00Z') || now >= timestamp('2027-01-04T00:00:00Z')
    message: nothing is changed at {{now}}
    why: nobody is there
    examples:
      pass:
        - now: 2026-12-01T12:00:00Z
          request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false } }
      fail:
        - now: 2026-12-24T12:00:00Z
          request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false } }
`;
const REQUEST = {
  Type: "EXPORT_TO_REPOSITORY",
  FileSystemId: "fs-0123456789abcdef0",
  Report: { Enabled: false },
};
const cwd = directory({
  "rules/freeze.yaml": RULES,
  "request.json": JSON.stringify({ operation: "fsx:CreateDataRepositoryTask", request: REQUEST }),
});

const check = async (...flags: string[]) => {
  const ran = await runCli(["check", "request.json", "--rules", "rules", "--format", "json", ...flags], {
    cwd,
  });
  const { diagnostics } = reportOf(ran);
  return (diagnostics as { code: string; message: string }[])
    .filter(({ code }) => code === "team/not-in-the-freeze")
    .map(({ message }) => message);
};

describe("the time that a run goes by", () => {
  it("is set by --now", async () => {
    expect(await check("--now", "2026-12-24T12:00:00Z")).toEqual([
      "nothing is changed at 2026-12-24T12:00:00Z",
    ]);
    expect(await check("--now", "2026-12-17T23:30:00+01:00")).toEqual([]);
    expect(await check("--now", "2026-12-17T23:30:00-01:00")).toHaveLength(1);
  });

  test.each(["tomorrow", "2026-12-24", "2026-12-24T12:00:00", "2026-13-24T12:00:00Z"])(
    "can't be %s",
    async (time) => {
      const { status, stderr } = await runCli(["check", "request.json", "--now", time], { cwd });
      expect(status).toBe(2);
      expect(stderr).toContain("--now");
    },
  );

  it("is set by an example", async () => {
    const { status, stdout } = await runCli(["rules", "test", "rules"], { cwd });
    expect(stdout).toContain("all came out as they say");
    expect(status).toBe(0);
  });

  it("ends waivers", async () => {
    const waiver = { code: "schema/type", reason: "the service takes it", expires: "2020-06-30" };
    const root = directory({
      ".git/HEAD": "",
      "countersign.yaml": JSON.stringify({ waivers: [waiver] }),
      "request.json": JSON.stringify({ operation: "fsx:CreateDataRepositoryTask", request: REQUEST }),
    });
    const run = (command: string[], time: string) => runCli([...command, "--now", time], { cwd: root });
    expect((await run(["check", "request.json"], "2020-06-30T23:59:00Z")).status).toBe(0);
    expect((await run(["baseline", "request.json"], "2020-06-30T23:59:00Z")).status).toBe(0);
    const { status, stderr } = await run(["check", "request.json"], "2020-07-01T00:00:00Z");
    expect([status, stderr]).toEqual([2, expect.stringContaining("this waiver ended on `2020-06-30`")]);
  });

  it("is what facts are old by", async () => {
    const root = directory({
      "request.json": JSON.stringify({ operation: "fsx:CreateDataRepositoryTask", request: REQUEST }),
      "facts.json": JSON.stringify({
        FileSystems: [{ FileSystemId: "fs-0123456789abcdef0", Lifecycle: "DELETING" }],
        pulled: { asOf: "2020-06-30T12:00:00Z" },
      }),
    });
    const run = (time: string) =>
      runCli(["check", "request.json", "--context", "facts.json", "--max-age", "24h", "--now", time], {
        cwd: root,
      });
    expect((await run("2020-06-30T18:00:00Z")).stdout).toContain("fsx/file-system-available");
    expect((await run("2020-07-02T18:00:00Z")).status).toBe(0);
  });

  it("is set by createValidator()", () => {
    const rulePacks = `${cwd}/rules`;
    const outcome = (now: string) =>
      createValidator({ rulePacks, now: new Date(now) }).validate({
        operation: "fsx:CreateDataRepositoryTask",
        request: REQUEST,
      }).outcome;
    expect(outcome("2026-12-24T12:00:00Z")).toBe("fail");
    expect(outcome("2026-12-01T12:00:00Z")).not.toBe("fail");
    const now = new Date("2026-12-24T12:00:00Z");
    const validator = createValidator({ rulePacks, now });
    now.setTime(0);
    expect(validator.validate({ operation: "fsx:CreateDataRepositoryTask", request: REQUEST }).outcome).toBe(
      "fail",
    );
    expect(() => createValidator({ now: new Date("tomorrow") })).toThrow("`now` is not a valid `Date`");
  });
});
