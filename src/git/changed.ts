import { join, relative } from "node:path";
import { quoted } from "../diagnostics/text.ts";
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
      /** All that git keeps. Of other files it can't say whether the pull request changed them. */
      tracked: readonly string[];
    }
  | { why: string };

/** The files that differ between where a pull request starts and what is checked out. */
export async function changedFiles(git: Git, base: string, from: string): Promise<Changed> {
  const start = await startOf(git, base);
  if ("why" in start) return start;
  const root = await git.root();
  const names = async (...args: readonly string[]): Promise<string[]> => {
    const printed = await git.run(...args);
    const found = printed.split("\0").filter((name) => name !== "");
    return found.map((name) => relative(from, join(root, name)));
  };
  return {
    base,
    files: await names(...DIFF, "--diff-filter=d", start.commit, "--"),
    removed: await names(...DIFF, "--diff-filter=D", start.commit, "--"),
    tracked: await names("ls-files", "-z", "--full-name", "--", ":/"),
  };
}

/** Names from the root, whatever the user's settings say. */
const DIFF = ["diff", "--no-ext-diff", "--no-textconv", "--no-relative", "--name-only", "--no-renames", "-z"];

/** Since where a branch parted from its base: what the base got meanwhile is no change of the branch. */
async function startOf(git: Git, base: string): Promise<{ commit: string } | { why: string }> {
  const commit = await git.commit(base);
  if (commit === undefined)
    return { why: `there is no commit ${quoted(base)} here; it may not have been fetched` };
  try {
    return { commit: (await git.run("merge-base", commit, "HEAD")).trim() };
  } catch {
    return { why: `no commit that ${quoted(base)} and the checked-out one have in common was fetched` };
  }
}
