import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import { shouldUseColor, shouldUseLinks } from "../../src/run/io.ts";
import { directory, reportOf, runCli, withoutMissingFacts } from "./run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const GOOD = `operation: storagegateway:EvictFilesFailingUpload\nrequest:\n  FileShareARN: ${SHARE}\n`;
const BAD = `${GOOD}  ForceRemove: "true"\n`;
const UNDECIDED = GOOD.replace(SHARE, "${SHARE_ARN}");
const OPERATION = "storagegateway:EvictFilesFailingUpload";

describe("the exit status", () => {
  const cwd = directory({
    "good.yaml": GOOD,
    "bad.yaml": BAD,
    "open.yaml": UNDECIDED,
    "other.yaml": "a: 1\n",
    "empty.yaml": "",
  });

  it.each([
    [["good.yaml"], 0],
    [["bad.yaml"], 1],
    [["good.yaml", "bad.yaml"], 1],
    [["open.yaml"], 0],
    [["open.yaml", "--strict"], 1],
    [["other.yaml"], 3],
    [["empty.yaml"], 3],
    [["other.yaml", "--allow-empty"], 0],
    [["good.yaml", "other.yaml"], 1],
    [["good.yaml", "other.yaml", "--allow-empty"], 0],
    [["missing.yaml"], 2],
    [["good.yaml", "missing.yaml"], 2],
    [["*.nothing"], 3],
    [["good.yaml", "--format", "sarf"], 2],
    [["good.yaml", "--bogus"], 2],
    [["good.yaml", "--fail-on", "info"], 2],
    [["good.yaml", "--schemas", "nowhere"], 2],
    [["good.yaml", "--output", "no/such/dir/report"], 2],
    [["."], 1],
  ])("of check %j is %i", async (args, status) => {
    const ran = await runCli(["check", ...args], { cwd });
    expect(ran.status).toBe(status);
    expect(ran.stdout + ran.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(ran.stdout + ran.stderr).not.toBe("");
  });

  it("of a run with a warning depends on --fail-on", async () => {
    const schema = {
      type: "object",
      properties: { Mode: { type: "string", "x-documented-values": ["FAST", "SLOW"] } },
    };
    const dir = directory({
      "schemas/toy/Run.request.json": JSON.stringify(schema),
      "run.yaml": "operation: toy:Run\nrequest: { Mode: FAST1 }\n",
    });
    const args = ["check", "run.yaml", "--schemas", "schemas", "--format", "json"];
    const lenient = await runCli(args, { cwd: dir });
    expect(lenient.status).toBe(0);
    expect(reportOf(lenient).diagnostics).toMatchObject([
      { code: "schema/documented-value", severity: "warning", pointer: "/Mode" },
    ]);
    expect((await runCli([...args, "--fail-on", "warning"], { cwd: dir })).status).toBe(1);
  });
});

describe("check finds requests", () => {
  it("in standard input, as JSON or YAML", async () => {
    const yaml = await runCli(["check", "-", "--format", "json"], { stdin: BAD });
    expect(withoutMissingFacts(reportOf(yaml).diagnostics)).toMatchObject([
      { code: "schema/type", file: "<stdin>", line: 4, column: 16 },
    ]);
    const json = JSON.stringify({ operation: OPERATION, request: { FileShareARN: SHARE } });
    expect((await runCli(["check", "-"], { stdin: json })).status).toBe(0);
    expect((await runCli(["check", "-"], { stdin: "" })).status).toBe(3);
  });

  it("in a bare payload whose operation an option or a comment names", async () => {
    const payload = `FileShareARN: ${SHARE}\nForceRemove: maybe\n`;
    const cwd = directory({
      "bare.yaml": payload,
      "named.yaml": `# countersign: operation=${OPERATION}\n${payload}`,
    });
    const byOption = reportOf(
      await runCli(["check", "bare.yaml", "--operation", OPERATION, "--format", "json"], { cwd }),
    );
    expect(byOption.requests).toEqual([
      { file: "bare.yaml", operation: OPERATION, container: "bare", line: 1, outcome: "fail" },
    ]);
    expect(withoutMissingFacts(byOption.diagnostics)).toMatchObject([
      { code: "schema/type", pointer: "/ForceRemove", line: 2, column: 14 },
    ]);
    const byComment = reportOf(await runCli(["check", "named.yaml", "--format", "json"], { cwd }));
    expect(withoutMissingFacts(byComment.diagnostics)).toMatchObject([
      { code: "schema/type", pointer: "/ForceRemove", line: 3, column: 14 },
    ]);
    expect((await runCli(["check", "bare.yaml"], { cwd })).status).toBe(3);
  });

  it("in a directory, reporting broken requests and ignoring other files", async () => {
    const cwd = directory({
      "a/good.yaml": GOOD,
      "a/values.yaml": "replicas: {{ .Values.n }}\n",
      "a/tsconfig.json": "{ // comment\n}",
      "a/broken.yaml": `${GOOD}  : [`,
      "node_modules/x/bad.yaml": BAD,
      "notes.txt": "the request in a/good.yaml evicts files\n",
    });
    const report = reportOf(await runCli(["check", ".", "--format", "json"], { cwd }));
    expect(report.requests.map((request: { file: string }) => request.file)).toEqual(["a/good.yaml"]);
    const found: Diagnostic[] = withoutMissingFacts(report.diagnostics);
    expect(found.map(({ file, code }) => [file, code])).toEqual([["a/broken.yaml", "document/syntax"]]);
  });

  it("by a glob that the shell didn't expand", async () => {
    const cwd = directory({ "x/one.yaml": GOOD, "x/y/two.yaml": BAD, "x/three.json": "{}" });
    const report = reportOf(await runCli(["check", "x/**/*.yaml", "--format", "json"], { cwd }));
    expect(report.requests).toHaveLength(2);
  });

  it("without following links to directories, and reports a link that loops", async () => {
    const cwd = directory({ "requests/good.yaml": GOOD });
    symlinkSync("loop.yaml", join(cwd, "loop.yaml"));
    symlinkSync(".", join(cwd, "requests", "again"));
    mkdirSync(join(cwd, "dir.yaml"));
    const report = reportOf(await runCli(["check", ".", "--format", "json"], { cwd }));
    expect(report.requests).toHaveLength(1);
    expect(withoutMissingFacts(report.diagnostics)).toMatchObject([
      { code: "document/unreadable", file: "loop.yaml" },
    ]);
    expect((await runCli(["check", "loop.yaml"], { cwd })).stdout).toContain("leads back to itself");
  });
});

describe("the report of check", () => {
  it("has the documented members as JSON", async () => {
    const cwd = directory({
      "a.yaml": `operation: fsx:CreateDataRepositoryTask\nrequest:\n  Type: EXPORT\n  FileSystemId: fs-0123456789abcdef0\n  Report: {}\n`,
    });
    const ran = await runCli(["check", "a.yaml", "--format", "json"], { cwd });
    expect(reportOf(ran)).toEqual({
      version: 1,
      outcome: "fail",
      summary: {
        documents: 1,
        requests: 1,
        errors: 2,
        warnings: 0,
        infos: 0,
        undecided: 0,
        waived: 0,
        unread: 0,
        unchecked: 0,
        facts: 0,
        values: 0,
      },
      requests: [
        {
          file: "a.yaml",
          operation: "fsx:CreateDataRepositoryTask",
          container: "envelope",
          line: 1,
          outcome: "fail",
        },
      ],
      diagnostics: [
        {
          code: "schema/enum",
          severity: "error",
          status: "failed",
          message: "`EXPORT` is not a value of `Type`",
          help: "did you mean `EXPORT_TO_REPOSITORY`? the values are `EXPORT_TO_REPOSITORY`, `IMPORT_METADATA_FROM_REPOSITORY`, `RELEASE_DATA_FROM_FILESYSTEM` and `AUTO_RELEASE_DATA`",
          file: "a.yaml",
          line: 3,
          column: 9,
          endLine: 3,
          endColumn: 15,
          pointer: "/Type",
          operation: "fsx:CreateDataRepositoryTask",
          fix: {
            safe: false,
            edits: [{ file: "a.yaml", start: 57, end: 63, text: "EXPORT_TO_REPOSITORY" }],
          },
        },
        {
          code: "schema/required",
          severity: "error",
          status: "failed",
          message: "`Enabled` is missing in `Report`",
          help: "add `Enabled`: a boolean, whether a report is written",
          file: "a.yaml",
          line: 5,
          column: 11,
          endLine: 5,
          endColumn: 13,
          pointer: "/Report",
          operation: "fsx:CreateDataRepositoryTask",
        },
      ],
    });
  });

  it("is written to files, in several formats at once", async () => {
    const cwd = directory({ "bad.yaml": BAD });
    const ran = await runCli(["check", "bad.yaml", "--format", "text", "--format", "json=report.json"], {
      cwd,
    });
    expect(ran.stdout).toContain("error[schema/type]");
    expect(JSON.parse(readFileSync(join(cwd, "report.json"), "utf8")).outcome).toBe("fail");
    expect((await runCli(["check", "bad.yaml", "--output", "out.txt"], { cwd })).stdout).toBe("");
    expect(readFileSync(join(cwd, "out.txt"), "utf8")).toContain("error[schema/type]");
  });

  it("has colours only if FORCE_COLOR asks for them, and neither NO_COLOR nor --no-color forbids them", async () => {
    const cwd = directory({ "bad.yaml": BAD });
    const ansi = "\u001b[";
    expect((await runCli(["check", "bad.yaml"], { cwd })).stdout).not.toContain(ansi);
    expect((await runCli(["check", "bad.yaml"], { cwd, env: { FORCE_COLOR: "1" } })).stdout).toContain(ansi);
    expect(
      (await runCli(["check", "bad.yaml", "--no-color"], { cwd, env: { FORCE_COLOR: "1" } })).stdout,
    ).not.toContain(ansi);
    expect(
      (await runCli(["check", "bad.yaml"], { cwd, env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stdout,
    ).not.toContain(ansi);
  });

  it.each<[Record<string, string>, boolean, boolean]>([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "" }, false, true],
    [{ FORCE_COLOR: "true" }, false, true],
    [{ FORCE_COLOR: "false" }, true, false],
    [{ FORCE_COLOR: "0" }, true, false],
  ])("with %j on a terminal (%s) has colours: %s", (environment, isTerminal, expected) => {
    expect(shouldUseColor(environment, isTerminal)).toBe(expected);
  });

  it.each<[Record<string, string>, boolean, boolean]>([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
    [{ CI: "true" }, true, false],
    [{ FORCE_HYPERLINK: "1" }, false, true],
    [{ FORCE_HYPERLINK: "0" }, true, false],
  ])("with %j on a terminal (%s) has links: %s", (environment, isTerminal, expected) => {
    expect(shouldUseLinks(environment, isTerminal)).toBe(expected);
  });

  it("fits on few screens for the examples, with what to do next and the verdict on the last", async () => {
    const { stdout } = await runCli(["check", "examples"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(150);
    const last = lines.slice(-25).join("\n");
    expect(last).toMatch(/^ {2}facts: .*`countersign check examples --context context`$/m);
    expect(last).toMatch(/\nfail: \d+ requests \(.*\), .*$/);
  });

  it("escapes control characters of the user's text", async () => {
    const hostile = `"\\u001b[31m\\u202e::error::x\\u0007"`;
    const cwd = directory({
      "h.json": `{"operation":"fsx:CreateDataRepositoryTask","request":{"Type":${hostile},${hostile}:1}}`,
    });
    const { stdout } = await runCli(["check", "h.json"], { cwd });
    expect(stdout).toContain("schema/enum");
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it("puts the caret under the value, past tabs, wide characters and long lines", async () => {
    const line = `{"operation":"storagegateway:EvictFilesFailingUpload","request":{"FileShareARN":"${SHARE}","日本":1,\t"ForceRemove":"x"}}`;
    const { stdout } = await runCli(["check", "-"], { stdin: line });
    expect(stdout).toMatchSnapshot();
  });
});

describe("the command line", () => {
  it.each([
    [["--help"]],
    [["check", "--help"]],
    [["schema", "--help"]],
    [["schema", "generate", "--help"]],
    [["explain", "--help"]],
  ])("prints usage for %j", async (args) => {
    const { status, stdout } = await runCli(args);
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: countersign");
  });

  it("prints its version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await runCli(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each([
    [["chekc"], "check"],
    [["check", "x", "--formt", "json"], "--format"],
    [["check", "x", "--format", "jsn"], "json"],
    [["explain", "schema/enm"], "schema/enum"],
    [["schema", "show", "fsx:CreateDataRepoTask"], "fsx:CreateDataRepositoryTask"],
  ])("suggests for %j: %s", async (args, suggestion) => {
    const { status, stderr } = await runCli(args);
    expect(status).toBe(2);
    expect(stderr).toContain(suggestion);
  });

  it("lists and shows schemas", async () => {
    expect((await runCli(["schema", "list"])).stdout.split("\n")).toContain("fsx:CreateDataRepositoryTask");
    expect(
      JSON.parse((await runCli(["schema", "show", "fsx:CreateDataRepositoryTask"])).stdout).required,
    ).toContain("Report");
  });

  it("explains a code and lists them all", async () => {
    expect((await runCli(["explain", "schema/enum"])).stdout).toContain("schema/enum");
    expect((await runCli(["explain"])).stdout).toContain("document/duplicate-key");
  });
});

describe("check --schemas", () => {
  const request = "operation: toy:Run\nrequest: {}\n";

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["no schema", '{"type":"objekt"}'],
  ])("exits 2 and names the file for a schema that is %s", async (_title, text) => {
    const cwd = directory({ "s/toy/Run.request.json": text, "r.yaml": request });
    const { status, stderr } = await runCli(["check", "r.yaml", "--schemas", "s"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: the schema `s\/toy\/Run\.request\.json` can't be used: /);
  });

  it("reads only the schemas of operations that requests name", async () => {
    const cwd = directory({
      "s/toy/Run.request.json": '{"type":"object"}',
      "s/toy/Bad.request.json": "{",
      "r.yaml": request,
    });
    expect((await runCli(["check", "r.yaml", "--schemas", "s"], { cwd })).status).toBe(0);
  });
});
