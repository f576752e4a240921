import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "../cli/run.ts";

const FS = "fs-0123456789abcdef0";
const REQUEST = `operation: fsx:CreateDataRepositoryTask\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: "${FS}", Paths: [data/x], Report: { Enabled: false } }\n`;

describe("check --max-age", () => {
  const pulled = (asOf: string): string =>
    JSON.stringify({ FileSystems: [{ FileSystemId: FS, Lifecycle: "AVAILABLE" }], pulled: { asOf } });
  const missing = async (context: string, ...args: string[]) => {
    const cwd = directory({ "a.yaml": REQUEST });
    writeFileSync(join(cwd, "facts.json"), context);
    const ran = await runCli(["check", "a.yaml", "--context", "facts.json", "--format", "json", ...args], {
      cwd,
    });
    const facts = reportOf(ran).diagnostics.flatMap(
      ({ missing = [] }: { missing?: { name: string }[] }) => missing,
    );
    return { ...ran, isMissing: facts.some(({ name }: { name: string }) => name === "context.fileSystem") };
  };

  it("takes facts that are younger, and none that are older", async () => {
    const old = pulled(new Date(Date.now() - 5 * 3_600_000).toISOString());
    expect((await missing(old)).isMissing).toBe(false);
    expect((await missing(old, "--max-age", "6h")).isMissing).toBe(false);
    const { isMissing, stderr } = await missing(old, "--max-age", "4h");
    expect(isMissing).toBe(true);
    expect(stderr).toContain("these facts are 5 hours old, so they are not used");
  });

  it("takes no output whose age is not known", async () => {
    const unknown = JSON.stringify({ FileSystems: [{ FileSystemId: FS }] });
    expect((await missing(unknown)).isMissing).toBe(false);
    const { isMissing, stderr } = await missing(unknown, "--max-age", "365d");
    expect(isMissing).toBe(true);
    expect(stderr).toContain("when these facts were printed is not known");
  });

  it("takes none of tomorrow, and none about buckets that are too old", async () => {
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
    expect((await missing(pulled(hours(24)), "--max-age", "6h")).isMissing).toBe(true);
    const bucket = JSON.stringify({ buckets: { b: { region: "eu-west-1" } }, pulled: { asOf: hours(-5) } });
    const { stderr } = await missing(bucket, "--max-age", "4h");
    expect(stderr).toContain("these facts are 5 hours old, so they are not used");
    expect((await missing(bucket, "--max-age", "6h")).stderr).toBe("");
  });

  it.each(["1", "h", "1w", "-1h"])("refuses %s", async (age) => {
    const cwd = directory({ "a.yaml": REQUEST });
    const ran = await runCli(["check", `--max-age=${age}`], { cwd });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain("is no age");
  });
});
