import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../cli/run.ts";

/** Makes the release tree in a new directory, as the release workflow does, and returns its path. */
export function releaseTree(): string {
  const directory = join(mkdtempSync(join(tmpdir(), "countersign-release-")), "tree");
  const { status, stderr } = spawnSync("npm", ["run", "--silent", "release:tree", "--", directory], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`release:tree failed: ${stderr}`);
  return directory;
}
