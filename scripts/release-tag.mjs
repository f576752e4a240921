/**
 * Makes a commit of a release tree and tags it: `node scripts/release-tag.mjs DIR`. The commit has no parents; it names the
 * commit that the tree was made from, and has its date, so that the same tree makes the same commit. The version is that of
 * the tree's package.json. The tag `v1.2.3` must be new. `v1` is what users follow, so it moves only to a commit of
 * origin/main, and never to a prerelease or back to an older version. Nothing is pushed; the names of the tags are printed.
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
  if (git("tag", "--list", exact) !== "")
    fail(`there is a tag ${exact} already: give package.json a new version`);
  const commit = commitOf(`Countersign ${version}`, `Made from ${source}`);
  const tags = movesMajor() ? [exact, `v${version.split(".")[0]}`] : [exact];
  for (const tag of tags) git("tag", "--force", tag, commit);
  console.log(tags.join("\n"));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function movesMajor() {
  const isOnMain = git("for-each-ref", `--contains=${source}`, "refs/remotes/origin/main") !== "";
  return isOnMain && /^\d+\.\d+\.\d+$/.test(version) && !hasNewer();
}

function hasNewer() {
  const [major, minor, patch] = version.split(".").map(Number);
  return git("tag", "--list", `v${major}.*`)
    .split("\n")
    .map((tag) => /^v\d+\.(\d+)\.(\d+)$/.exec(tag)?.slice(1).map(Number))
    .some((other) => other && (other[0] > minor || (other[0] === minor && other[1] > patch)));
}

/** Written with an index of its own: the checkout stays as it is. */
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
