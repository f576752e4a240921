import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

const CALL = 'fsx.create_data_repository_task(FileSystemId="fs-1", Type="T")';
const OTHER = "gateway.evict_files_failing_upload(FileShareARN=x)";
const COMMAND = "aws fsx create-data-repository-task --file-system-id fs-1";

const fence = (...lines: string[]): string => `Change it:\n\n${["```diff", ...lines, "```", ""].join("\n")}`;

const patch = (file: string, ...lines: string[]): string =>
  [
    "From: a",
    `diff --git a/${file} b/${file}`,
    `--- a/${file}`,
    `+++ b/${file}`,
    "@@ -1,2 +1,2 @@",
    ...lines,
    "",
  ].join("\n");

const said = (line: number, operation: string, language: string) =>
  `${line} a call of \`${operation}\` stands in ${language}, and what it requests is not read`;

const TASK = "fsx:CreateDataRepositoryTask";

describe("a patch", () => {
  it.each<[string, string, number]>([
    ["a.md", fence("-old()", `+${CALL}`), 5],
    ["a.md", `1. Change:\n\n   ${fence("-old()", `+${CALL}`).split("\n").slice(2).join("\n   ")}`, 5],
    ["a.patch", patch("run.py", " import boto3", `+${CALL}`), 7],
    ["a.diff", patch("run.py", " import boto3", "--- a comment of SQL", "-- and another", `+${CALL}`), 9],
    ["a.patch", patch("run.sh", " set -e", `+${COMMAND}`), 7],
    ["a.patch", patch("notes", `+${COMMAND}`), 6],
    ["a.patch", patch("node_modules/x/index.js", "+new CreateDataRepositoryTaskCommand({ Type: 1 });"), 6],
    ["a.diff", `1c1\n< old()\n---\n> ${CALL}\n`, 4],
    ["a.diff", `*** a/x.py\n--- b/x.py\n***************\n*** 1 ****\n! old()\n--- 1 ----\n! ${CALL}\n`, 7],
  ])("says what it adds: %s %s", async (file, text, line) => {
    const [only, ...others] = await listInFile(file, text);
    expect(others).toEqual([]);
    expect(only).toMatch(/stands in a (?:patch|program)/);
    expect(only).toContain(TASK);
    expect(only?.startsWith(`${line} `)).toBe(true);
  });

  it("says a call whose arguments alone change", async () => {
    const lines = [
      " gateway.evict_files_failing_upload(",
      "     FileShareARN=share,",
      "+    ForceRemove=True,",
      " )",
    ];
    expect(await listInFile("a.patch", patch("run.py", ...lines))).toEqual([
      said(6, "storagegateway:EvictFilesFailingUpload", "a program (python)"),
    ]);
  });

  it("says a call behind the end of a text that begins above the hunk", async () => {
    expect(await listInFile("a.patch", patch("run.py", ' the end"""', `+${CALL}`))).toEqual([
      said(7, TASK, "a patch"),
    ]);
  });

  it.each([
    ["a.md", fence(`-${CALL}`, "+other()")],
    ["a.patch", patch("run.py", ` ${CALL}`, "-old()")],
    ["a.patch", patch("run.py", `-${CALL}`, "+other()")],
    ["a.patch", `${patch("run.py", "+other()")}-- \n2.39\n${CALL}\n`],
    ["a.patch", patch("run.py", "+other()", `-${OTHER}`)],
  ])("says nothing of what it takes away or leaves: %s %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([]);
  });
});
