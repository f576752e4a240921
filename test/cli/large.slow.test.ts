import { describe, expect, it } from "vitest";
import { directory, runCli } from "./run.ts";

describe("countersign baseline with more findings than a baseline can hold", () => {
  it("writes nothing and exits 2", async () => {
    const members = Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`x${index}`, 1]));
    const cwd = directory({
      "a.json": JSON.stringify({ operation: "storagegateway:EvictFilesFailingUpload", request: members }),
    });
    const { status, stdout, stderr } = await runCli(["baseline", "a.json"], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^error: 40,\d+ findings are more than a baseline takes\n/);
  });
});
