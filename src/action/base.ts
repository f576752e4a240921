import { readFileSync } from "node:fs";
import type { Git } from "../git/git.ts";
import { UsageError } from "../run/io.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type BaseResult = { base: string } | { why: string };

/** Finds the commit that the pull request's changes are compared with, or the reason why there is none. */
export async function findBase(git: Git, environment: Environment): Promise<BaseResult> {
  const { GITHUB_EVENT_NAME: event = "" } = environment;
  if (event === "pull_request") return findPullRequestBase(git, environment);
  if (event === "pull_request_target") return findTargetBase(git, environment);
  if (event === "merge_group") return findMergeGroupBase(git, environment);
  return { why: `a \`${event || "local"}\` event has no pull request` };
}

/**
 * For `pull_request` events, GitHub checks out the merge of the pull request into its base (GITHUB_SHA),
 * whose first parent is the base. For any other checkout, the base branch is used if it was fetched.
 */
async function findPullRequestBase(git: Git, environment: Environment): Promise<BaseResult> {
  const { GITHUB_SHA: sha } = environment;
  const isMerge = sha !== undefined && (await git.resolveCommit("HEAD")) === sha;
  if (isMerge && (await git.resolveCommit("HEAD^2")) !== undefined) return { base: "HEAD^1" };
  return findBranchBase(git, environment);
}

/**
 * For `pull_request_target`, GITHUB_SHA is the base branch, which is checked out unless the workflow names
 * another ref.
 */
async function findTargetBase(git: Git, environment: Environment): Promise<BaseResult> {
  if ((await git.resolveCommit("HEAD")) === environment.GITHUB_SHA)
    return { why: "a `pull_request_target` event checks out the base, not the pull request" };
  return findBranchBase(git, environment);
}

async function findBranchBase(git: Git, { GITHUB_BASE_REF: branch = "" }: Environment): Promise<BaseResult> {
  const fetched = `refs/remotes/origin/${branch}`;
  return branch !== "" && (await git.resolveCommit(fetched)) !== undefined ? { base: fetched } : NOT_FETCHED;
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
  const head = await git.resolveCommit("HEAD").catch(() => undefined);
  if (sha === undefined || head === undefined || head === sha) return;
  throw new UsageError(
    `\`policy-from: ${policyFrom}\` is a commit of the pull request itself here: what is checked out is not the merge that GitHub made`,
    "leave out the `ref` of actions/checkout, or name the base: `policy-from: origin/main`, with `fetch-depth: 0`",
  );
}

/** A merge queue has no base branch in the environment; its event payload names the commit. */
async function findMergeGroupBase(
  git: Git,
  { GITHUB_EVENT_PATH: file = "" }: Environment,
): Promise<BaseResult> {
  const sha = readBaseCommit(file);
  return sha !== undefined && (await git.resolveCommit(sha)) !== undefined ? { base: sha } : NOT_FETCHED;
}

function readBaseCommit(file: string): string | undefined {
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
