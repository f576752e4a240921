import { execFile } from "node:child_process";

/** Git said no, or isn't there. */
export class GitError extends Error {
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}

/** More than any list of files, or any file that Countersign reads. */
const MAX_OUTPUT = 256 << 20;

/**
 * What the repository brings along is never run: no hooks, no file monitor, no pager, no external diff, and no settings of
 * a bare repository that lies among its files.
 */
const SAFE = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.quotePath=false",
  "safe.bareRepository=explicit",
].flatMap((setting) => ["-c", setting]);

/**
 * Of the environment, git gets where it and its settings are. Not GIT_DIR or GIT_INDEX_FILE, which a hook of git's own
 * sets and which would turn it to another repository.
 */
const KEPT = ["PATH", "HOME", "XDG_CONFIG_HOME", "SystemRoot", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"];

type Environment = Readonly<Record<string, string | undefined>>;

/** The git of one directory: it only ever reads. */
export class Git {
  readonly #directory: string;
  readonly #environment: Environment;

  constructor(directory: string, environment: Environment) {
    this.#directory = directory;
    const kept = KEPT.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]]));
    this.#environment = {
      ...Object.fromEntries(kept),
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
      GIT_NO_REPLACE_OBJECTS: "1",
      LC_ALL: "C",
    };
  }

  /** What a git command prints. */
  async run(...args: readonly string[]): Promise<string> {
    return (await this.bytes(...args)).toString("utf8");
  }

  bytes(...args: readonly string[]): Promise<Buffer> {
    const options = {
      cwd: this.#directory,
      encoding: "buffer",
      maxBuffer: MAX_OUTPUT,
      env: this.#environment as Record<string, string>,
    } as const;
    return new Promise((resolve, reject) => {
      execFile("git", [...SAFE, ...args], options, (error, stdout, stderr) => {
        if (error) reject(errorOf(error, stderr.toString("utf8"), args));
        else resolve(stdout);
      });
    });
  }

  /** The root of the repository. */
  async root(): Promise<string> {
    return (await this.run("rev-parse", "--show-toplevel")).replace(/\r?\n$/, "");
  }

  /** The commit that a reference names; undefined where there is none. */
  async commit(reference: string): Promise<string | undefined> {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${reference}^{commit}`];
    try {
      return (await this.run(...args)).trim();
    } catch (error) {
      if (error instanceof RefusedError) return undefined;
      throw error;
    }
  }
}

/** Git ran, and ended with a status that says no. */
class RefusedError extends GitError {}

function errorOf(error: Error & { code?: unknown }, stderr: string, args: readonly string[]): GitError {
  if (error.code === "ENOENT") return new GitError("git is not installed, or not in the path", "install git");
  const said =
    stderr
      .trim()
      .split("\n")[0]
      ?.replace(/^(fatal|error): /, "") ?? "";
  if (/dubious ownership/.test(said)) {
    return new GitError(
      "git refuses to read this repository, because another user owns it",
      "run `git config --global --add safe.directory DIRECTORY` with the repository's directory",
    );
  }
  if (/not a git repository/.test(said)) {
    return new GitError("this directory is in no git repository", "run it inside a checkout of one");
  }
  const message = `\`git ${args[0]}\` failed${said === "" ? "" : `: ${said}`}`;
  const help = "see whether git can read this repository";
  return typeof error.code === "number" ? new RefusedError(message, help) : new GitError(message, help);
}
