import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Git } from "./git.ts";
import { GitError } from "./git.ts";

interface Blob {
  mode: string;
  object: string;
  path: string;
}

const LINK_MODE = "120000";
const SUBMODULE_MODE = "160000";

/**
 * The files of one commit, by path from the repository's root with `/` as separator. Requested paths are
 * written below a directory, to be read like any other file. Symbolic links and submodules are refused, since
 * their targets are not part of the commit.
 */
export class CommitTree {
  readonly #git: Git;
  readonly #commit: string;
  /** The commit as the user named it. */
  readonly name: string;
  readonly #directory: string;

  constructor(git: Git, { commit, name }: { commit: string; name: string }, directory: string) {
    this.#git = git;
    this.#commit = commit;
    this.name = name;
    this.#directory = directory;
  }

  /** Whether the commit has a file at exactly this path. */
  async hasFile(path: string): Promise<boolean> {
    const blobs = await this.#listBlobs(path);
    return blobs.some((blob) => blob.path === path);
  }

  /**
   * Writes a file or a directory and returns where. Throws a `GitError` if the commit has nothing at the
   * path.
   */
  async extract(path: string): Promise<string> {
    const blobs = await this.#listBlobs(path);
    if (blobs.length === 0) {
      throw new GitError(
        `\`${path}\` is not in \`${this.name}\``,
        "what a policy names must be in the commit that the policy comes from",
      );
    }
    for (const { mode, object, path: file } of blobs) {
      if (mode === LINK_MODE || mode === SUBMODULE_MODE) throw createLinkError(file, mode, this.name);
      const target = join(this.#directory, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, await this.#git.readBytes("cat-file", "blob", object));
    }
    return join(this.#directory, path);
  }

  async #listBlobs(path: string): Promise<Blob[]> {
    const within = path === "" ? [] : [path];
    // With `--full-tree`, paths are relative to the root, whatever the working directory. `ls-tree` does not
    // expand wildcards.
    const printed = await this.#git.run("ls-tree", "-r", "-z", "--full-tree", this.#commit, "--", ...within);
    return printed
      .split("\0")
      .filter((line) => line !== "")
      .map((line) => {
        const [about = "", name = ""] = splitTreeEntry(line);
        const [mode = "", , object = ""] = about.split(" ");
        return { mode, object, path: name };
      });
  }
}

function splitTreeEntry(line: string): [string, string] {
  const tab = line.indexOf("\t");
  return [line.slice(0, tab), line.slice(tab + 1)];
}

const createLinkError = (file: string, mode: string, name: string): GitError =>
  new GitError(
    `\`${file}\` is a ${mode === LINK_MODE ? "symbolic link" : "submodule"} in \`${name}\`, which a policy can't be read through`,
    "name the file or directory itself",
  );
