import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const WHO = [
  "-c",
  "user.name=Somebody",
  "-c",
  "user.email=somebody@example.com",
  "-c",
  "init.defaultBranch=main",
];

/** A git repository in a temporary directory. */
export class Repository {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "countersign-git-")));

  constructor() {
    this.git("init", "--quiet");
  }

  git(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("git", [...WHO, ...args], {
      cwd: this.directory,
      encoding: "utf8",
      env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  write(files: Record<string, string>): this {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.directory, name)), { recursive: true });
      writeFileSync(join(this.directory, name), content);
    }
    return this;
  }

  writeBytes(name: string, bytes: Uint8Array): this {
    writeFileSync(join(this.directory, name), bytes);
    return this;
  }

  remove(...names: string[]): this {
    for (const name of names) rmSync(join(this.directory, name), { recursive: true });
    return this;
  }

  /** Writes the files, commits everything and returns the commit's hash. */
  commit(files: Record<string, string> = {}): string {
    this.write(files).git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "a change");
    return this.git("rev-parse", "HEAD");
  }

  /** Merges a branch `topic` with these changes into main, as a pull request's workflow checks it out. */
  pullRequest(change: (repository: Repository) => void): void {
    this.git("checkout", "--quiet", "-b", "topic");
    change(this);
    this.commit();
    this.git("checkout", "--quiet", "main");
    this.commit({ "README.md": "main went on\n" });
    this.git("merge", "--quiet", "--no-ff", "--message", "merge", "topic");
  }
}
