import { describe, expect, it } from "vitest";
import { directory, runCli } from "./run.ts";

const CALL =
  'import boto3\nboto3.client("storagegateway").evict_files_failing_upload(FileShareARN=arn, ForceRemove=True)\n';

describe("check on calls in test files", () => {
  it("counts them before the verdict, and reads a test file that is named", async () => {
    const cwd = directory({ "tests/test_clean.py": CALL, "tests/test_more.py": CALL });
    const walked = await runCli(["check", ".", "--allow-empty"], { cwd });
    expect(walked.stdout).toContain("2 calls in test files were passed over\npass: ");
    const json = await runCli(["check", ".", "--allow-empty", "--format", "json"], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({ summary: { passedOver: 2 }, diagnostics: [] });
    const named = await runCli(["check", "tests/test_clean.py"], { cwd });
    expect(named.stdout).toContain("tests/test_clean.py:2");
  });
});
