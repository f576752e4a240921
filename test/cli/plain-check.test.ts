import { describe, expect, it } from "vitest";
import { parsePlainCheck } from "../../src/cli/plain-check.ts";
import { directory, runCli } from "./run.ts";

describe("the short parser of check", () => {
  it("takes paths and common options", () => {
    const words = [
      "check",
      "a",
      "--context",
      "c",
      "-",
      "--context",
      "d",
      "--no-config",
      "--strict",
      "--max-age",
      "1h",
    ];
    expect(parsePlainCheck(words)).toEqual({
      paths: ["a", "-"],
      flags: {
        format: ["text"],
        schemas: [],
        context: ["c", "d"],
        rules: [],
        config: false,
        strict: true,
        maxAge: "1h",
      },
    });
  });

  it("lets the last of several win, and replaces the default format", () => {
    const { flags } = parsePlainCheck(["check", "--config", "a", "--no-config", "--format", "json"])!;
    expect(flags).toMatchObject({ config: false, format: ["json"] });
    expect(parsePlainCheck(["check", "--no-config", "--config", "a"])!.flags.config).toBe("a");
  });

  it.each([
    [],
    ["find"],
    ["--version"],
    ["check", "--help"],
    ["check", "--strickt"],
    ["check", "--format=json"],
    ["check", "--config"],
    ["check", "--config", "--strict"],
    ["check", "--fail-on", "warning"],
    ["check", "--", "-file"],
    ["check", "-h"],
    ["check", "toString", "--constructor"],
  ])("leaves %j to the full parser", (...words) => {
    expect(parsePlainCheck(words)).toBeUndefined();
  });

  const SAME = [
    ["--format", "json", "--operation", "fsx:DeleteBackup", "--no-config"],
    ["--format", "json", "--strict", "--no-baseline", "--caller", "arn:aws:iam::123456789012:user/a"],
    ["--quiet", "--allow-empty", "--skip-unrelated", "--max-age", "1h"],
  ];

  it.each(SAME)("runs as the full parser does with %s %s %s …", async (...words) => {
    const cwd = directory({ "a.json": '{"BackupId":"backup-0123456789abcdef0"}' });
    const short = ["check", "a.json", ...words];
    expect(parsePlainCheck(short)).toBeDefined();
    // `--max` is an option that only the full parser knows; at its default it changes nothing.
    const full = [...short, "--max", "10"];
    expect(parsePlainCheck(full)).toBeUndefined();
    expect(await runCli(short, { cwd })).toEqual(await runCli(full, { cwd }));
  });
});
