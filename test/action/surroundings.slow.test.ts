import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Repository } from "../git/repository.ts";
import { releaseTree } from "../release/tree.ts";
import { parseCommands } from "../reporters/readers.ts";
import { act } from "./run.ts";

const request = (paths: string, more = ""): string =>
  `operation: fsx:CreateDataRepositoryTask\n${more}request:\n  FileSystemId: fs-0123456789abcdef0\n  Type: EXPORT_TO_REPOSITORY\n  Paths: [${paths}]\n  Report: {Enabled: false}\n`;

const GOOD = request("results");
const BAD = request("/fsx/results");
/** A finding of the base, about another file system so that no rule across requests concerns it. */
const OLD = BAD.replace("fs-0123456789abcdef0", "fs-0fedcba9876543210");

let tree = "";
beforeAll(() => {
  tree = releaseTree();
});

const directory = (files: Record<string, string>): string => {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "countersign-plain-")));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
  return made;
};

/** A shallow clone like that of actions/checkout. */
function cloned(repository: Repository, depth: number): { directory: string; head: string } {
  const made = join(mkdtempSync(join(tmpdir(), "countersign-clone-")), "checkout");
  const args = ["clone", "--quiet", "--depth", String(depth), `file://${repository.directory}`, made];
  const { status, stderr } = spawnSync("git", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  for (const line of ["checkout --quiet --detach", "branch --quiet -D main", "remote remove origin"])
    spawnSync("git", line.split(" "), { cwd: made });
  return { directory: made, head: repository.git("rev-parse", "HEAD") };
}

const reportedIn = (log: string): string[] =>
  [...log.matchAll(/^::\w+ file=([^,]+),/gm)].map(([, file]) => file!);

describe("changed-only", () => {
  const changed = (environment: Record<string, string> = {}) => ({
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_BASE_REF: "main",
    ...environment,
  });
  const pullRequest = (
    change: (topic: Repository) => void,
    base: Record<string, string> = {},
  ): Repository => {
    const repository = new Repository();
    repository.commit({ "old.yaml": OLD, ...base });
    repository.pullRequest(change);
    return repository;
  };
  const actOn = (repository: Repository, inputs = {}, environment = {}) =>
    act(
      tree,
      repository.directory,
      { "changed-only": "true", ...inputs },
      changed({ GITHUB_SHA: repository.git("rev-parse", "HEAD"), ...environment }),
    );

  it("checks everything and says why without a git repository", () => {
    const { status, log } = act(tree, directory({ "bad.yaml": BAD }), { "changed-only": "true" }, changed());
    expect(log).toContain("not only what changed: this directory is in no git repository");
    expect(log).toContain("file=bad.yaml");
    expect(status).toBe(1);
  });

  it("checks everything and says why in a clone of one commit", () => {
    const clone = cloned(
      pullRequest((topic) => topic.write({ "new.yaml": BAD })),
      1,
    );
    const { log } = act(
      tree,
      clone.directory,
      { "changed-only": "true" },
      changed({ GITHUB_SHA: clone.head }),
    );
    expect(log).toContain("the pull request's base was not fetched: give actions/checkout `fetch-depth: 2`");
    expect(new Set(reportedIn(log))).toEqual(new Set(["new.yaml", "old.yaml"]));
  });

  it("works with a clone of two commits, as policy-from does", () => {
    const repository = pullRequest(
      (topic) =>
        topic.write({ "new.yaml": BAD, "countersign.yaml": "rules: {fsx/export-paths-relative: off}\n" }),
      { "countersign.yaml": "failOn: error\n" },
    );
    const clone = cloned(repository, 2);
    const inputs = { "changed-only": "true", "policy-from": "HEAD^1" };
    const { log, status } = act(tree, clone.directory, inputs, changed({ GITHUB_SHA: clone.head }));
    expect(new Set(reportedIn(log))).toEqual(new Set(["new.yaml"]));
    expect(log).toContain("title=fsx/export-paths-relative");
    expect(status).toBe(1);
  });

  it("reports files that an earlier step wrote and git doesn't track", () => {
    const repository = pullRequest((topic) => topic.write({ "notes.md": "text\n" }));
    repository.write({ "generated/request.yaml": BAD });
    const { log, status } = actOn(repository);
    expect(new Set(reportedIn(log))).toEqual(new Set(["generated/request.yaml"]));
    expect(status).toBe(1);
  });

  it("reports an unchanged link whose target changed", () => {
    const repository = new Repository();
    repository.write({ "template.txt": GOOD });
    symlinkSync("template.txt", join(repository.directory, "request.yaml"));
    repository.commit();
    repository.pullRequest((topic) => topic.write({ "template.txt": BAD }));
    expect(reportedIn(actOn(repository).log)).toContain("request.yaml");
  });

  it("reports everything when the configuration was removed", () => {
    const repository = pullRequest((topic) => topic.remove("countersign.yaml"), {
      "countersign.yaml": "rules: {fsx/export-paths-relative: off}\n",
    });
    const { log } = actOn(repository);
    expect(log).toContain("everything is reported, not only what changed: `countersign.yaml` changed");
    expect(reportedIn(log)).toContain("old.yaml");
  });

  it.each([
    ["a file", "nowhere.yaml", 2],
    ["a directory of nothing", "empty", 3],
    ["a glob", "requets/*.yaml", 3],
  ])("fails when `paths` names %s that doesn't exist", (_, paths, expected) => {
    const repository = pullRequest((topic) => topic.write({ "notes.md": "text\n" }));
    mkdirSync(join(repository.directory, "empty"));
    const { status, log, outputs } = actOn(repository, { paths });
    expect(log).toMatch(/^::error file=/m);
    expect(outputs.outcome).toBe("fail");
    expect(status).toBe(expected);
  });

  it("checks everything when the base itself is checked out", () => {
    const repository = new Repository();
    const head = repository.commit({ "old.yaml": OLD });
    repository.git("update-ref", "refs/remotes/origin/main", head);
    const { log, status } = actOn(repository, {}, { GITHUB_EVENT_NAME: "pull_request_target" });
    expect(log).toContain("a `pull_request_target` event checks out the base, not the pull request");
    expect(status).toBe(1);
  });

  it("finds the base of a merge queue's commit", () => {
    const repository = pullRequest((topic) => topic.write({ "new.yaml": BAD }));
    const event = join(directory({}), "event.json");
    writeFileSync(
      event,
      JSON.stringify({ merge_group: { base_sha: repository.git("rev-parse", "HEAD^1") } }),
    );
    const queued = { GITHUB_EVENT_NAME: "merge_group", GITHUB_BASE_REF: "", GITHUB_EVENT_PATH: event };
    expect(new Set(reportedIn(actOn(repository, {}, queued).log))).toEqual(new Set(["new.yaml"]));
    const { log } = actOn(repository, {}, { ...queued, GITHUB_EVENT_PATH: "/nowhere" });
    expect(log).toContain("everything is checked");
  });
});

describe("policy-from", () => {
  const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
  const mounted = (path: string): string => `mountPoints: { fs-0123456789abcdef0: ${path} }\n`;

  const attempt = (base: Record<string, string>, change: Record<string, string>, inputs = {}, below = "") => {
    const repository = new Repository();
    repository.commit(base);
    repository.pullRequest((topic) => topic.write(change));
    return act(tree, join(repository.directory, below), { "policy-from": "HEAD^1", ...inputs });
  };

  it("exits 2 without a git repository and says so", () => {
    const { status, log } = act(tree, directory({ "good.yaml": GOOD }), { "policy-from": "HEAD^1" });
    expect(log).toContain("::error title=Countersign::error: this directory is in no git repository");
    expect(status).toBe(2);
  });

  it("says how to fetch a missing base", () => {
    const repository = new Repository();
    repository.commit({ "good.yaml": GOOD });
    const { status, log } = act(tree, repository.directory, { "policy-from": "HEAD^1" });
    expect(log).toContain("actions/checkout brings a pull request's base with `fetch-depth: 2`");
    expect(status).toBe(2);
  });

  it.each([
    ["by an input", (outside: string) => ({ config: "", inputs: { context: outside } })],
    ["by the configuration", (outside: string) => ({ config: `context: ["${outside}"]\n`, inputs: {} })],
  ])("reads context outside the repository from the file system, named %s", (_, named) => {
    const outside = directory({ "mounts.yaml": mounted("/mnt/fsx") });
    const { config, inputs } = named(outside);
    const { log, status } = attempt(
      { "countersign.yaml": `${config}strict: false\n` },
      { "new.yaml": request("mnt/fsx/a") },
      inputs,
    );
    expect(log).toContain("title=fsx/export-paths-relative");
    expect(status).toBe(1);
  });

  it("reads files that a configuration outside the repository names from the commit", () => {
    const repository = new Repository();
    repository.commit({ "context/mounts.yaml": mounted("/mnt/fsx") });
    repository.pullRequest((topic) =>
      topic.write({ "context/mounts.yaml": mounted("/elsewhere"), "new.yaml": request("mnt/fsx/a") }),
    );
    const outside = directory({ "own.yaml": `context: ["${repository.directory}/context"]\n` });
    const inputs = { "policy-from": "HEAD^1", config: join(outside, "own.yaml") };
    expect(act(tree, repository.directory, inputs).log).toContain("title=fsx/export-paths-relative");
  });

  it("works in a subdirectory with a configuration of its own", () => {
    const base = {
      "team/countersign.yaml": "context: [facts]\nrulePacks: [../policy]\n",
      "team/facts/mounts.yaml": mounted("/mnt/fsx"),
      "policy/none.yaml": "operation: fsx:CreateDataRepositoryTask\nrules: []\n",
      "countersign.yaml": "rules: {fsx/export-paths-relative: off}\n",
    };
    const { log, status } = attempt(
      base,
      { "team/new.yaml": request("mnt/fsx/a"), "team/facts/mounts.yaml": mounted("/elsewhere") },
      {},
      "team",
    );
    expect(log).toContain("file=new.yaml");
    expect(log).toContain("title=fsx/export-paths-relative");
    expect(status).toBe(1);
  });

  it("ignores a request's caller when the policy names one, and says so", () => {
    const base = { "countersign.yaml": "caller: arn:aws:iam::123456789012:role/Deploy\n" };
    const forged = "caller: arn:aws:iam::123456789012:role/Admin\n";
    const evict = `operation: storagegateway:EvictFilesFailingUpload\n${forged}request: {FileShareARN: "${SHARE}"}\n`;
    const { log } = attempt(base, { "new.yaml": evict });
    expect(log).toContain(
      "this `caller` does not count: the policy says that `arn:aws:iam::123456789012:role/Deploy` makes the calls",
    );
  });

  it("checks a request that looks like a rule file", () => {
    const { log, status } = attempt({ "old.yaml": GOOD }, { "new.yaml": `${BAD}rules: []\n` });
    expect(log).toMatch(/^::error file=new\.yaml.*title=fsx\/export-paths-relative/m);
    expect(status).toBe(1);
  });
});

describe("a large report", () => {
  it("annotates the most severe findings and counts the others", () => {
    const many = Array.from({ length: 30 }, () => BAD).join("---\n");
    const { log, outputs } = act(tree, new Repository().write({ "many.yaml": many }).directory);
    const commands = parseCommands(log).filter(({ name }) => name === "error");
    expect(commands).toHaveLength(10);
    expect(outputs.errors).toBe("30");
    expect(log).toMatch(/not annotated, because GitHub shows 10 of a kind: 20 more errors/);
  });

  it("has a summary within GitHub's limit, which says what is left out", () => {
    const paths = Array.from({ length: 90 }, (_, index) => `"/fsx/${"y".repeat(300)}${index}"`).join(", ");
    const files = Array.from({ length: 40 }, (_, index) => [`${index}.yaml`, request(paths)]);
    const { summary, outputs } = act(tree, new Repository().write(Object.fromEntries(files)).directory);
    expect(Number(outputs.errors)).toBe(3600);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576);
    expect(summary).toMatch(/^… and [\d,]+ errors?, .* more, for which there is no room here$/m);
  });
});

describe("the runner's files", () => {
  it.each([
    ["none is named", ""],
    ["it can't be written", "/nowhere/summary"],
  ])("don't decide the exit status: no job summary if %s", (_, file) => {
    const { directory: workspace } = new Repository().write({ "bad.yaml": BAD });
    const { status, outputs, log } = act(tree, workspace, {}, { GITHUB_STEP_SUMMARY: file });
    expect(outputs.outcome).toBe("fail");
    expect(log.includes("warning: the job summary can't be written: ENOENT")).toBe(file !== "");
    expect(status).toBe(1);
  });

  it("don't include standard input, so the path `-` exits 2", () => {
    const { status, log } = act(tree, new Repository().write({ "bad.yaml": BAD }).directory, { paths: "-" });
    expect(log).toContain("an action has no standard input to check");
    expect(status).toBe(2);
  });
});

describe("a file name with unusual characters", () => {
  const NAMES = [
    "prüfung.yaml",
    "検査 依頼.yaml",
    "запрос.yaml",
    "طلب.yaml",
    "a,b:c%25#1?x.yaml",
    'it\'s "q".yaml',
    "<b>|x|.yaml",
    "-rf.yaml",
    "👩‍🚀.yaml",
  ];

  it.each(NAMES)("is annotated and linked: %s", (name) => {
    const repository = new Repository();
    repository.commit({ "README.md": "text\n" });
    repository.pullRequest((topic) => topic.write({ [`dir/${name}`]: BAD }));
    const { log, summary } = act(
      tree,
      repository.directory,
      { "changed-only": "true" },
      { GITHUB_EVENT_NAME: "pull_request", GITHUB_SHA: repository.git("rev-parse", "HEAD") },
    );
    const files = parseCommands(log).map(({ properties }) => properties.file);
    expect(files.every((file) => file?.startsWith("dir/"))).toBe(true);
    const plain = /^[\p{L}\p{N}\p{Emoji_Presentation} ,:%#?'"<>|.-]+$/u.test(name);
    if (plain) expect(files).toContain(`dir/${name}`);
    const links = [...summary.matchAll(/\/blob\/[0-9a-f]+\/(\S+)#L\d+\)/g)].map(([, path]) => path!);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(decodeURIComponent(link)).toBe(`dir/${name}`);
  });
});
