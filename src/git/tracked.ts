import type { Git } from "./git.ts";
import { GitError } from "./git.ts";

/**
 * The files below git's directory that it tracks; none where git can't say. All of them, not only those that it is told to
 * ignore: of those, another reader of `.gitignore` may have another opinion than git.
 */
export async function trackedFiles(git: Git): Promise<string[]> {
  try {
    const printed = await git.run("ls-files", "--cached", "-z");
    return printed.split("\0").filter((name) => name !== "");
  } catch (error) {
    if (error instanceof GitError) return [];
    throw error;
  }
}
