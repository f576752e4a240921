import { describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "../cli/run.ts";

const FILE_SYSTEM = "fs-0123456789abcdef0";
const task = (id: number, path: string) => ({
  TaskId: `task-0123456789abcdef${id}`,
  FileSystemId: FILE_SYSTEM,
  Lifecycle: "EXECUTING",
  Type: "EXPORT_TO_REPOSITORY",
  Paths: [path],
});
const check = async (tasks: readonly unknown[], path = "data/run-1") => {
  const files = {
    "r.yaml": `operation: fsx:CreateDataRepositoryTask\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: ${FILE_SYSTEM}, Paths: [${path}], Report: { Enabled: false } }\n`,
    "page.json": JSON.stringify({ DataRepositoryTasks: tasks, NextToken: "more" }),
  };
  const ran = await runCli(["check", "r.yaml", "--context", "page.json", "--format", "json"], {
    cwd: directory(files),
  });
  return reportOf(ran)
    .diagnostics.map(({ code, status }: { code: string; status: string }) => `${status} ${code}`)
    .filter((code: string) => code.endsWith("task-executing"));
};

describe("one page of several of a list", () => {
  it("fails for a task that is on it", async () => {
    expect(await check([task(0, "data/run-1")])).toEqual([
      "failed fsx/no-task-executing",
      "undecided fsx/other-task-executing",
    ]);
    expect(await check([task(0, "data/run-2")])).toEqual([
      "undecided fsx/no-task-executing",
      "failed fsx/other-task-executing",
    ]);
  });

  it("is undecided about the tasks of other pages", async () => {
    expect(await check([])).toEqual([
      "undecided fsx/no-task-executing",
      "undecided fsx/other-task-executing",
    ]);
  });
});
