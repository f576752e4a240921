import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../cli/run.ts";
import { Repository } from "../git/repository.ts";

const ENVIRONMENT = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "Somebody",
  GIT_AUTHOR_EMAIL: "somebody@example.com",
  GIT_COMMITTER_NAME: "Somebody",
  GIT_COMMITTER_EMAIL: "somebody@example.com",
};

function tagged(
  repository: Repository,
  tree: string,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(ROOT, "scripts/release-tag.mjs"), tree], {
    cwd: repository.directory,
    encoding: "utf8",
    env: ENVIRONMENT,
  });
}

function treeOf(version: string): string {
  const tree = mkdtempSync(join(tmpdir(), "countersign-tree-"));
  writeFileSync(join(tree, "package.json"), JSON.stringify({ version }));
  writeFileSync(join(tree, "cli.js"), "#!/usr/bin/env node\n", { mode: 0o755 });
  writeFileSync(join(tree, ".pre-commit-hooks.yaml"), "[]\n");
  return tree;
}

describe("scripts/release-tag.mjs", () => {
  const repository = new Repository();
  const source = repository.commit({ ".gitignore": "cli.js\n", "source.ts": "" });
  repository.git("update-ref", "refs/remotes/origin/main", source);

  it("commits the tree alone, with the source commit in the message", () => {
    const { status, stdout, stderr } = tagged(repository, treeOf("1.2.3"));
    expect([status, stdout, stderr]).toEqual([0, "v1.2.3\nv1\n", ""]);
    expect(repository.git("ls-tree", "-r", "--format=%(objectmode) %(path)", "v1.2.3")).toBe(
      "100644 .pre-commit-hooks.yaml\n100755 cli.js\n100644 package.json",
    );
    expect(repository.git("log", "--format=%B", "v1.2.3")).toBe(`Countersign 1.2.3\n\nMade from ${source}`);
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(repository.git("rev-parse", "HEAD")).toBe(source);
  });

  it("moves the tag of the major version and no other", () => {
    const before = repository.git("rev-parse", "v1.2.3");
    expect(tagged(repository, treeOf("1.3.0")).status).toBe(0);
    expect(repository.git("rev-parse", "v1.2.3")).toBe(before);
    expect(repository.git("rev-parse", "v1")).toBe(repository.git("rev-parse", "v1.3.0"));
    expect(tagged(repository, treeOf("2.0.0")).stdout).toBe("v2.0.0\nv2\n");
    expect(repository.git("rev-parse", "v1")).toBe(repository.git("rev-parse", "v1.3.0"));
  });

  it("doesn't move the major version back, to a prerelease, or off main", () => {
    const before = repository.git("rev-parse", "v1");
    expect(tagged(repository, treeOf("1.2.4")).stdout).toBe("v1.2.4\n");
    expect(tagged(repository, treeOf("1.4.0-rc.1")).stdout).toBe("v1.4.0-rc.1\n");
    repository.commit({ "source.ts": "off main" });
    expect(tagged(repository, treeOf("1.4.0")).stdout).toBe("v1.4.0\n");
    repository.git("reset", "--hard", source);
    expect(repository.git("rev-parse", "v1")).toBe(before);
  });

  it("moves the major version from a commit of main that is no longer its head", () => {
    repository.git("update-ref", "refs/remotes/origin/main", repository.commit({ "source.ts": "later" }));
    repository.git("reset", "--hard", source);
    expect(tagged(repository, treeOf("1.10.0")).stdout).toBe("v1.10.0\nv1\n");
  });

  it("makes the same commit from the same tree", () => {
    const commit = repository.git("rev-parse", "v2.0.0");
    repository.git("tag", "--delete", "v2.0.0");
    tagged(repository, treeOf("2.0.0"));
    expect(repository.git("rev-parse", "v2.0.0")).toBe(commit);
  });

  it("exits 2 when the version is tagged already", () => {
    const { status, stderr } = tagged(repository, treeOf("1.2.3"));
    expect([status, stderr]).toEqual([2, "there is a tag v1.2.3 already: give package.json a new version\n"]);
  });
});
