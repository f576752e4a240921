import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/diagnostics/report.ts";
import { directory, reportOf, runCli } from "../cli/run.ts";

const report = (token: string): string =>
  `operation: storagegateway:StartCacheReport\nrequest:\n  FileShareARN: arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D\n  Role: arn:aws:iam::123456789012:role/R\n  LocationARN: arn:aws:s3:::reports\n  BucketRegion: eu-west-1\n  InclusionFilters: [{ Name: UploadState, Values: [FailingUpload] }]\n  ClientToken: ${token}\n`;

/** Checkouts of repositories, beside a policy. */
function organization(files: Record<string, string> = {}): string {
  return directory({
    "countersign.yaml": "rules: { iam/undecided: off }\n",
    "app/.git/HEAD": "",
    "app/a.yaml": report("token-0001"),
    "app/b.yaml": report("token-0002"),
    "lib/.git": "gitdir: elsewhere\n",
    "lib/a.yaml": report("token-0001"),
    "lib/countersign.yaml": "rules: { storagegateway/one-report-per-share: off }\n",
    "empty/.git/HEAD": "",
    "plain/a.yaml": report("token-0009"),
    ...files,
  });
}

async function check(args: readonly string[], cwd = organization()) {
  const ran = await runCli(["check", "--format", "json", ...args], { cwd });
  return { ...ran, ...(reportOf(ran) as Report) };
}

const listCrossing = ({ diagnostics }: Pick<Report, "diagnostics">): string[] =>
  diagnostics
    .filter(({ code }) => /one-report-per-share|client-token-unique/.test(code))
    .map(({ file, code }) => `${file} ${code}`);

describe("check --repo", () => {
  it("checks each checkout on its own, under the policy of the working directory", async () => {
    const { status, repositories, requests, ...found } = await check([
      "--repo",
      "app",
      "lib/",
      "--repo",
      "./empty",
    ]);
    expect(requests.map(({ file }) => file)).toEqual(["app/a.yaml", "app/b.yaml", "lib/a.yaml"]);
    // The share and the token of `lib` are those of `app`, whose requests are another run's.
    expect(listCrossing(found)).toEqual(["app/b.yaml storagegateway/one-report-per-share"]);
    expect(repositories).toMatchObject([
      { directory: "app", outcome: "fail", summary: { requests: 2, errors: 1 } },
      { directory: "lib", outcome: "undecided", summary: { requests: 1, errors: 0 } },
      { directory: "empty", outcome: "pass", summary: { requests: 0, errors: 0, undecided: 0 } },
    ]);
    expect(status).toBe(1);
  });

  it.each([
    ["text", /3 repositories \(1 fail, 1 undecided, 1 pass\)\n {4}fail {6}app: 2 requests, 1 error, /],
    [
      "markdown",
      /3 repositories \(1 fail, 1 undecided, 1 pass\)[\s\S]*\| ❌ fail \| `app` \| 2 requests, 1 error, /,
    ],
    ["html", /<h2>3 repositories \(1 fail, 1 undecided, 1 pass\)<\/h2>[\s\S]*<code>lib<\/code>/],
  ])("shows the repositories as %s", async (format, expected) => {
    const cwd = organization();
    const { stdout } = await runCli(["check", "--repo", "app", "lib", "empty", "--format", format], { cwd });
    expect(stdout).toMatch(expected);
  });

  it("checks a checkout once that is named twice, by whatever path", async () => {
    const cwd = organization();
    symlinkSync(join(cwd, "app"), join(cwd, "link"));
    const { stderr, repositories, requests } = await check(["--repo", "app", "./app/", "link", "lib"], cwd);
    expect(repositories?.map((each) => each.directory)).toEqual(["app", "lib"]);
    expect(requests).toHaveLength(3);
    expect(stderr).toBe(
      "note: `app` is the same checkout as `app`, and checked once\nnote: `link` is the same checkout as `app`, and checked once\n",
    );
  });

  it("counts the files of a checkout in another one for the inner one", async () => {
    const cwd = organization({ "app/inner/.git": "", "app/inner/c.yaml": report("token-0003") });
    const { repositories, requests } = await check(["--repo", "app", "app/inner"], cwd);
    expect(requests).toHaveLength(3);
    expect(repositories?.map(({ summary }) => summary.requests)).toEqual([2, 1]);
    symlinkSync(join(cwd, "app/inner"), join(cwd, "other"));
    const linked = await check(["--repo", "app", "other"], cwd);
    expect(linked.requests.map(({ file }) => file)).toEqual(["app/a.yaml", "app/b.yaml", "other/c.yaml"]);
  });

  it.each([
    [["--repo", "plain"], /`plain` is no checkout of a repository: it holds no `.git`/],
    [["--repo", "gone"], /`gone` is not there/],
    [["--repo", "plain/a.yaml"], /`plain\/a.yaml` is no directory/],
    [["app", "--repo", "lib"], /paths can't be combined with `--repo`/],
    [["--repo", "lib", "--changed-from", "HEAD"], /`--changed-from` can't be combined with `--repo`/],
    [["--repo", "lib", "--fix"], /`--fix` can't be combined/],
    [["--repo", "lib", "--shard", "1/2"], /can't be combined with `--shard`/],
  ])("refuses %j", async (args, expected) => {
    const { status, stdout, stderr } = await runCli(["check", ...args], { cwd: organization() });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(expected);
  });

  it("says so where no checkout holds a request", async () => {
    const cwd = organization();
    mkdirSync(join(cwd, "more/.git"), { recursive: true });
    const { status, diagnostics } = await check(["--repo", "empty", "more"], cwd);
    expect(status).toBe(3);
    expect(diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual([
      "empty document/no-request",
      "more document/no-request",
    ]);
  });
});
