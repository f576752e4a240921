import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import type { Config } from "../config/config.ts";
import { NAMES } from "../config/find.ts";
import { readConfig } from "../config/read.ts";
import { quoted } from "../diagnostics/text.ts";
import { Git, GitError } from "../git/git.ts";
import { trailOf } from "../git/links.ts";
import { Tree } from "../git/tree.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";
import type { CheckFlags } from "./types.ts";

/**
 * Everything that decides the outcome of a run, read from one commit: the configuration with its waivers, and
 * the rules, schemas, context and baseline that it or the command line names. This keeps a pull request from
 * disabling the check that it fails. Files outside of the repository are read as they are, since a pull
 * request can't change them.
 */
export class CommitPolicy {
  readonly #tree: Tree;
  readonly #root: string;
  readonly #directory: string;

  private constructor(tree: Tree, root: string, directory: string) {
    this.#tree = tree;
    this.#root = root;
    this.#directory = directory;
  }

  static async of(reference: string, environment: Io["environment"]): Promise<CommitPolicy> {
    const git = new Git(".", environment);
    return guarded(async () => {
      const commit = await git.commit(reference);
      if (commit === undefined) {
        throw new UsageError(
          `there is no commit \`${reference}\` here to take the policy from`,
          "fetch it first: actions/checkout brings a pull request's base with `fetch-depth: 2`",
        );
      }
      const root = await git.root();
      const directory = mkdtempSync(join(tmpdir(), "countersign-policy-"));
      return new CommitPolicy(new Tree(git, { commit, name: reference }, directory), root, directory);
    });
  }

  /** The commit as the user named it. */
  get name(): string {
    return this.#tree.name;
  }

  /** The command line's options with their paths replaced by copies from the commit. */
  async flags(flags: CheckFlags): Promise<CheckFlags> {
    const taken = async (paths: readonly string[]) => Promise.all(paths.map((path) => this.path(path)));
    const { context, rules, schemas } = flags;
    return {
      ...flags,
      context: await taken(context),
      rules: await taken(rules),
      schemas: await taken(schemas),
    };
  }

  /** The named configuration, or the nearest in the commit from the working directory upwards. */
  async config(named: string | false | undefined): Promise<Config | undefined> {
    if (named === false) return undefined;
    const file = named === undefined ? await this.#nearestConfig() : this.#within(named);
    if (file === undefined)
      return named === undefined ? undefined : this.#brought(await readConfig(this.#outside(named)));
    const config = await readConfig(await guarded(() => this.#tree.take(file)));
    const home = posix.dirname(file);
    return this.#brought({ ...config, directory: relative(".", join(this.#root, home)) || "." });
  }

  /** Replaces the paths in a configuration by copies from the commit. */
  async #brought(config: Config): Promise<Config> {
    const brought = async (paths: readonly string[]): Promise<string[]> =>
      Promise.all(paths.map((path) => this.path(resolve(config.directory, path))));
    return {
      ...config,
      context: await brought(config.context),
      schemas: await brought(config.schemas),
      rulePacks: await brought(config.rulePacks),
    };
  }

  /** Writes a path's content at the commit to a temporary directory and returns the copy's path. */
  async path(path: string): Promise<string> {
    const inside = this.#within(path);
    return inside === undefined ? this.#outside(path) : guarded(() => this.#tree.take(inside));
  }

  /**
   * A path outside of the repository. It must not be a link back into it, where a pull request controls the
   * content.
   */
  #outside(path: string): string {
    if (this.#within(trailOf(path).at(-1)!) === undefined) return path;
    throw new UsageError(
      `${quoted(path)} leads into the repository by a link, past \`${this.name}\``,
      "name the file or directory there itself",
    );
  }

  /** Replaces temporary paths in a text by names in git's notation, such as `main:rules/own.yaml`. */
  shown(text: string): string {
    return text.replaceAll(`${this.#directory}${sep}`, `${this.#tree.name}:`);
  }

  /** Removes the temporary directory. */
  close(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Returns the path relative to the repository's root, or undefined if it is outside. */
  #within(path: string): string | undefined {
    const inside = relative(this.#root, resolve(path));
    if (isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`)) return undefined;
    return inside.split(sep).join("/");
  }

  async #nearestConfig(): Promise<string | undefined> {
    for (let directory = this.#within(".") ?? ""; ; directory = posix.dirname(directory)) {
      const at = directory === "." ? "" : directory;
      for (const name of NAMES) {
        const file = posix.join(at, name);
        if (await guarded(() => this.#tree.hasFile(file))) return file;
      }
      if (at === "") return undefined;
    }
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GitError ? new UsageError(error.message, error.help) : error;
  }
}
