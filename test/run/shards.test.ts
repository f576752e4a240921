import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
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

/** A baseline of every second finding, and of one that is gone. */
async function writeHalfBaseline(cwd: string): Promise<void> {
  const file = join(cwd, "known.json");
  await runCli(["baseline", "--output", "known.json"], { cwd });
  const all = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).findings : [];
  const gone = { fingerprint: "0".repeat(32), code: "schema/enum", file: "payload.json" };
  const findings = [...all.filter((_: unknown, index: number) => index % 2 === 0), gone];
  writeFileSync(file, JSON.stringify({ version: 1, findings }));
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
          if (options.includes("known.json")) await writeHalfBaseline(cwd);
          const single = await report(["check", ...options], cwd);
          const parts = await writeParts(count, options, cwd);
          expect(await report(["merge", parts], cwd)).toEqual(single);
        },
      ),
      { numRuns: runs(60, 2) },
    );
  }, 600_000);

  it("gives the report of one run in all other formats", async () => {
    const single = await report(["check", "examples/scripts"], ROOT, OTHERS);
    const parts = await writeParts(3, ["examples/scripts"], ROOT);
    expect(await report(["merge", parts], ROOT, OTHERS)).toEqual(single);
  });
});

const record = (id: string) => ({
  eventVersion: "1.09",
  eventID: id,
  eventTime: "2026-01-05T10:00:00Z",
  eventSource: "fsx.amazonaws.com",
  eventName: "CreateDataRepositoryTask",
  awsRegion: "eu-west-1",
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::123456789012:user/u", accountId: "123456789012" },
  requestParameters: { type: "EXPORT", fileSystemId: "fs-0123456789abcdef0", report: { enabled: false } },
  responseElements: null,
  eventType: "AwsApiCall",
});

describe("check --shard and merge", () => {
  const REPORT = (share: string, token: string): string =>
    `operation: storagegateway:StartCacheReport\nrequest:\n  FileShareARN: arn:aws:storagegateway:eu-west-1:123456789012:share/${share}\n  Role: arn:aws:iam::123456789012:role/R\n  LocationARN: arn:aws:s3:::reports\n  BucketRegion: eu-west-1\n  InclusionFilters: [{ Name: UploadState, Values: [FailingUpload] }]\n  ClientToken: ${token}\n`;
  const FILES = {
    "a.yaml": REPORT("share-1A2B3C4D", "token-0001"),
    "b/b.yaml": REPORT("share-5E6F7A8B", "token-0001"),
    "c.yaml": REPORT("share-1A2B3C4D", "token-0003"),
  };
  const twoParts = async (options: readonly string[] = [], files: Record<string, string> = FILES) => {
    const cwd = directory(files);
    const parts = await writeParts(2, options, cwd);
    return { cwd, parts, first: join(parts, "part-1"), second: join(parts, "part-2") };
  };

  it("finds across files what no shard sees, without the files that were checked", async () => {
    const { parts } = await twoParts();
    const { stdout, status } = await runCli(["merge", parts, "--format", "json"], { cwd: directory() });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; file: string }[] };
    const crossing = ["storagegateway/client-token-unique", "storagegateway/one-report-per-share"];
    expect(diagnostics.filter(({ code }) => crossing.includes(code))).toMatchObject([
      { file: "b/b.yaml", code: crossing[0] },
      { file: "c.yaml", code: crossing[1] },
    ]);
    expect(status).toBe(1);
  });

  it("gives a text of several parts from a pipe, and passes over parts in the tree", async () => {
    const cwd = directory(FILES);
    const single = await runCli(["check", "--format", "json"], { cwd });
    const texts = [];
    for (const shard of ["1/3", "2/3", "3/3"]) {
      const { stdout } = await runCli(["check", "--shard", shard], { cwd });
      writeFileSync(join(cwd, `part-${texts.length}.json`), stdout);
      texts.push(stdout);
    }
    writeFileSync(join(cwd, "all"), texts.reverse().join(""));
    expect(await runCli(["merge", "all", "--format", "json"], { cwd })).toEqual(single);
    expect(await runCli(["check", "--format", "json"], { cwd })).toEqual(single);
    const named = await runCli(["check", "all"], { cwd });
    expect(named.stdout).toContain("document/no-request");
  });

  it("takes what decides about the report from its own options, or else from those of the shards", async () => {
    const { cwd, parts } = await twoParts(["--strict"], { "a.yaml": FILES["a.yaml"] });
    const strict = await runCli(["check", "--strict", "--format", "json"], { cwd });
    expect(await runCli(["merge", parts, "--format", "json"], { cwd })).toEqual(strict);
    const plain = await twoParts([], { "a.yaml": FILES["a.yaml"] });
    const merged = await runCli(["merge", plain.parts, "--strict", "--format", "json"], { cwd: plain.cwd });
    expect(merged).toEqual(strict);
  });

  it("fails the merge, not the shard, where a named file is missing or nothing is found", async () => {
    const missing = await twoParts(["a.yaml", "gone.yaml"]);
    expect((await runCli(["merge", missing.parts], { cwd: missing.cwd })).status).toBe(2);
    const nothing = await twoParts([], { "x.txt": "" });
    const single = await runCli(["check"], { cwd: nothing.cwd });
    expect(await runCli(["merge", nothing.parts], { cwd: nothing.cwd })).toEqual(single);
    expect(single.status).toBe(3);
    const fine = await runCli(["merge", nothing.parts, "--allow-empty"], { cwd: nothing.cwd });
    expect(fine.status).toBe(0);
  });

  it("says of the changed files what one run says", async () => {
    const cwd = directory(FILES);
    const git = (...args: string[]) =>
      spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "base");
    writeFileSync(join(cwd, "a.yaml"), REPORT("share-5E6F7A8B", "token-0003"));
    for (const options of [
      ["--changed-from", "HEAD"],
      ["--policy-from", "HEAD"],
    ]) {
      const single = await report(["check", ...options], cwd);
      const parts = await writeParts(3, options, cwd);
      expect(await report(["merge", parts], cwd)).toEqual(single);
    }
  });

  it("counts an event of a trail once", async () => {
    const trail = (...ids: string[]): string => JSON.stringify({ Records: ids.map(record) }, null, 1);
    const cwd = directory({
      ...FILES,
      "t1.json": trail("e-1", "e-2", "e-1"),
      "t2.json": trail("e-3"),
      "t3.json": trail("e-4"),
    });
    const single = await report(["check"], cwd);
    expect(single.reports[0]).toContain('"eventId": "e-4"');
    expect(await report(["merge", await writeParts(5, [], cwd)], cwd)).toEqual(single);
  });

  it("counts an event once that files of several shards tell, and calls of it that can't be checked", async () => {
    const other = (id: string) => ({
      ...record(id),
      eventSource: "ec2.amazonaws.com",
      eventName: "RunInstances",
    });
    const files = Array.from({ length: 9 }, (_, index) => [
      `t${index}.json`,
      JSON.stringify({
        Records: [record("e-1"), other("e-2"), record(`e-${index % 4}`), other(`o-${index % 3}`)],
      }),
    ]);
    const cwd = directory({ ...FILES, ...Object.fromEntries(files) });
    const single = await report(["check"], cwd);
    expect(await report(["merge", await writeParts(5, [], cwd)], cwd)).toEqual(single);
  });

  it.each<[string, (each: Awaited<ReturnType<typeof twoParts>>) => readonly string[], RegExp]>([
    [
      "a missing part",
      ({ first }) => [first],
      /^error: shard 2 of 2 is missing\n {2}help: write it with `countersign check --shard 2\/2/,
    ],
    [
      "a part that is there twice",
      ({ first, second }) => [first, second, first],
      /shard 1 of 2 is there twice/,
    ],
    ["what is no part", ({ cwd }) => [join(cwd, "a.yaml")], /a\.yaml` is no part of a run/],
    ["what isn't there", ({ cwd }) => [join(cwd, "gone")], /gone` can't be read: ENOENT/],
    ["an empty file", ({ first }) => [cut(first, -Infinity)], /is no part of a run/],
    ["an empty directory", () => [directory()], /there is no part in/],
    [
      "a part that is cut short",
      ({ first, second }) => [cut(first, -60), second],
      /ends before its end\n {2}help: the shard didn't finish: write it again with `countersign check --shard 1\/2`/,
    ],
    [
      "a part that was changed",
      ({ first, second }) => [
        replaceIn(first, '"line":1', '"line":2'),
        replaceIn(second, '"line":1', '"line":2'),
      ],
      /is not as it was written/,
    ],
    [
      "a part of another version",
      ({ first, second }) => [replaceIn(first, '"by":"', '"by":"9.'), second],
      /was written by countersign `9\./,
    ],
    [
      "a part of another count",
      ({ first, second }) => [first, replaceHeader(second, '"of":2', '"of":3')],
      /is a part of 3, and .* one of 2/,
    ],
    [
      "parts with other paths",
      ({ first, second }) => [first, replaceHeader(second, '"paths":[]', '"paths":["x"]')],
      /were made with different paths/,
    ],
    [
      "parts with other options",
      ({ first, second }) => [first, replaceHeader(second, '"options":{}', '"options":{"caller":"x"}')],
      /were made with different `--caller`/,
    ],
    [
      "parts with another policy",
      ({ first, second }) => [first, replaceHeader(second, '"policy":{}', '"policy":{"rules":"1"}')],
      /were made with different contents of the `rules`/,
    ],
  ])("refuses %s", async (_title, arrange, expected) => {
    const made = await twoParts();
    const { status, stdout, stderr } = await runCli(["merge", ...arrange(made)], { cwd: made.cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(expected);
  });

  it("refuses another configuration than that of the shards, and options that they weren't given", async () => {
    const { cwd, parts } = await twoParts([], { ...FILES, "countersign.yaml": "strict: true\n" });
    writeFileSync(join(cwd, "countersign.yaml"), "strict: false\n");
    const changed = await runCli(["merge", parts], { cwd });
    expect(changed).toMatchObject({ status: 2, stdout: "" });
    expect(changed.stderr).toContain("other contents of the `configuration` than there are here");
    const gone = await runCli(["merge", parts], { cwd: directory() });
    expect(gone.stderr).toContain("other contents of the `configuration`");
    const given = await runCli(["merge", parts, "--caller", "arn:aws:iam::123456789012:role/R"], { cwd });
    expect(given.stderr).toContain("the parts were not made with this `--caller`");
  });

  it.each([
    [["--shard", "0/2"], /`0\/2` is no shard/],
    [["--shard", "3/2"], /`3\/2` is no shard/],
    [["--shard", "1"], /`1` is no shard/],
    [["--shard", "1/2", "--format", "json"], /give the format to `countersign merge`/],
    [["--shard", "1/2", "--live"], /gather them once with `countersign context pull`/],
    [["--shard", "1/2", "--fix"], /`--fix` can't be combined with `--shard`/],
  ])("refuses check %j", async (args, expected) => {
    const { status, stderr } = await runCli(["check", ...args], { cwd: directory(FILES) });
    expect(status).toBe(2);
    expect(stderr).toMatch(expected);
  });
});

function cut(file: string, end: number): string {
  writeFileSync(file, readFileSync(file, "utf8").slice(0, end));
  return file;
}

function replaceIn(file: string, from: string, to: string): string {
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
  return file;
}

/** Changes a part's header and makes it consistent again. */
function replaceHeader(file: string, from: string, to: string): string {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const body = lines.slice(0, -1).map((line, index) => `${index === 0 ? line.replace(from, to) : line}\n`);
  const sha256 = createHash("sha256").update(body.join("")).digest("hex");
  writeFileSync(file, `${body.join("")}${JSON.stringify({ ...JSON.parse(lines.at(-1)!), sha256 })}\n`);
  return file;
}
