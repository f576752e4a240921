import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expandPath } from "../../src/files/walk.ts";
import { listChangedFiles } from "../../src/git/changed.ts";
import { CommitTree } from "../../src/git/commit-tree.ts";
import { Git } from "../../src/git/git.ts";
import { listTrackedFiles } from "../../src/git/tracked.ts";
import { Repository } from "./repository.ts";

const gitOf = (directory: string): Git => new Git(directory, process.env);

describe("changed files", () => {
  const repository = new Repository();
  repository.commit({ "a.yaml": "1", "b.yaml": "1", "gone.yaml": "1", "sub/c.yaml": "1" });
  repository.pullRequest((topic) => {
    topic.write({ "a.yaml": "2", "sub/new\nline ü.yaml": "1", "sub/-dash.yaml": "1" }).remove("gone.yaml");
  });

  it("are those of the pull request and not those that main changed meanwhile", async () => {
    expect(await listChangedFiles(gitOf(repository.directory), "HEAD^1", repository.directory)).toEqual({
      base: "HEAD^1",
      files: ["a.yaml", "sub/-dash.yaml", "sub/new\nline ü.yaml"],
      removed: ["gone.yaml"],
      tracked: ["README.md", "a.yaml", "b.yaml", "sub/-dash.yaml", "sub/c.yaml", "sub/new\nline ü.yaml"],
    });
  });

  it.each(["", "[diff]\n  relative = true\n"])(
    "are relative to the working directory with the git configuration %j",
    async (settings) => {
      const from = join(repository.directory, "sub");
      const file = join(mkdtempSync(join(tmpdir(), "countersign-settings-")), "gitconfig");
      writeFileSync(file, settings);
      const git = new Git(from, { ...process.env, GIT_CONFIG_GLOBAL: file });
      expect(await listChangedFiles(git, "HEAD^1", from)).toMatchObject({
        files: ["../a.yaml", "-dash.yaml", "new\nline ü.yaml"],
        removed: ["../gone.yaml"],
        tracked: ["../README.md", "../a.yaml", "../b.yaml", "-dash.yaml", "c.yaml", "new\nline ü.yaml"],
      });
    },
  );

  it("are counted from the merge base with the named base", async () => {
    const main = repository.git("rev-parse", "HEAD^1");
    const changed = await listChangedFiles(gitOf(repository.directory), main, repository.directory);
    expect(changed).toMatchObject({
      base: main,
      files: ["a.yaml", "sub/-dash.yaml", "sub/new\nline ü.yaml"],
    });
  });

  it.each([
    ["an unknown base", "nowhere", "there is no commit `nowhere` here; it may not have been fetched"],
    [
      "a base that looks like an option",
      "--output=x",
      "there is no commit `--output=x` here; it may not have been fetched",
    ],
  ])("are unknown for %s", async (_, base, why) => {
    expect(await listChangedFiles(gitOf(repository.directory), base, repository.directory)).toEqual({ why });
  });

  it("are unknown without a repository", async () => {
    const nowhere = mkdtempSync(join(tmpdir(), "countersign-none-"));
    await expect(listChangedFiles(gitOf(nowhere), "HEAD^1", nowhere)).rejects.toThrow(
      "this directory is in no git repository",
    );
  });
});

describe("a bare repository among the checked files", () => {
  it("is ignored, with its settings", async () => {
    const repository = new Repository();
    repository.git("init", "--quiet", "--bare", "inner");
    const inner = gitOf(join(repository.directory, "inner"));
    await expect(inner.run("rev-parse", "--git-dir")).rejects.toThrow("bare");
  });
});

describe("git's environment", () => {
  it("leaves out GIT_DIR, with which a hook would redirect git to another repository", async () => {
    const [one, other] = [new Repository(), new Repository()];
    one.commit({ a: "1" });
    const commit = other.commit({ b: "1" });
    const git = new Git(one.directory, { ...process.env, GIT_DIR: join(other.directory, ".git") });
    expect(await git.resolveCommit(commit)).toBeUndefined();
  });
});

describe("files of a commit", () => {
  const repository = new Repository();
  const commit = repository.commit({
    "countersign.yaml": "strict: true\n",
    "rules/own/a.yaml": "a\n",
    "rules/b.yaml": "b\n",
    "we*ird/[x].yaml": "x\n",
  });
  const into = () => mkdtempSync(join(tmpdir(), "countersign-tree-"));
  const treeIn = (directory: string, name = commit): CommitTree =>
    new CommitTree(gitOf(repository.directory), { commit: name, name: "main" }, directory);

  it("are read from the commit, whatever the checkout holds", async () => {
    repository.write({ "rules/b.yaml": "changed\n", "rules/new.yaml": "new\n" });
    const directory = into();
    expect(await treeIn(directory).extract("rules")).toBe(join(directory, "rules"));
    expect(readdirSync(join(directory, "rules"), { recursive: true }).sort()).toEqual([
      "b.yaml",
      "own",
      "own/a.yaml",
    ]);
    expect(readFileSync(join(directory, "rules/b.yaml"), "utf8")).toBe("b\n");
    expect(readdirSync(directory)).toEqual(["rules"]);
  });

  it("are found by their exact name only", async () => {
    const tree = treeIn(into());
    expect(await tree.hasFile("countersign.yaml")).toBe(true);
    expect(await tree.hasFile("rules")).toBe(false);
    expect(await tree.hasFile("countersign.yml")).toBe(false);
    const directory = into();
    await treeIn(directory).extract("we*ird/[x].yaml");
    expect(readFileSync(join(directory, "we*ird/[x].yaml"), "utf8")).toBe("x\n");
  });

  it("are an error if they don't exist", async () => {
    await expect(treeIn(into()).extract("rules/new.yaml")).rejects.toThrow(
      "`rules/new.yaml` is not in `main`",
    );
  });

  it("are never read through a symbolic link in the commit", async () => {
    const linked = new Repository();
    mkdirSync(join(linked.directory, "real"));
    symlinkSync("/etc", join(linked.directory, "rules"));
    const name = linked.commit({ "real/a.yaml": "a\n" });
    const tree = new CommitTree(gitOf(linked.directory), { commit: name, name: "main" }, into());
    await expect(tree.extract("rules")).rejects.toThrow(
      "`rules` is a symbolic link in `main`, which a policy can't be read through",
    );
    await expect(tree.extract("rules/hostname")).rejects.toThrow("is not in `main`");
  });
});

describe("git", () => {
  it("runs no filter, and no transport, that a repository's configuration names", async () => {
    const repository = new Repository();
    const mark = join(repository.directory, "..", `ran-${Date.now()}`);
    repository.commit({ "a.yaml": "a: 1\n", ".gitattributes": "*.yaml filter=x\n" });
    repository.git("config", "filter.x.clean", `touch ${mark}; cat`);
    repository.git("config", "filter.x.process", `touch ${mark}`);
    repository.git("config", "filter.x.required", "true");
    repository.write({ "a.yaml": "a: 2\n" });
    const git = new Git(repository.directory, { PATH: process.env.PATH });
    const changes = await listChangedFiles(git, "HEAD", repository.directory);
    expect(changes).toMatchObject({ files: ["a.yaml"] });
    expect(existsSync(mark)).toBe(false);
  });

  it("runs no program that a repository's configuration names for fetching from another one", async () => {
    const repository = new Repository();
    const mark = join(repository.directory, "..", `fetched-${Date.now()}`);
    repository.commit({ "a.yaml": "a: 1\n" });
    repository.write({ "a.yaml": "a: 2\n" });
    repository.git("config", "core.repositoryFormatVersion", "1");
    repository.git("config", "extensions.partialClone", "origin");
    repository.git("config", "remote.origin.url", repository.directory);
    repository.git("config", "remote.origin.promisor", "true");
    repository.git("config", "remote.origin.uploadpack", `touch ${mark};`);
    const git = new Git(repository.directory, { PATH: process.env.PATH });
    await git.run("cat-file", "-t", "1".repeat(40)).catch(() => undefined);
    await listChangedFiles(git, "HEAD", repository.directory);
    await listTrackedFiles(git);
    expect(existsSync(mark)).toBe(false);
    // Without our settings, git runs it.
    expect(() => repository.git("cat-file", "-t", "1".repeat(40))).toThrow();
    expect(existsSync(mark)).toBe(true);
  });

  it("ignores nothing where it can't be asked", async () => {
    const repository = new Repository();
    repository.commit({ "a.yaml": "a: 1\n", ".gitignore": "*.yaml\n" });
    const noGit = new Git(repository.directory, { PATH: "/nonexistent" });
    expect(await listTrackedFiles(noGit)).toBeUndefined();
    const found = await expandPath(repository.directory, { tracked: () => listTrackedFiles(noGit) });
    expect(found.map(({ file }) => file)).toEqual([join(repository.directory, "a.yaml")]);
  });
});
