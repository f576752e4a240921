import { describe, expect, it } from "vitest";
import { Repository } from "../git/repository.ts";
import { reportOf, runCli } from "./run.ts";

const PROGRAMS: [string, string][] = [
  ["a.py", "import boto3\nboto3.client('fsx').create_data_repository_task(Type='X')\n"],
  ["a.ps1", "New-FSXDataRepositoryTask -FileSystemId fs-0123 -Type X # of this file system\n"],
  ["a.rb", "Aws::FSx::Client.new.create_data_repository_task({ type: 'X' }) # of this file system\n"],
];

const ENCODINGS: [string, (text: string) => Buffer][] = [
  ["UTF-16 with a mark", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16 without a mark", (text) => Buffer.from(text, "utf16le")],
  ["UTF-16 in the other order", (text) => Buffer.from(text, "utf16le").swap16()],
  ["Latin-1", (text) => Buffer.from(`# caf\u00e9\n${text}`, "latin1")],
];

const CASES = PROGRAMS.flatMap(([name, text]) =>
  ENCODINGS.map(([encoding, encode]) => ({ name, encoding, bytes: encode(text) })),
);

describe("a program that can't be decoded", () => {
  it.each(CASES)("is listed as unread: $name in $encoding", async ({ name, bytes }) => {
    const { directory: cwd } = new Repository().writeBytes(name, bytes);
    const checked = await runCli(["check", "--strict", "--format", "json"], { cwd });
    expect(checked.status).toBe(1);
    expect(reportOf(checked).diagnostics).toMatchObject([{ code: "document/unread", file: name }]);
    expect(JSON.parse((await runCli(["find", "--format", "json"], { cwd })).stdout).unread).toHaveLength(1);
  });

  it("is passed over where it names no operation", async () => {
    const { directory: cwd } = new Repository().writeBytes(
      "a.py",
      Buffer.from("print('hello')\n", "utf16le"),
    );
    expect((await runCli(["check", "--strict", "--allow-empty"], { cwd })).status).toBe(0);
  });
});
