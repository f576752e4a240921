import { join, relative } from "node:path";
import { quoted } from "../diagnostics/text.ts";
import type { Git } from "./git.ts";

/**
 * What a pull request changed, as paths relative to the working directory; or why that can't be determined.
 */
export type ChangedFiles =
  | {
      /** The base that the changes are relative to, as the user named it. */
      base: string;
      /** Added and changed files. */
      files: readonly string[];
      /** Removed files. There is nothing left to check in them, but they may have affected other findings. */
      removed: readonly string[];
      /** All files that git tracks. Whether the pull request changed any other file is unknown. */
      tracked: readonly string[];
    }
  | { why: string };

/** Lists the files that differ between the pull request's merge base and the working tree. */
export async function listChangedFiles(git: Git, base: string, from: string): Promise<ChangedFiles> {
  const start = await findMergeBase(git, base);
  if ("why" in start) return start;
  const root = await git.findRoot();
  const names = async (...args: readonly string[]): Promise<string[]> => {
    const printed = await git.runWithoutFilters(...args);
    const found = printed.split("\0").filter((name) => name !== "");
    return found.map((name) => relative(from, join(root, name)));
  };
  return {
    base,
    files: await names(...DIFF_COMMAND, "--diff-filter=d", start.commit, "--"),
    removed: await names(...DIFF_COMMAND, "--diff-filter=D", start.commit, "--"),
    tracked: await names("ls-files", "-z", "--full-name", "--", ":/"),
  };
}

/** The options override user settings, so that names are relative to the root and unquoted. */
const DIFF_COMMAND = [
  "diff",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "--name-only",
  "--no-renames",
  // Git would run itself in a submodule, with the submodule's configuration.
  "--ignore-submodules=dirty",
  "-z",
];

/**
 * Compares with the merge base, so that commits added to the base since then don't count as changes of the
 * branch.
 */
async function findMergeBase(git: Git, base: string): Promise<{ commit: string } | { why: string }> {
  const commit = await git.resolveCommit(base);
  if (commit === undefined)
    return { why: `there is no commit ${quoted(base)} here; it may not have been fetched` };
  try {
    return { commit: (await git.run("merge-base", commit, "HEAD")).trim() };
  } catch {
    return { why: `no commit that ${quoted(base)} and the checked-out one have in common was fetched` };
  }
}
