import { join, relative } from "node:path";
import type { Git } from "./git.ts";

/** What a pull request changed, as paths from the working directory; or why that can't be told. */
export type Changed =
  | {
      /** What the changes are counted from, as people name it. */
      base: string;
      /** Added and changed files. */
      files: readonly string[];
      /** Removed ones: nothing is left to check in them, but what they said may have decided. */
      removed: readonly string[];
    }
  | { why: string };

/** The files that differ between where a pull request starts and what is checked out. */
export async function changedFiles(git: Git, base: string | undefined, from: string): Promise<Changed> {
  const start = await startOf(git, base);
  if ("why" in start) return start;
  const root = await git.root();
  const differing = async (filter: string): Promise<string[]> => {
    const printed = await git.run(...DIFF, `--diff-filter=${filter}`, start.commit, "--");
    const names = printed.split("\0").filter((name) => name !== "");
    return names.map((name) => relative(from, join(root, name)));
  };
  return { base: start.name, files: await differing("d"), removed: await differing("D") };
}

const DIFF = ["diff", "--no-ext-diff", "--no-textconv", "--name-only", "--no-renames", "-z"];

type Start = { commit: string; name: string } | { why: string };

/**
 * The merge base with `base` where one is named; otherwise the first parent of the merge commit that a pull request's
 * workflow checks out (actions/checkout with `fetch-depth: 2`).
 */
async function startOf(git: Git, base: string | undefined): Promise<Start> {
  if (base === undefined) {
    const [parent, second] = [await git.commit("HEAD^1"), await git.commit("HEAD^2")];
    if (parent !== undefined && second !== undefined) return { commit: parent, name: "HEAD^1" };
    return { why: "the checked-out commit is no merge of a pull request, or its parents were not fetched" };
  }
  const commit = await git.commit(base);
  if (commit === undefined) return { why: `the commit \`${base}\` was not fetched` };
  try {
    return { commit: (await git.run("merge-base", commit, "HEAD")).trim(), name: base };
  } catch {
    return { why: `no commit that \`${base}\` and the checked-out one have in common was fetched` };
  }
}
