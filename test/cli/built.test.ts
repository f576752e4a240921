import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CLI, directory, ROOT, runBuilt, runCli } from "./run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const GOOD = `operation: storagegateway:EvictFilesFailingUpload\nrequest:\n  FileShareARN: ${SHARE}\n`;
const BAD = `${GOOD}  ForceRemove: "true"\n`;

/** Smoke tests of `dist/cli.js`; all other tests of the command line run it in process. */
describe("the built command line", () => {
  const cwd = directory({ "good.yaml": GOOD, "bad.yaml": BAD, "other.yaml": "a: 1\n" });

  it.each([
    ["good.yaml", 0],
    ["bad.yaml", 1],
    ["missing.yaml", 2],
    ["other.yaml", 3],
  ])("exits on check %s with %i", (file, status) => {
    expect(runBuilt(["check", file], { cwd }).status).toBe(status);
  });

  it("evaluates policies as the source does", async () => {
    const args = ["check", "examples/good", "--context", "examples/context", "--format", "sarif"];
    expect(runBuilt(args)).toEqual(await runCli(args));
  });

  it("reads a request from standard input", () => {
    const { status, stdout } = runBuilt(["check", "-"], { cwd, stdin: BAD });
    expect(stdout).toContain("<stdin>:4:16");
    expect(status).toBe(1);
  });

  it("knows its version without reading package.json", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(runBuilt(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("finds the documentation of a code", () => {
    expect(runBuilt(["explain", "schema/enum"], { cwd }).stdout).toContain("# schema/enum");
  });

  it("compiles the schemas of --schemas", () => {
    const toy = directory({
      "schemas/toy/Run.request.json": '{"type":"object","required":["Mode"]}',
      "run.yaml": "operation: toy:Run\nrequest: {}\n",
    });
    const { status, stdout } = runBuilt(["check", "run.yaml", "--schemas", "schemas"], { cwd: toy });
    expect(stdout).toContain("error[schema/required]");
    expect(status).toBe(1);
  });

  it("prints an error without a stack trace for a missing configuration", () => {
    const { status, stdout, stderr } = runBuilt(["check", "good.yaml", "--config", "none.yaml"], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("prints no error when the reader of its output closes the pipe", () => {
    const script = `"$0" "$1" check "$2" --format json | head -c 1; exit "\${PIPESTATUS[0]}"`;
    const args = ["-c", script, process.execPath, CLI, join(ROOT, "examples/scripts")];
    const { stderr } = spawnSync("bash", args, { encoding: "utf8", cwd });
    expect(stderr).toBe("");
  });

  it.skipIf(!existsSync("/dev/full"))("fails when the standard output can't be written", () => {
    const script = '"$0" "$1" check good.yaml > /dev/full';
    const { status, stderr } = spawnSync("sh", ["-c", script, process.execPath, CLI], {
      encoding: "utf8",
      cwd,
    });
    expect(stderr).toBe("error: the standard output can't be written (ENOSPC)\n");
    expect(status).toBe(2);
  });
});
