import type { Git } from "./git.ts";
import { GitError, NoRepositoryError } from "./git.ts";

/**
 * Lists the tracked files below git's directory; undefined if git can't tell, and none outside of a repository. It lists all of them, not only
 * tracked files that are ignored, because our `.gitignore` matcher may disagree with git about which those
 * are.
 */
export async function listTrackedFiles(git: Git): Promise<string[] | undefined> {
  try {
    const printed = await git.run("ls-files", "--cached", "-z");
    return printed.split("\0").filter((name) => name !== "");
  } catch (error) {
    if (error instanceof NoRepositoryError) return [];
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
