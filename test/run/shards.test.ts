import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directory, ROOT, runCli } from "../cli/run.ts";
import { runs } from "../support/scale.ts";
import { repositories } from "./repositories.ts";

const OTHERS = ["concise", "github", "gitlab", "rdjsonl", "azure", "junit", "markdown"];
const FORMATS = ["json", "sarif", "html"];

const makeDirectory = (): string => mkdtempSync(join(tmpdir(), "countersign-parts-"));

/** A command that writes a report: what it printed, and what it wrote in each format. */
async function report(args: readonly string[], cwd: string, formats = FORMATS) {
  const out = makeDirectory();
  const files = formats.map((format) => join(out, format));
  const wanted = formats.flatMap((format, index) => ["--format", `${format}=${files[index]}`]);
  const ran = await runCli([...args, "--format", "text", ...wanted], { cwd });
  return { ...ran, reports: files.map((file) => readFileSync(file, "utf8")) };
}

/** Writes the parts of all shards, and returns their directory. */
async function writeParts(count: number, args: readonly string[], cwd: string): Promise<string> {
  const parts = makeDirectory();
  for (let shard = 1; shard <= count; shard++) {
    const output = join(parts, `part-${shard}`);
    const ran = await runCli(["check", "--shard", `${shard}/${count}`, "--output", output, ...args], { cwd });
    expect({ ...ran, stderr: "" }).toEqual({ status: 0, stdout: "", stderr: "" });
  }
  return parts;
}

const optionSets = fc.constantFrom<string[][]>(
  [],
  ["--strict"],
  ["--fail-on", "warning"],
  ["a", "."],
  ["b", "a", "payload.json"],
  ["--values", "v.yaml", "--assume-defaults"],
  ["--values", "dev=v.yaml", "--values", "live=w.yaml"],
  ["--baseline", "known.json"],
  ["--operation", "fsx:CreateDataRepositoryTask", "payload.json", "a"],
  ["--allow-empty", "missing.yaml", "b"],
);
const VALUES = {
  "v.yaml": "file-system: fs-0123456789abcdef0\ntoken: one\ntype: EXPORT_TO_REPOSITORY\nunused: 1\n",
  "w.yaml": "file-system: fs-0fedcba9876543210\ntoken: three\n",
};

describe("merging the parts of a run", () => {
  it("gives what one run gives, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(
        repositories,
        fc.integer({ min: 1, max: 7 }),
        optionSets.map((options) => ["--now", "2026-01-05T10:00:00Z", ...options]),
        async (files, count, options) => {
          const cwd = directory({ ...files, ...VALUES });
          if (options.includes("known.json"))
            await runCli(["baseline", "a", "payload.json", "--output", "known.json"], { cwd });
          const single = await report(["check", ...options], cwd);
          const parts = await writeParts(count, options, cwd);
          expect(await report(["merge", parts], cwd)).toEqual(single);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it("gives the report of one run in all other formats", async () => {
    const single = await report(["check", "examples"], ROOT, OTHERS);
    const parts = await writeParts(3, ["examples"], ROOT);
    expect(await report(["merge", parts], ROOT, OTHERS)).toEqual(single);
  });
});
