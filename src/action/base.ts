import type { Git } from "../git/git.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The commit that a pull request's changes are counted from; or why there is none. GitHub checks out, for
 * `pull_request` events, the merge of the pull request into its base, whose first parent is the base (GITHUB_SHA is
 * that merge). Whatever else is checked out is held against the base branch, where that was fetched.
 */
export async function baseOf(
  git: Git,
  environment: Environment,
): Promise<{ base: string } | { why: string }> {
  const { GITHUB_EVENT_NAME: event = "", GITHUB_SHA: sha, GITHUB_BASE_REF: branch = "" } = environment;
  if (!/^(pull_request|pull_request_target|merge_group)$/.test(event))
    return { why: `a \`${event || "local"}\` event has no pull request` };
  const isMerge = event === "pull_request" && sha !== undefined && (await git.commit("HEAD")) === sha;
  if (isMerge && (await git.commit("HEAD^2")) !== undefined) return { base: "HEAD^1" };
  const fetched = `refs/remotes/origin/${branch}`;
  if (branch !== "" && (await git.commit(fetched)) !== undefined) return { base: fetched };
  return { why: "the pull request's base was not fetched: give actions/checkout `fetch-depth: 2`" };
}
