import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";

describe("countersign dry-run", () => {
  it.skipIf(process.platform === "win32")("stops at a device that never ends", async () => {
    const ran = await runCli(
      ["dry-run", "--", "aws", "fsx", "create-data-repository-task", "--cli-input-json", "file:///dev/zero"],
      {
        cwd: directory(),
      },
    );
    expect(ran.stderr).toContain("the file `/dev/zero` can't be read: it is larger than 64 MiB");
    expect(ran.status).toBe(2);
  });

  it.skipIf(process.platform === "win32")("doesn't wait for ever for a named pipe", async () => {
    const cwd = directory();
    spawnSync("mkfifo", [join(cwd, "pipe")]);
    const words = ["fsx", "create-data-repository-task", "--cli-input-json", "file://pipe"];
    const ran = await runCli(["dry-run", "--", "aws", ...words], { cwd });
    expect(ran.stderr).toContain(
      "the file `pipe` can't be read: it is a named pipe, and no program wrote into it",
    );
    expect(ran.status).toBe(2);
  });
});
