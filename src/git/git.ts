/** A git command failed, or git is not installed. */
export class GitError extends Error {
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}

/** Bytes. More than any list of files, or any file that Countersign reads. */
const MAX_OUTPUT_BYTES = 256 << 20;

/**
 * Keeps git from executing anything that the repository controls: hooks, file monitors, or settings of a bare
 * repository among its files. Pagers, external diffs and submodules are excluded by the commands' own options,
 * filters by `runWithoutFilters`, transports by environment variables.
 */
const SAFE_SETTINGS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.quotePath=false",
  "safe.bareRepository=explicit",
].flatMap((setting) => ["-c", setting]);

/**
 * The only environment variables that git inherits: where to find git and its settings. GIT_DIR and
 * GIT_INDEX_FILE are excluded, since git sets them for hooks and they would redirect git to another
 * repository.
 */
const INHERITED_VARIABLES = [
  "PATH",
  "HOME",
  "XDG_CONFIG_HOME",
  "SystemRoot",
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_SYSTEM",
];

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs git in one directory. Uses only commands that read. */
export class Git {
  readonly #directory: string;
  readonly #environment: Environment;

  constructor(directory: string, environment: Environment) {
    this.#directory = directory;
    const kept = INHERITED_VARIABLES.flatMap((name) =>
      environment[name] === undefined ? [] : [[name, environment[name]]],
    );
    this.#environment = {
      ...Object.fromEntries(kept),
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
      GIT_NO_REPLACE_OBJECTS: "1",
      // A partial clone would fetch missing objects, with programs that its configuration names.
      GIT_NO_LAZY_FETCH: "1",
      GIT_ALLOW_PROTOCOL: "none",
      LC_ALL: "C",
    };
  }

  /** Runs a git command and returns its output. Throws a `GitError` if it fails. */
  async run(...args: readonly string[]): Promise<string> {
    return (await this.readBytes(...args)).toString("utf8");
  }

  /**
   * Runs a command that reads files of the working tree, without the filters that the configuration names: the
   * repository's own configuration may name any program.
   */
  async runWithoutFilters(...args: readonly string[]): Promise<string> {
    const names = await this.#listFilters();
    const settings = names.flatMap((name) => [
      [`${name}.clean`, ""],
      [`${name}.process`, ""],
      [`${name}.required`, "false"],
    ]);
    const variables = settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]);
    const added = Object.fromEntries([["GIT_CONFIG_COUNT", String(settings.length)], ...variables]);
    return (await this.#execute(args, added)).toString("utf8");
  }

  /** The names of all configured filters, as `filter.NAME`. */
  async #listFilters(): Promise<string[]> {
    try {
      const printed = await this.run("config", "-z", "--name-only", "--get-regexp", "^filter\\..*\\.");
      const keys = printed.split("\0").filter((key) => key !== "");
      return [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf("."))))];
    } catch (error) {
      // Git exits with a nonzero status if there are none.
      if (error instanceof RefusedError) return [];
      throw error;
    }
  }

  readBytes(...args: readonly string[]): Promise<Buffer> {
    return this.#execute(args, {});
  }

  async #execute(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<Buffer> {
    const options = {
      cwd: this.#directory,
      encoding: "buffer",
      maxBuffer: MAX_OUTPUT_BYTES,
      env: { ...this.#environment, ...variables } as Record<string, string>,
    } as const;
    // Most runs need no git.
    const { execFile } = await import("node:child_process");
    return new Promise((resolve, reject) => {
      execFile("git", [...SAFE_SETTINGS, ...args], options, (error, stdout, stderr) => {
        if (error) reject(toGitError(error, stderr.toString("utf8"), args));
        else resolve(stdout);
      });
    });
  }

  /** The root directory of the repository. */
  async findRoot(): Promise<string> {
    return (await this.run("rev-parse", "--show-toplevel")).replace(/\r?\n$/, "");
  }

  /** Whether git ignores a path; also false where there is no repository, or no git. */
  isIgnored(path: string): Promise<boolean> {
    return this.run("check-ignore", "--", path).then(
      (output) => output !== "",
      // Git exits with a nonzero status where a path isn't ignored.
      () => false,
    );
  }

  /** Resolves a reference to a commit id; undefined if there is none. */
  async resolveCommit(reference: string): Promise<string | undefined> {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${reference}^{commit}`];
    try {
      return (await this.run(...args)).trim();
    } catch (error) {
      if (error instanceof RefusedError) return undefined;
      throw error;
    }
  }
}

/** Git ran, and found no repository. */
export class NoRepositoryError extends GitError {}

/** Git ran and exited with a nonzero status. */
class RefusedError extends GitError {}

function toGitError(error: Error & { code?: unknown }, stderr: string, args: readonly string[]): GitError {
  if (error.code === "ENOENT") return new GitError("git is not installed, or not in the path", "install git");
  const firstLine =
    stderr
      .trim()
      .split("\n")[0]
      ?.replace(/^(fatal|error): /, "") ?? "";
  if (/dubious ownership/.test(firstLine)) {
    return new GitError(
      "git refuses to read this repository, because another user owns it",
      "run `git config --global --add safe.directory DIRECTORY` with the repository's directory",
    );
  }
  if (/not a git repository/.test(firstLine)) {
    return new NoRepositoryError("this directory is in no git repository", "run it inside a checkout of one");
  }
  const message = `\`git ${args[0]}\` failed${firstLine === "" ? "" : `: ${firstLine}`}`;
  const help = "see whether git can read this repository";
  return typeof error.code === "number" ? new RefusedError(message, help) : new GitError(message, help);
}
