import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TrendRecord } from "../../src/diagnostics/trend.ts";
import { formatTrend } from "../../src/reporters/html/trend.ts";
import { directory, runCli } from "../cli/run.ts";

const TASK = (type: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest: { Type: ${type}, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false } }\n`;

const readRecords = (file: string): TrendRecord[] =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

const check = (cwd: string, day: number, ...args: string[]) =>
  runCli(["check", "--trend", "trend.jsonl", "--now", `2026-01-0${day}T10:00:00Z`, ...args], { cwd });

describe("check --trend", () => {
  it("keeps counts by rule for each run, and draws them", async () => {
    const cwd = directory({ "a.yaml": TASK("EXPORT"), "b.yaml": TASK("EXPORT") });
    await check(cwd, 1);
    writeFileSync(join(cwd, "b.yaml"), TASK("EXPORT_TO_REPOSITORY"));
    const { stdout } = await check(cwd, 2, "--format", "html");
    const [first, second, ...more] = readRecords(join(cwd, "trend.jsonl"));
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      version: 1,
      at: "2026-01-01T10:00:00.000Z",
      outcome: "fail",
      summary: { requests: 2, errors: 2 },
      rules: { "schema/enum": { failed: 2, undecided: 0, waived: 0 } },
    });
    expect(second!.rules["schema/enum"]).toEqual({ failed: 1, undecided: 0, waived: 0 });
    expect(stdout).toContain("<title>2 runs from 2026-01-01 to 2026-01-02: errors from 2 to 1, ");
    expect(stdout).toMatch(/<code>schema\/enum<\/code><\/th><td>1<\/td><td>2<\/td><td><svg/);
  });

  it("is not read as requests, and keeps no run that checked nothing", async () => {
    const cwd = directory({ "a.txt": "" });
    expect((await check(cwd, 1)).status).toBe(3);
    expect(readdirSync(cwd)).toEqual(["a.txt"]);
    writeFileSync(join(cwd, "a.yaml"), TASK("EXPORT"));
    const first = await check(cwd, 1, "--format", "json");
    expect(await check(cwd, 1, "--format", "json")).toEqual(first);
  });

  it.each([
    ["no JSON", "{", 1],
    ["something else", '{"findings":[]}', 1],
    ["a record with a broken count", "", 2],
    ["a record that is cut", "", 3],
  ])(
    "says where a file holds %s, before anything is checked, and leaves it as it is",
    async (_title, text, line) => {
      const cwd = directory({ "a.yaml": TASK("EXPORT") });
      const file = join(cwd, "trend.jsonl");
      await check(cwd, 1);
      const [record] = readFileSync(file, "utf8").split("\n");
      const broken =
        line === 1
          ? text
          : line === 2
            ? `${record}\n${record!.replace('"failed":1', '"failed":-1')}\n`
            : `${record}\n${record}\n${record!.slice(0, -9)}`;
      writeFileSync(file, broken);
      const { status, stdout, stderr } = await check(cwd, 2);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain(`line ${line} of \`trend.jsonl\` is no record of a trend`);
      expect(readFileSync(file, "utf8")).toBe(broken);
    },
  );

  it("keeps the mode of the file and the link to it", async () => {
    const cwd = directory({ "a.yaml": TASK("EXPORT"), "kept/real.jsonl": "" });
    const real = join(cwd, "kept/real.jsonl");
    chmodSync(real, 0o640);
    symlinkSync("kept/real.jsonl", join(cwd, "trend.jsonl"));
    await check(cwd, 1);
    await check(cwd, 2);
    expect(lstatSync(join(cwd, "trend.jsonl")).isSymbolicLink()).toBe(true);
    expect(readRecords(real)).toHaveLength(2);
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(cwd, "kept"))).toEqual(["real.jsonl"]);
  });

  it("says why a file can't be read or written", async () => {
    const cwd = directory({ "a.yaml": TASK("EXPORT"), "trend.jsonl/x": "" });
    expect((await check(cwd, 1)).stderr).toContain("the trend `trend.jsonl` can't be read: EISDIR");
    const gone = await runCli(["check", "--trend", "gone/trend.jsonl"], { cwd });
    expect(gone.stderr).toContain("`gone/trend.jsonl` can't be written: ENOENT");
    expect(gone.status).toBe(2);
  });
});

describe("the drawing of a trend", () => {
  const record = (day: number, rules: TrendRecord["rules"]): TrendRecord => ({
    version: 1,
    at: new Date(Date.UTC(2026, 0, day)).toISOString(),
    outcome: "pass",
    summary: { requests: 1, errors: day, warnings: 0, infos: 0, undecided: 0, unread: 0, waived: 0 },
    rules,
  });

  it("is nothing without runs, and a line with one", () => {
    expect(formatTrend([])).toEqual([]);
    expect(formatTrend([record(1, {})]).join("")).toMatch(
      /<polyline class="run fail" points="4\.0,4\.0 636\.0,4\.0"\/>/,
    );
  });

  it("escapes what stands in the file, and is bounded", () => {
    const hostile = {
      "<script>": { failed: 1, undecided: 0, waived: 0 },
      __proto__: { failed: 1, undecided: 0, waived: 0 },
    };
    const many = Array.from({ length: 1000 }, (_, index) => record(index + 1, hostile));
    const html = formatTrend(many).join("\n");
    expect(html).not.toContain("<script>");
    expect(html).toContain("200 runs");
    expect(html.length).toBeLessThan(30_000);
  });
});
