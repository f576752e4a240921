/**
 * Commits a release tree and tags it: `node scripts/release-tag.mjs DIR`. The commit has no parents. It names
 * the source commit and takes its date, so that the same tree gives the same commit. The version is that of
 * the tree's package.json: the tag `v1.2.3` must be new, `v1` moves. Prints the names of the tags; nothing is
 * pushed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [target] = process.argv.slice(2);
if (target === undefined) fail("name the release tree: node scripts/release-tag.mjs DIR");
const tree = resolve(target);
const { version } = JSON.parse(readFileSync(join(tree, "package.json"), "utf8"));
const scratch = mkdtempSync(join(tmpdir(), "countersign-index-"));

let environment = process.env;
const source = git("rev-parse", "HEAD");
const date = git("show", "--no-patch", "--format=%cI", source);
environment = {
  ...process.env,
  GIT_INDEX_FILE: join(scratch, "index"),
  GIT_AUTHOR_DATE: date,
  GIT_COMMITTER_DATE: date,
};

try {
  const exact = `v${version}`;
  const major = `v${version.split(".")[0]}`;
  if (git("tag", "--list", exact) !== "")
    fail(`there is a tag ${exact} already: give package.json a new version`);
  const commit = commitOf(`Countersign ${version}`, `Made from ${source}`);
  git("tag", exact, commit);
  git("tag", "--force", major, commit);
  console.log(`${exact}\n${major}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Commits the tree with a separate index, so that the checkout is not modified. */
function commitOf(...paragraphs) {
  const repository = ["--git-dir", git("rev-parse", "--absolute-git-dir"), "--work-tree", tree];
  git("-c", "core.autocrlf=false", "-C", tree, ...repository, "add", "--all", "--force", ".");
  const messages = paragraphs.flatMap((text) => ["-m", text]);
  return git("commit-tree", git("write-tree"), ...messages);
}

function git(...args) {
  const { status, stdout, stderr } = spawnSync("git", args, { encoding: "utf8", env: environment });
  if (status !== 0) fail(`git ${args[0]}: ${stderr}`);
  return stdout.trim();
}

function fail(message) {
  console.error(message.trim());
  process.exit(2);
}
