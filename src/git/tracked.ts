import type { Git } from "./git.ts";
import { GitError } from "./git.ts";

/** The files below git's directory that are tracked although they are told to be ignored; none where git can't say. */
export async function trackedThoughIgnored(git: Git): Promise<string[]> {
  try {
    const printed = await git.run("ls-files", "--cached", "--ignored", "--exclude-standard", "-z");
    return printed.split("\0").filter((name) => name !== "");
  } catch (error) {
    if (error instanceof GitError) return [];
    throw error;
  }
}
