import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";
import { sample } from "../support/scale.ts";

/** More than are kept whole. */
const FILES = 72;

const task = (index: number, more: Record<string, unknown> = {}) => ({
  operation: "fsx:CreateDataRepositoryTask",
  request: {
    Type: "EXPORT_TO_REPOSITORY",
    FileSystemId: `fs-${String(index).padStart(17, "0")}`,
    Paths: [`run-${index}/a`],
    Report: { Enabled: false },
    ...more,
  },
});

const evict = (index: number) => ({
  operation: "storagegateway:EvictFilesFailingUpload",
  justification: `INC-${index}: verified in the source system`,
  request: {
    FileShareARN: `arn:aws:storagegateway:eu-west-1:123456789012:share/share-${String(index).padStart(8, "0")}`,
    ForceRemove: index % 7 === 0,
  },
});

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** Of each kind of file some, in folders whose order isn't that of the paths. */
function createFiles(write: (index: number) => string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: FILES }, (_, index) => [
      `${index % 3 === 0 ? "a/" : "a"}${String(index).padStart(3, "0")}.${index % 5 === 0 ? "yaml" : "json"}`,
      write(index),
    ]),
  );
}

const KINDS: Record<string, (index: number) => string> = {
  "different file systems": (index) => json(task(index)),
  "one file system, with paths that overlap": (index) =>
    json(task(1, { Paths: index % 30 === 0 ? ["run-1"] : [`run-${index}/a`] })),
  "facts that as many checks wait for": (index) => json(index % 2 === 0 ? task(index) : evict(index)),
  "mistakes in some": (index) => json(task(index, index % 9 === 0 ? { Type: "EXPORT", Tags: 1 } : {})),
  "placeholders in some": (index) =>
    json(task(index, index % 4 === 0 ? { FileSystemId: "${FS}", Paths: ["${DIR}/x"] } : {})),
  "several requests in some": (index) =>
    index % 10 === 0
      ? ["---", json(evict(index)), "---", json(task(index)), "---", json(task(2, { Paths: ["${A}"] }))].join(
          "\n",
        )
      : json(evict(index)),
  "faults and other files": (index) =>
    index % 6 === 0 ? `${json(task(index)).slice(0, -3)}` : index % 6 === 1 ? "a: 1" : json(task(index)),
};

/** Formats that show every check make the run keep all of them. */
const KEEPING = ["--format", "sarif=all.sarif"];

describe("a run over many files", () => {
  it.each(sample(Object.keys(KINDS), 3))("says what one that keeps everything says: %s", async (kind) => {
    const cwd = directory({ "in/none.txt": "", ...prefixed(createFiles(KINDS[kind]!)) });
    for (const args of [
      ["check", "in"],
      ["check", "in", "--strict", "--quiet"],
    ]) {
      const whole = await runCli([...args, "--format", "text", ...KEEPING], { cwd });
      expect(whole.stdout).not.toBe("");
      expect(await runCli(args, { cwd })).toEqual(whole);
    }
    const printed = await runCli(["check", "in", "--format", "json"], { cwd });
    expect(printed).toEqual(await runCli(["check", "in", "--format", "json", ...KEEPING], { cwd }));
  });

  it("says the same with waivers", async () => {
    const cwd = directory({ ...prefixed(createFiles(KINDS["mistakes in some"]!)) });
    const waivers =
      'waivers:\n  - { code: fsx/association-available, file: "in/**", reason: accepted for now }\n';
    writeFileSync(join(cwd, "countersign.yaml"), waivers);
    const waived = await runCli(["check", "in"], { cwd });
    expect(waived.stdout).toContain("waived");
    expect(waived).toEqual(await runCli(["check", "in", "--format", "text", ...KEEPING], { cwd }));
  });
});

const prefixed = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`in/${name}`, text]));
