import { mkdtempSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Repository } from "../git/repository.ts";
import { releaseTree } from "../release/tree.ts";
import { act } from "./run.ts";

const request = (paths: string, more = ""): string =>
  `operation: fsx:CreateDataRepositoryTask\n${more}request:\n  FileSystemId: fs-0123456789abcdef0\n  Type: EXPORT_TO_REPOSITORY\n  Paths: [${paths}]\n  Report: {Enabled: false}\n`;

const GOOD = request("results");
const BAD = request("/fsx/results");
const CONFIG = "strict: false\n";

let tree = "";
beforeAll(() => {
  tree = releaseTree();
});

/** A workflow for pull requests checks out the merge commit, whose first parent is the base. */
const ofPullRequest = (repository: Repository): Record<string, string> => ({
  GITHUB_EVENT_NAME: "pull_request",
  GITHUB_BASE_REF: "main",
  GITHUB_SHA: repository.git("rev-parse", "HEAD"),
});

describe("the action", () => {
  it("annotates lines, writes a summary and sets outputs", () => {
    const repository = new Repository().write({ "requests/bad.yaml": BAD, "requests/good.yaml": GOOD });
    const { status, log, summary, outputs } = act(tree, repository.directory, {}, { GITHUB_SHA: "0123abc" });
    expect(log).toMatch(/^::error file=requests\/bad\.yaml,line=5,.*title=fsx\/export-paths-relative::/m);
    expect(outputs).toEqual({
      outcome: "fail",
      errors: "1",
      warnings: "0",
      undecided: expect.stringMatching(/^\d+$/),
      unread: "0",
      sarif: "",
    });
    expect(summary).toContain("https://github.com/octo/storage/blob/0123abc/requests/bad.yaml#L5");
    expect(status).toBe(1);
  });

  it("exits 0 on good requests", () => {
    const { status, outputs, log } = act(tree, new Repository().write({ "good.yaml": GOOD }).directory);
    expect(outputs).toMatchObject({ errors: "0", outcome: "undecided" });
    expect(log).not.toMatch(/^::error/m);
    expect(status).toBe(0);
  });

  it("fails on undecided checks when strict", () => {
    const { directory } = new Repository().write({ "good.yaml": GOOD });
    expect(act(tree, directory, { strict: "true" })).toMatchObject({
      status: 1,
      outputs: { outcome: "fail" },
    });
  });

  it("writes reports to files and outputs the path of the SARIF file", () => {
    const { directory } = new Repository().write({ "bad.yaml": BAD });
    const { outputs } = act(tree, directory, { format: "sarif=out.sarif\njson=out.json\n" });
    expect(outputs.sarif).toBe("out.sarif");
    expect(JSON.parse(readFileSync(join(directory, "out.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
    expect(JSON.parse(readFileSync(join(directory, "out.json"), "utf8"))).toMatchObject({ outcome: "fail" });
  });

  it("writes no summary when `summary` is false", () => {
    const { directory } = new Repository().write({ "bad.yaml": BAD });
    expect(act(tree, directory, { summary: "false" }).summary).toBe("");
  });

  it("checks only the files of `paths`", () => {
    const { directory } = new Repository().write({ "a/bad.yaml": BAD, "b/good.yaml": GOOD });
    expect(act(tree, directory, { paths: "b\n" }).status).toBe(0);
    expect(act(tree, directory, { paths: "b\na/*.yaml\n" }).status).toBe(1);
  });

  it.each([
    ["strict", "maybe", "the input `strict` is true or false, not `maybe`"],
    ["fail-on", "info", "the input `fail-on` is `error` or `warning`, not `info`"],
    ["format", "xml", "there is no format `xml`"],
    ["config", "nowhere.yaml", "nowhere.yaml"],
    ["policy-from", "nowhere", "there is no commit `nowhere` here to take the policy from"],
  ])("exits 2 with an annotation for a wrong input `%s`", (name, value, message) => {
    const { directory } = new Repository().write({ "good.yaml": GOOD });
    const { status, log } = act(tree, directory, { [name]: value });
    expect(log).toMatch(/^::error title=Countersign::/m);
    expect(log).toContain(message);
    expect(log).not.toMatch(/\n\s+at /);
    expect(status).toBe(2);
  });

  it("escapes workflow commands in file contents and file names", () => {
    const { directory } = new Repository().write({
      "x\n::error::forged.yaml": BAD,
      "b.yaml": BAD.replace("/fsx/results", '"/fsx/a\\n::set-env name=PATH::/tmp", "/fsx/##[add-path]/tmp"'),
    });
    const { log } = act(tree, directory);
    const commands = log.split("\n").filter((line) => /^\s*::|##\[/.test(line));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((line) => !/^::(error|warning|notice) (file|title)=/.test(line))).toEqual([]);
  });
});

describe("changed-only", () => {
  const changing = (change: (topic: Repository) => void): Repository => {
    const repository = new Repository();
    repository.commit({
      "old.yaml": BAD,
      "gone.yaml": BAD,
      "countersign.yaml": CONFIG,
      "context/c.yaml": "mountPoints: {}\n",
    });
    repository.pullRequest(change);
    return repository;
  };
  const actOn = (repository: Repository, inputs: Record<string, string> = {}, environment = {}) =>
    act(
      tree,
      repository.directory,
      { "changed-only": "true", ...inputs },
      { ...ofPullRequest(repository), ...environment },
    );

  it("reports findings in files that the pull request changed and no others", () => {
    const { status, log } = actOn(changing((topic) => topic.write({ "new.yaml": BAD })));
    expect(log).toContain("file=new.yaml");
    expect(log).not.toContain("old.yaml");
    expect(status).toBe(1);
  });

  it("passes when no request changed", () => {
    const { status, outputs } = actOn(
      changing((topic) => topic.write({ "notes.md": "text\n" }).remove("gone.yaml")),
    );
    expect(status).toBe(0);
    expect(outputs.outcome).toBe("pass");
  });

  it("compares changed requests with unchanged ones", () => {
    const repository = new Repository();
    repository.commit({ "old.yaml": GOOD });
    repository.pullRequest((topic) => topic.write({ "new.yaml": GOOD }));
    const both = actOn(repository);
    expect(both.log).toMatch(/^::warning file=(old|new)\.yaml.*title=fsx\/no-overlapping-tasks::/m);
    expect(both.log).not.toMatch(/file=old\.yaml.*undecided/);
  });

  it.each([
    [
      "the configuration",
      {},
      (topic: Repository) => topic.write({ "countersign.yaml": "strict: true\n" }),
      "`countersign.yaml` changed",
    ],
    [
      "a context file",
      { context: "context" },
      (topic: Repository) => topic.write({ "context/d.yaml": "mountPoints: {}\n" }),
      "`context` changed",
    ],
  ])("reports everything and says why when %s changed", (_, inputs, change, why) => {
    const { log } = actOn(changing(change), inputs);
    expect(log).toContain(`everything is reported, not only what changed: ${why}`);
    expect(log).toContain("file=old.yaml");
  });

  it("checks everything and says why when the base isn't found", () => {
    const repository = changing((topic) => topic.write({ "new.yaml": BAD }));
    const { log } = actOn(repository, {}, { GITHUB_SHA: "0".repeat(40) });
    expect(log).toContain(
      "everything is checked, not only what changed: the pull request's base was not fetched",
    );
    expect(log).toContain("file=old.yaml");
    const pushed = actOn(repository, {}, { GITHUB_EVENT_NAME: "push" });
    expect(pushed.log).toContain("a `push` event has no pull request");
  });

  it("doesn't mistake a merge commit of the author for GitHub's", () => {
    const repository = new Repository();
    const start = repository.commit({ "old.yaml": GOOD });
    repository.git("update-ref", "refs/remotes/origin/main", start);
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.commit({ "new.yaml": BAD });
    repository.git("checkout", "--quiet", "main");
    repository.commit({ "other.md": "main went on\n" });
    repository.git("checkout", "--quiet", "topic");
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge main", "main");
    // The head of the pull request, which is itself a merge, is checked out.
    const { log } = actOn(repository, {}, { GITHUB_SHA: "0".repeat(40) });
    expect(log).toContain("file=new.yaml");
  });
});

describe("policy-from", () => {
  const RULE = (assert: string) =>
    `operation: fsx:CreateDataRepositoryTask\nrules:\n  - id: own/no-results\n    severity: error\n    at: /Paths\n    assert: ${assert}\n    message: results stay here\n    examples:\n      pass: [{request: {FileSystemId: fs-0123456789abcdef0, Type: EXPORT_TO_REPOSITORY, Paths: [a], Report: {Enabled: false}}}]\n      fail: [{request: {FileSystemId: fs-0123456789abcdef0, Type: EXPORT_TO_REPOSITORY, Paths: [results], Report: {Enabled: false}}}]\n`;
  const STRICT_RULE = RULE(`"'results' in orElse(request.Paths, []) ? false : true"`);
  const BASE = {
    "countersign.yaml": "rulePacks: [policy]\n",
    "policy/own.yaml": STRICT_RULE,
    "keep.yaml": request("keep"),
  };

  const attempt = (change: (topic: Repository) => void, inputs: Record<string, string> = {}) => {
    const repository = new Repository();
    repository.commit(BASE);
    repository.pullRequest((topic) => {
      topic.write({ "requests/new.yaml": GOOD });
      change(topic);
    });
    return act(tree, repository.directory, { "policy-from": "HEAD^1", ...inputs }, ofPullRequest(repository));
  };
  const codesOf = (log: string): string[] =>
    [...log.matchAll(/^::error .*title=([^:,]+)::/gm)].map(([, code]) => code!);

  it("applies the rules of the base", () => {
    const { log, status } = attempt(() => {});
    expect(codesOf(log)).toEqual(["own/no-results"]);
    expect(status).toBe(1);
  });

  it.each<[string, (topic: Repository) => void]>([
    [
      "switches the rule off in the configuration",
      (topic) => topic.write({ "countersign.yaml": "rulePacks: [policy]\nrules: {own/no-results: off}\n" }),
    ],
    ["removes the configuration", (topic) => topic.remove("countersign.yaml")],
    ["loosens the rule", (topic) => topic.write({ "policy/own.yaml": RULE("true") })],
    ["removes the rule", (topic) => topic.remove("policy/own.yaml")],
    [
      "waives the finding",
      (topic) =>
        topic.write({
          "countersign.yaml":
            "rulePacks: [policy]\nwaivers:\n  - {code: own/no-results, reason: because I say so}\n",
        }),
    ],
    [
      "replaces the rule pack by a symbolic link",
      (topic) => {
        topic.remove("policy").write({ "mine/own.yaml": RULE("true") });
        symlinkSync("mine", join(topic.directory, "policy"));
      },
    ],
    [
      "places a configuration nearer to the file",
      (topic) => topic.write({ "requests/countersign.yaml": "rules: {own/no-results: off}\n" }),
    ],
    [
      "brings a baseline",
      (topic) =>
        topic.write({
          "countersign.yaml": "rulePacks: [policy]\nbaseline: known.json\n",
          "known.json": '{"version": 1, "findings": []}',
        }),
    ],
  ])("applies them even if the pull request %s", (_, change) => {
    const { log, status } = attempt(change);
    expect(codesOf(log)).toEqual(["own/no-results"]);
    expect(status).toBe(1);
  });

  it("is needed: without it, the pull request's own rules apply", () => {
    const off = { "countersign.yaml": "rulePacks: [policy]\nrules: {own/no-results: off}\n" };
    expect(attempt((topic) => topic.write(off), { "policy-from": "" }).status).toBe(0);
  });

  it("ignores context inside requests and says so", () => {
    const forged = request("mnt/fsx/a", "context: {mountPoint: /elsewhere}\n");
    const { log } = attempt((topic) => topic.write({ "requests/new.yaml": forged }));
    expect(log).toContain("this `context` does not count: context is taken from `HEAD^1`");
  });

  it("names files of the base as `commit:path`", () => {
    const repository = new Repository();
    repository.commit({ ...BASE, "policy/own.yaml": "operation: 3\n" });
    repository.pullRequest((topic) => topic.write({ "requests/new.yaml": GOOD }));
    const { log, status } = act(
      tree,
      repository.directory,
      { "policy-from": "HEAD^1" },
      ofPullRequest(repository),
    );
    expect(log).toContain("HEAD^1:policy/own.yaml:1:12");
    expect(log).not.toContain("countersign-policy-");
    expect(status).toBe(2);
  });

  it("removes its temporary files", () => {
    const repository = new Repository();
    repository.commit(BASE);
    repository.pullRequest((topic) => topic.write({ "requests/new.yaml": GOOD }));
    const temporary = mkdtempSync(join(tmpdir(), "countersign-temporary-"));
    act(
      tree,
      repository.directory,
      { "policy-from": "HEAD^1" },
      { ...ofPullRequest(repository), TMPDIR: temporary },
    );
    expect(readdirSync(temporary)).toEqual([]);
  });
});
