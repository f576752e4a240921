import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import type { Config } from "../config/config.ts";
import { CONFIG_FILE_NAMES } from "../config/find.ts";
import { readConfig } from "../config/read.ts";
import { quoted } from "../diagnostics/text.ts";
import { CommitTree } from "../git/commit-tree.ts";
import { Git, GitError } from "../git/git.ts";
import { resolveLinks } from "../git/symlinks.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";
import type { CheckFlags } from "./types.ts";

/**
 * Everything that decides the outcome of a run, read from one commit: the configuration with its waivers, and
 * the rules, schemas, context and baseline that it or the command line names. This keeps a pull request from
 * disabling the check that it fails. Files outside of the repository are read as they are, since a pull
 * request can't change them.
 */
export class TrustedBase {
  readonly #tree: CommitTree;
  readonly #root: string;
  readonly #directory: string;

  private constructor(tree: CommitTree, root: string, directory: string) {
    this.#tree = tree;
    this.#root = root;
    this.#directory = directory;
  }

  static async open(reference: string, environment: Io["environment"]): Promise<TrustedBase> {
    const git = new Git(".", environment);
    return runGit(async () => {
      const commit = await git.resolveCommit(reference);
      if (commit === undefined) {
        throw new UsageError(
          `there is no commit \`${reference}\` here to take the policy from`,
          "fetch it first: actions/checkout brings a pull request's base with `fetch-depth: 2`",
        );
      }
      const root = await git.findRoot();
      const directory = mkdtempSync(join(tmpdir(), "countersign-policy-"));
      return new TrustedBase(new CommitTree(git, { commit, name: reference }, directory), root, directory);
    });
  }

  /** The commit as the user named it. */
  get name(): string {
    return this.#tree.name;
  }

  /** The command line's options with their paths replaced by copies from the commit. */
  async resolveFlags(flags: CheckFlags): Promise<CheckFlags> {
    const taken = async (paths: readonly string[]) =>
      Promise.all(paths.map((path) => this.resolvePath(path)));
    const { context, rules, schemas } = flags;
    return {
      ...flags,
      context: await taken(context),
      rules: await taken(rules),
      schemas: await taken(schemas),
    };
  }

  /** The named configuration, or the nearest in the commit from the working directory upwards. */
  async loadConfig(named: string | false | undefined, now?: Date): Promise<Config | undefined> {
    if (named === false) return undefined;
    const file = named === undefined ? await this.#findNearestConfig() : this.#toRepositoryPath(named);
    if (file === undefined)
      return named === undefined
        ? undefined
        : this.#resolveConfig(await readConfig(this.#requireOutside(named), now));
    const config = await readConfig(await runGit(() => this.#tree.extract(file)), now);
    const home = posix.dirname(file);
    return this.#resolveConfig({ ...config, directory: relative(".", join(this.#root, home)) || "." });
  }

  /** Replaces the paths in a configuration by copies from the commit. */
  async #resolveConfig(config: Config): Promise<Config> {
    const brought = async (paths: readonly string[]): Promise<string[]> =>
      Promise.all(paths.map((path) => this.resolvePath(resolve(config.directory, path))));
    return {
      ...config,
      context: await brought(config.context),
      schemas: await brought(config.schemas),
      rulePacks: await brought(config.rulePacks),
    };
  }

  /** Writes a path's content at the commit to a temporary directory and returns the copy's path. */
  async resolvePath(path: string): Promise<string> {
    const inside = this.#toRepositoryPath(path);
    return inside === undefined ? this.#requireOutside(path) : runGit(() => this.#tree.extract(inside));
  }

  /**
   * A path outside of the repository. It must not be a link back into it, where a pull request controls the
   * content.
   */
  #requireOutside(path: string): string {
    if (this.#toRepositoryPath(resolveLinks(path).at(-1)!) === undefined) return path;
    throw new UsageError(
      `${quoted(path)} leads into the repository by a link, past \`${this.name}\``,
      "name the file or directory there itself",
    );
  }

  /** Replaces temporary paths in a text by names in git's notation, such as `main:rules/own.yaml`. */
  restoreNames(text: string): string {
    return text.replaceAll(this.prefix, `${this.#tree.name}:`);
  }

  /** What all temporary paths begin with. */
  get prefix(): string {
    return `${this.#directory}${sep}`;
  }

  /** Removes the temporary directory. */
  close(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Returns the path relative to the repository's root, or undefined if it is outside. */
  #toRepositoryPath(path: string): string | undefined {
    const inside = relative(this.#root, resolve(path));
    if (isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`)) return undefined;
    return inside.split(sep).join("/");
  }

  async #findNearestConfig(): Promise<string | undefined> {
    for (let directory = this.#toRepositoryPath(".") ?? ""; ; directory = posix.dirname(directory)) {
      const at = directory === "." ? "" : directory;
      for (const name of CONFIG_FILE_NAMES) {
        const file = posix.join(at, name);
        if (await runGit(() => this.#tree.hasFile(file))) return file;
      }
      if (at === "") return undefined;
    }
  }
}

async function runGit<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GitError ? new UsageError(error.message, error.help) : error;
  }
}
