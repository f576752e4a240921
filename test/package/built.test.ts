import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import * as source from "../../src/index.ts";
import { ROOT } from "../cli/run.ts";

/** A smoke test: the project `dist` runs all tests of the library on what was built. */
describe("the built library", async () => {
  const built: typeof source = await import(pathToFileURL(join(ROOT, "dist/index.js")).href);

  it("exports what the source does", () => {
    expect(Object.keys(built)).toEqual(Object.keys(source));
  });

  it("finds in a request what the source does", () => {
    const request = { FileSystemId: "fs-0123456789abcdef0", Type: "EXPORT", Paths: ["/a"], Report: {} };
    const input = { operation: "fsx:CreateDataRepositoryTask", request };
    const result = built.validate(input);
    expect(result.outcome).toBe("fail");
    expect(result).toEqual(source.validate(input));
  });
});
