import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Repository } from "../git/repository.ts";
import { releaseTree } from "./tree.ts";

const has = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;
/** npm versions that the machine has beside its own: a colon-separated list of directories to put before the path. */
const NPMS = ["", ...(process.env.COUNTERSIGN_NPM_PATHS ?? "").split(":").filter((path) => path !== "")];

const GOOD =
  "operation: fsx:CreateDataRepositoryTask\nrequest: {FileSystemId: fs-0123456789abcdef0, Type: EXPORT_TO_REPOSITORY, Paths: [a], Report: {Enabled: false}}\n";
const BAD = GOOD.replace("EXPORT_TO_REPOSITORY", "EXPORT");

describe.skipIf(!has("pre-commit"))("pre-commit (skipped where it isn't installed)", () => {
  let release = "";
  beforeAll(() => {
    release = releaseTree();
    for (const args of [
      ["init", "--quiet"],
      ["add", "--all"],
      ["commit", "--quiet", "--message", "release"],
      ["tag", "v0"],
    ]) {
      const { status, stderr } = spawnSync(
        "git",
        ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", ...args],
        { cwd: release, encoding: "utf8" },
      );
      if (status !== 0) throw new Error(stderr);
    }
  });

  describe.each(NPMS)("with npm of the path %j", (npm) => {
    /** A repository of a user's, with the hook installed from the release's tag. */
    function userRepository(hook: string): {
      repository: Repository;
      commit: (files: Record<string, string>) => Ran;
    } {
      const repository = new Repository();
      repository.commit({
        ".pre-commit-config.yaml": `repos:\n  - repo: file://${release}\n    rev: v0\n    hooks:\n      - id: ${hook}\n`,
      });
      const env = {
        ...process.env,
        ...(npm !== "" && { PATH: `${npm}:${process.env.PATH}` }),
        PRE_COMMIT_HOME: mkdtempSync(join(tmpdir(), "countersign-pre-commit-")),
        GIT_AUTHOR_NAME: "Somebody",
        GIT_AUTHOR_EMAIL: "somebody@example.com",
        GIT_COMMITTER_NAME: "Somebody",
        GIT_COMMITTER_EMAIL: "somebody@example.com",
      };
      const ran = (command: string, args: string[]): Ran => {
        const { status, stdout, stderr } = spawnSync(command, args, {
          cwd: repository.directory,
          encoding: "utf8",
          env,
        });
        return { status, output: `${stdout}${stderr}` };
      };
      const installed = ran("pre-commit", ["install"]);
      if (installed.status !== 0) throw new Error(installed.output);
      const commit = (files: Record<string, string>): Ran => {
        repository.write(files).git("add", "--all");
        return ran("git", ["commit", "--message", "change"]);
      };
      return { repository, commit };
    }

    it("a bad file blocks the commit with a readable message, and a good one passes", () => {
      const { repository, commit } = userRepository("countersign");
      const refused = commit({ "requests/bad.yaml": BAD, "other.yaml": "just: data\n" });
      expect(refused.output).toContain("--> requests/bad.yaml:2:");
      expect(refused.output).toContain("error[schema/enum]");
      expect(refused.output).not.toContain("other.yaml");
      expect(refused.status).toBe(1);
      expect(repository.git("log", "--oneline").split("\n")).toHaveLength(1);
      const accepted = commit({ "requests/bad.yaml": GOOD });
      expect(accepted.status, accepted.output).toBe(0);
      expect(repository.git("log", "--oneline").split("\n")).toHaveLength(2);
    });

    it("files without requests pass", () => {
      const { commit } = userRepository("countersign");
      const { status, output } = commit({ "a.yaml": "just: data\n", "package.json": "{}\n" });
      expect(status, output).toBe(0);
    });

    it("by config: everything that it names is checked, whatever the commit changes", () => {
      const { commit } = userRepository("countersign-config");
      const config = "requests:\n  - {files: 'payloads/*.json', operation: fsx:CreateDataRepositoryTask}\n";
      const { status, output } = commit({
        "countersign.yaml": config,
        "payloads/export.json":
          '{"FileSystemId": "fs-0123456789abcdef0", "Type": "EXPORT", "Report": {"Enabled": false}}\n',
      });
      expect(output).toContain("--> payloads/export.json:1:");
      expect(status).toBe(1);
    });
  });
});

interface Ran {
  status: number | null;
  output: string;
}
