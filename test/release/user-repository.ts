import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Repository } from "../git/repository.ts";
import { releaseTree } from "./tree.ts";

export const has = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;

const SOMEBODY = {
  GIT_AUTHOR_NAME: "Somebody",
  GIT_AUTHOR_EMAIL: "somebody@example.com",
  GIT_COMMITTER_NAME: "Somebody",
  GIT_COMMITTER_EMAIL: "somebody@example.com",
};

export const TAG = "v0.0.0";

/** Makes a tagged repository of the release tree, for pre-commit to clone, and returns its path. */
export function releaseRepository(): string {
  const release = releaseTree();
  for (const args of [
    ["init", "--quiet"],
    ["add", "--all"],
    ["commit", "--quiet", "--message", "release"],
    ["tag", TAG],
  ]) {
    const { status, stderr } = spawnSync("git", args, {
      cwd: release,
      encoding: "utf8",
      env: { ...process.env, ...SOMEBODY },
    });
    if (status !== 0) throw new Error(stderr);
  }
  return release;
}

export interface Ran {
  status: number | null;
  output: string;
}

/** A user's repository, with hooks from a release. */
export class UserRepository {
  readonly repository = new Repository();
  readonly #environment: NodeJS.ProcessEnv;

  /** `home` is where pre-commit installs hooks; `npm` is a directory to put before PATH. */
  constructor(config: string, { home = newHome(), npm = "" }: { home?: string; npm?: string } = {}) {
    this.repository.commit({ ".pre-commit-config.yaml": config });
    const path = npm === "" ? {} : { PATH: `${npm}:${process.env.PATH}` };
    this.#environment = { ...process.env, ...path, ...SOMEBODY, PRE_COMMIT_HOME: home };
  }

  run(command: string, ...args: string[]): Ran {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.repository.directory,
      encoding: "utf8",
      env: this.#environment,
    });
    return { status, output: `${stdout}${stderr}` };
  }

  install(): this {
    const { status, output } = this.run("pre-commit", "install");
    if (status !== 0) throw new Error(output);
    return this;
  }

  /** Writes files and commits them, which the hooks may reject. */
  commit(files: Record<string, string>): Ran {
    this.repository.write(files).git("add", "--all");
    return this.run("git", "commit", "--message", "change");
  }
}

export const newHome = (): string => mkdtempSync(join(tmpdir(), "countersign-pre-commit-"));
