import { readFileSync } from "node:fs";
import type { Git } from "../git/git.ts";
import { UsageError } from "../run/io.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Base = { base: string } | { why: string };

/** Finds the commit that the pull request's changes are compared with, or the reason why there is none. */
export async function baseOf(git: Git, environment: Environment): Promise<Base> {
  const { GITHUB_EVENT_NAME: event = "" } = environment;
  if (event === "pull_request") return ofPullRequest(git, environment);
  if (event === "pull_request_target") return ofTarget(git, environment);
  if (event === "merge_group") return ofMergeGroup(git, environment);
  return { why: `a \`${event || "local"}\` event has no pull request` };
}

/**
 * For `pull_request` events, GitHub checks out the merge of the pull request into its base (GITHUB_SHA),
 * whose first parent is the base. For any other checkout, the base branch is used if it was fetched.
 */
async function ofPullRequest(git: Git, environment: Environment): Promise<Base> {
  const { GITHUB_SHA: sha } = environment;
  const isMerge = sha !== undefined && (await git.commit("HEAD")) === sha;
  if (isMerge && (await git.commit("HEAD^2")) !== undefined) return { base: "HEAD^1" };
  return ofBranch(git, environment);
}

/**
 * For `pull_request_target`, GITHUB_SHA is the base branch, which is checked out unless the workflow names
 * another ref.
 */
async function ofTarget(git: Git, environment: Environment): Promise<Base> {
  if ((await git.commit("HEAD")) === environment.GITHUB_SHA)
    return { why: "a `pull_request_target` event checks out the base, not the pull request" };
  return ofBranch(git, environment);
}

async function ofBranch(git: Git, { GITHUB_BASE_REF: branch = "" }: Environment): Promise<Base> {
  const fetched = `refs/remotes/origin/${branch}`;
  return branch !== "" && (await git.commit(fetched)) !== undefined ? { base: fetched } : NOT_FETCHED;
}

/**
 * Rejects a `policy-from` that the pull request's author controls. `HEAD^1` is the base only if GitHub's test
 * merge is checked out; otherwise it is one of the pull request's own commits.
 */
export async function refuseOwnPolicy(
  git: Git,
  policyFrom: string | undefined,
  { GITHUB_EVENT_NAME: event = "", GITHUB_SHA: sha }: Environment,
): Promise<void> {
  if (
    policyFrom === undefined ||
    !/^(?:HEAD|@)(?![\w/-])/.test(policyFrom) ||
    !event.startsWith("pull_request")
  )
    return;
  const head = await git.commit("HEAD").catch(() => undefined);
  if (sha === undefined || head === undefined || head === sha) return;
  throw new UsageError(
    `\`policy-from: ${policyFrom}\` is a commit of the pull request itself here: what is checked out is not the merge that GitHub made`,
    "leave out the `ref` of actions/checkout, or name the base: `policy-from: origin/main`, with `fetch-depth: 0`",
  );
}

/** A merge queue has no base branch in the environment; its event payload names the commit. */
async function ofMergeGroup(git: Git, { GITHUB_EVENT_PATH: file = "" }: Environment): Promise<Base> {
  const sha = baseCommitIn(file);
  return sha !== undefined && (await git.commit(sha)) !== undefined ? { base: sha } : NOT_FETCHED;
}

function baseCommitIn(file: string): string | undefined {
  try {
    const event = JSON.parse(readFileSync(file, "utf8")) as { merge_group?: { base_sha?: unknown } };
    const sha = event.merge_group?.base_sha;
    return typeof sha === "string" ? sha : undefined;
  } catch {
    return undefined;
  }
}

const NOT_FETCHED = {
  why: "the pull request's base was not fetched: give actions/checkout `fetch-depth: 2`",
};
