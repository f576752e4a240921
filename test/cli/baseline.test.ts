import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { Repository } from "../git/repository.ts";
import { directory, ROOT, reportOf, runCli } from "./run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const OTHER = SHARE.replace("1A2B3C4D", "5E6F7A8B");
const BASELINE = "countersign-baseline.json";

/** A request without a justification. */
const evict = (share = SHARE, force = "true"): string =>
  `operation: storagegateway:EvictFilesFailingUpload\nrequest:\n  FileShareARN: ${share}\n  ForceRemove: ${force}\n`;
const JUSTIFIED = evict().replace(
  "request:",
  "justification: the files were verified in the source system\nrequest:",
);
const exporting = (...paths: string[]): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest:\n  Type: EXPORT_TO_REPOSITORY\n  FileSystemId: fs-0123456789abcdef0\n  Paths: ${JSON.stringify(paths)}\n  Report: { Enabled: false }\n`;

/** A directory with these files and a baseline of their findings. */
async function known(files: Record<string, string>): Promise<string> {
  const cwd = directory(files);
  expect(await runCli(["baseline"], { cwd })).toMatchObject({ status: 0, stderr: "" });
  return cwd;
}

const check = (cwd: string, ...more: string[]) => runCli(["check", "--baseline", BASELINE, ...more], { cwd });
const marks = async (cwd: string) =>
  reportOf(await check(cwd, "--format", "json"))
    .diagnostics.filter(({ status }: { status: string }) => status !== "undecided")
    .map(({ code, baseline }: Record<string, string>) => `${code} ${baseline}`);
const put = (cwd: string, name: string, text: string): void => writeFileSync(join(cwd, name), text);

const FORCED = "storagegateway/force-remove-justified";
const PATHS = "fsx/export-paths-relative";

describe("check --baseline with a finding that the baseline has", () => {
  it("exits 0, counts the finding and marks it as known", async () => {
    const cwd = await known({ "a.yaml": evict() });
    expect((await runCli(["check"], { cwd })).status).toBe(1);
    const ran = await check(cwd, "--format", "json");
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    const { outcome, summary, requests, diagnostics } = reportOf(ran);
    expect({ outcome, summary }).toEqual({
      outcome: "undecided",
      summary: {
        documents: 1,
        requests: 1,
        errors: 0,
        warnings: 0,
        infos: 0,
        undecided: 5,
        waived: 1,
        baselined: 1,
        facts: 3,
        unchecked: 0,
        unread: 0,
        values: 0,
      },
    });
    expect(requests).toMatchObject([{ outcome: "undecided" }]);
    const one = diagnostics.find(({ code }: { code: string }) => code === FORCED);
    expect(one).toMatchObject({
      status: "waived",
      severity: "error",
      baseline: "known",
      waiver: "known, by `countersign-baseline.json`",
    });
    expect(one.fingerprint).toBe(
      JSON.parse(readFileSync(join(cwd, BASELINE), "utf8")).findings[0].fingerprint,
    );
  });

  it("marks the finding in every format", async () => {
    const cwd = await known({ "a.yaml": evict() });
    expect((await check(cwd)).stdout).toMatch(
      /^known .*\[storagegateway\/force-remove-justified\]\n(?:.|\n)*, 1 known/m,
    );
    expect((await check(cwd, "--format", "markdown")).stdout).toContain("<summary>1 known</summary>");
    expect((await check(cwd, "--format", "junit")).stdout).toContain(
      "known[storagegateway/force-remove-justified]",
    );
    expect((await check(cwd, "--format", "github")).stdout).not.toContain("force-remove-justified");
    const states = JSON.parse((await check(cwd, "--format", "sarif")).stdout).runs[0].results.map(
      (result: Record<string, string>) => [result.ruleId, result.baselineState, Boolean(result.suppressions)],
    );
    expect(states).toContainEqual([FORCED, "unchanged", true]);
  });

  it("still knows the finding when lines move, the layout changes or other findings come and go", async () => {
    const cwd = await known({ "a.yaml": evict(), "b.yaml": exporting("/mnt/x", "y") });
    put(
      cwd,
      "a.yaml",
      `# moved\n\n${JSON.stringify({ operation: "storagegateway:EvictFilesFailingUpload", request: { ForceRemove: true, FileShareARN: SHARE } }, null, 4)}\n`,
    );
    put(cwd, "b.yaml", exporting("/mnt/new", "y", "/mnt/x"));
    expect(await marks(cwd)).toEqual([`${FORCED} known`, `${PATHS} new`, `${PATHS} known`]);
    expect((await check(cwd)).status).toBe(1);
  });

  it("reports a finding with another target, value or file as new", async () => {
    const cwd = await known({ "a.yaml": evict(), "b.yaml": exporting("/mnt/x") });
    put(cwd, "a.yaml", evict(OTHER));
    put(cwd, "b.yaml", exporting("/mnt/y"));
    expect(await marks(cwd)).toEqual([`${FORCED} new`, `${PATHS} new`]);
    const moved = await known({ "a.yaml": evict() });
    put(moved, "a.yaml", JUSTIFIED);
    put(moved, "b.yaml", evict());
    expect(await marks(moved)).toContain(`${FORCED} new`);
  });

  it.each([
    ["a program", "a.rb", "client.create_data_repository_task({ type: T })\n", "T }", "OTHER }"],
    ["a program, some lines below", "a.rb", "c.create_data_repository_task(\n  type: T\n)\n", "T\n", "U\n"],
    ["a script", "a.sh", "aws fsx $NAME --file-system-id fs-1\n", "fs-1", "fs-2"],
  ])(
    "reports a call that is not read as new when its arguments change, in %s",
    async (_what, name, text, old, other) => {
      const cwd = await known({ [name]: text });
      const summary = async () => reportOf(await check(cwd, "--format", "json")).summary;
      expect(await summary()).toMatchObject({ unread: 0, baselined: 1 });
      put(cwd, name, `\n\n  ${text}`);
      expect(await summary()).toMatchObject({ unread: 0, baselined: 1 });
      put(cwd, name, text.replace(old, other));
      expect(await summary()).toMatchObject({ unread: 1, baselined: 0 });
    },
  );

  it("needs an entry for each of two equal findings", async () => {
    const cwd = await known({ "a.yaml": evict() });
    put(cwd, "a.yaml", `${evict()}---\n${evict()}`);
    expect((await marks(cwd)).filter((mark: string) => mark.startsWith(FORCED))).toEqual([
      `${FORCED} known`,
      `${FORCED} new`,
    ]);
  });

  it("leaves undecided checks undecided", async () => {
    const cwd = await known({ "a.yaml": evict("${SHARE}", "false") });
    expect(reportOf(await check(cwd, "--format", "json"))).toMatchObject({
      outcome: "undecided",
      summary: { baselined: 0 },
    });
    expect((await check(cwd, "--strict")).status).toBe(1);
  });

  it("fails on a faulty document, which a baseline can't record", async () => {
    const twice = `${evict()}  ForceRemove: false\n`;
    const cwd = directory({ "a.yaml": twice });
    const ran = await runCli(["baseline"], { cwd });
    expect(ran.status).toBe(0);
    expect(ran.stderr).toMatch(
      /^warning: 1 fault in documents can't be known, and still fails: in `a.yaml`\n/,
    );
    expect((await check(cwd)).status).toBe(1);
  });

  it("knows warnings as it knows errors with --fail-on warning", async () => {
    const cwd = await known({ "b.yaml": exporting("x,y") });
    expect((await runCli(["check", "--fail-on", "warning"], { cwd })).status).toBe(1);
    expect((await check(cwd, "--fail-on", "warning")).status).toBe(0);
  });
});

describe("the baseline file", () => {
  it("matches its schema, describes its findings and holds no line numbers", async () => {
    const cwd = await known({ "a.yaml": evict(), "dir/b.yaml": exporting("/mnt/x") });
    const text = readFileSync(join(cwd, BASELINE), "utf8");
    const schema = JSON.parse(readFileSync(join(ROOT, "schemas/countersign/baseline.json"), "utf8"));
    expect(new Ajv({ strict: false }).validate(schema, JSON.parse(text))).toBe(true);
    expect(JSON.parse(text).findings).toMatchObject([
      {
        code: FORCED,
        file: "a.yaml",
        pointer: "/ForceRemove",
        message: expect.stringContaining("`ForceRemove` deletes"),
      },
      { code: PATHS, file: "dir/b.yaml", pointer: "/Paths/0", operation: "fsx:CreateDataRepositoryTask" },
    ]);
    put(cwd, "a.yaml", `\n\n${evict()}`);
    await runCli(["baseline"], { cwd });
    expect(readFileSync(join(cwd, BASELINE), "utf8")).toBe(text);
  });

  it("applies in whichever directory the run starts, and is written to --output", async () => {
    const cwd = await known({ "sub/a.yaml": evict(), "sub/deep/b.yaml": exporting("/mnt/x") });
    const ran = await runCli(["check", "../sub", "--baseline", `../${BASELINE}`], { cwd: join(cwd, "sub") });
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect((await runCli(["baseline", "sub/a.yaml", "--output", "sub/own.json"], { cwd })).stdout).toBe(
      "`sub/own.json` is written: 1 finding known from now on\n",
    );
    expect((await runCli(["check", "sub/a.yaml", "--baseline", "sub/own.json"], { cwd })).status).toBe(0);
    expect((await runCli(["baseline", "--output", "no/such/dir.json"], { cwd })).status).toBe(2);
  });

  it("is the one that the configuration names unless the command line names another or none", async () => {
    const cwd = directory({
      ".git/HEAD": "",
      "countersign.yaml": "baseline: known/b.json\n",
      "known/other.json": '{"version":1,"findings":[]}',
      "a.yaml": evict(),
      "sub/x.txt": "",
    });
    expect(await runCli(["check"], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("countersign baseline"),
    });
    expect((await runCli(["baseline"], { cwd })).stdout).toContain("`known/b.json` is written");
    expect((await runCli(["check"], { cwd })).status).toBe(0);
    expect((await runCli(["check", ".."], { cwd: join(cwd, "sub") })).status).toBe(0);
    expect((await runCli(["check", "--no-baseline"], { cwd })).status).toBe(1);
    expect((await runCli(["check", "--baseline", "known/other.json"], { cwd })).status).toBe(1);
  });

  it("leaves out waived findings", async () => {
    const waiver = `waivers:\n  - code: ${FORCED}\n    reason: agreed upon in INC-4242\n`;
    const cwd = directory({ ".git/HEAD": "", "countersign.yaml": waiver, "a.yaml": evict() });
    await runCli(["baseline"], { cwd });
    expect(JSON.parse(readFileSync(join(cwd, BASELINE), "utf8")).findings).toEqual([]);
  });

  it("isn't written when there is nothing to check or a file is missing", async () => {
    const cwd = directory({ "a.txt": "", "good.yaml": JUSTIFIED });
    expect(await runCli(["baseline", "*.nothing"], { cwd })).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("no request was found"),
    });
    expect(await runCli(["baseline", "good.yaml", "missing.yaml"], { cwd })).toMatchObject({ status: 2 });
    expect(() => readFileSync(join(cwd, BASELINE))).toThrow("ENOENT");
  });

  it.each([
    ["", "1:1", "the baseline is empty"],
    ["{", "1:", "error: "],
    ["[]", "1:1", "the baseline must be an object"],
    ['{"version":2,"entries":[]}', "1:12", "version `2`"],
    ['{"findings":[]}', "1:1", "`version` is missing"],
    ['{"version":1,\n "findings":[{"code":"a/b","file":"a"}]}', "2:14", "`fingerprint` is missing"],
    [
      '{"version":1,"findings":[{"code":"a/b","file":"a","fingerprint":"x"}]}',
      "1:65",
      "32 hexadecimal digits",
    ],
    ['{"version":1,"findings":{}}', "1:25", "must be a list"],
    ['{"version":1,"findngs":[]}', "1:", "did you mean `findings`"],
  ])("is refused, with the position of the fault, if it holds %j", async (text, place, words) => {
    const cwd = directory({ [BASELINE]: text, "a.yaml": evict() });
    const { status, stdout, stderr } = await check(cwd);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`--> ${BASELINE}:${place}`);
    expect(stderr).toContain(words);
  });
});

describe("baseline entries that no finding matches", () => {
  const GONE =
    /^warning: 1 entry of the baseline is gone\n --> countersign-baseline\.json:1:1\n {2}= help: run `countersign baseline` again/;

  it("cause a warning until the baseline is written again, then fail when the finding comes back", async () => {
    const cwd = await known({ "a.yaml": evict(), "b.yaml": exporting("/mnt/x") });
    put(cwd, "a.yaml", JUSTIFIED);
    expect(await check(cwd)).toMatchObject({ status: 0, stderr: expect.stringMatching(GONE) });
    expect((await runCli(["baseline"], { cwd })).stdout).toContain("1 finding known");
    expect((await check(cwd)).stderr).toBe("");
    put(cwd, "a.yaml", evict());
    expect((await check(cwd)).status).toBe(1);
  });

  it("cause no warning for files that didn't change, with --changed-from", async () => {
    const repository = new Repository();
    repository.commit({ "a.yaml": evict(), "b.yaml": exporting("/mnt/x"), "c.yaml": JUSTIFIED });
    const cwd = repository.directory;
    expect((await runCli(["baseline"], { cwd })).status).toBe(0);
    repository.write({ "c.yaml": exporting("/mnt/y"), "b.yaml": exporting("x") });
    const { status, stdout, stderr } = await check(cwd, "--changed-from", "HEAD", "--format", "json");
    expect([status, JSON.parse(stdout).summary.errors]).toEqual([1, 1]);
    // Those of `a.yaml` are not looked at.
    expect(stderr).toContain("2 entries of the baseline are gone");
    repository.write({ "b.yaml": `\n${exporting("/mnt/x")}`, "c.yaml": JUSTIFIED });
    expect((await check(cwd, "--changed-from", "HEAD")).stderr).not.toContain("gone");
  });

  it("cause no warning for files that the run didn't check", async () => {
    const cwd = await known({ "a.yaml": evict(), "b.yaml": exporting("/mnt/x") });
    expect(await check(cwd, "b.yaml")).toMatchObject({ status: 0, stderr: "" });
    const partly = directory({
      [BASELINE]: readFileSync(join(cwd, BASELINE), "utf8"),
      "b.yaml": exporting("/mnt/x"),
    });
    expect((await check(partly, "b.yaml")).stderr).toMatch(GONE);
  });
});

describe("check --format", () => {
  const cwd = directory({ "a.yaml": evict() });

  it("writes every format to a file of its own in one run", async () => {
    const formats = ["text", "json", "sarif", "github", "junit", "markdown"];
    const args = formats.flatMap((format) => ["--format", `${format}=out.${format}`]);
    expect(await runCli(["check", "a.yaml", ...args], { cwd })).toMatchObject({
      status: 1,
      stdout: "",
      stderr: "",
    });
    for (const format of formats) {
      const alone = (await runCli(["check", "a.yaml", "--format", format], { cwd })).stdout;
      expect(readFileSync(join(cwd, `out.${format}`), "utf8")).toBe(alone);
    }
  });

  it("prints text and github together to standard output", async () => {
    const { stdout } = await runCli(["check", "a.yaml", "--format", "text", "--format", "github"], { cwd });
    expect(stdout).toMatch(/^error\[/m);
    expect(stdout).toMatch(/^::error /m);
  });

  it.each([
    [["json", "text"], "`json` and `text` can't all go to the standard output"],
    [["text", "text"], "can't all go"],
    [["github", "text", "sarif"], "can't all go"],
    [["sarif=x", "json=x"], "two formats go to `x`"],
    [["sarif="], "names no file"],
    [["sarf"], "did you mean `sarif`"],
  ])("refuses the formats %j", async (formats, words) => {
    const ran = await runCli(["check", "a.yaml", ...formats.flatMap((format) => ["--format", format])], {
      cwd,
    });
    expect(ran).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(words) });
  });

  it("writes reports that the next run doesn't take for requests", async () => {
    const other = await known({ "a.yaml": evict() });
    const args = ["--format", "json=report.json", "--format", "sarif=sarif.json"];
    await runCli(["check", ...args], { cwd: other });
    expect(await marks(other)).toEqual([`${FORCED} known`]);
    expect(reportOf(await check(other, "--format", "json")).summary.documents).toBe(1);
  });
});

describe("baseline --undecided", () => {
  const UNKNOWN = evict("${SHARE}", "false");

  it("lets --strict fail only on checks that are newly undecided", async () => {
    const cwd = directory({ "a.yaml": UNKNOWN });
    expect((await runCli(["check", "--strict"], { cwd })).status).toBe(1);
    expect(await runCli(["baseline", "--undecided"], { cwd })).toMatchObject({ status: 0, stderr: "" });
    expect((await check(cwd, "--strict")).status).toBe(0);
    put(cwd, "b.yaml", UNKNOWN);
    expect((await check(cwd, "--strict")).status).toBe(1);
  });

  it("records none without the option", async () => {
    const cwd = await known({ "a.yaml": UNKNOWN });
    expect(readFileSync(join(cwd, BASELINE), "utf8")).not.toContain("undecided");
    expect((await check(cwd, "--strict")).status).toBe(1);
  });

  it("fails where a check that is known as undecided turns out to be a failure", async () => {
    const cwd = directory({ "a.yaml": evict(SHARE, "${FORCE}") });
    await runCli(["baseline", "--undecided"], { cwd });
    put(cwd, "a.yaml", evict(SHARE, "true"));
    const { status, stdout } = await check(cwd, "--format", "json");
    expect(status).toBe(1);
    expect(stdout).toContain(FORCED);
  });
});
