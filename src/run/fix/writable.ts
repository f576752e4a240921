import { lstatSync, realpathSync } from "node:fs";
import { isBelow } from "../../files/paths.ts";
import { Git } from "../../git/git.ts";
import type { Io } from "../io.ts";

/** Why a file must not be written; undefined if it may be. */
export type FindObstacle = (file: string) => Promise<string | undefined>;

/** Only plain files of the repository are written; without git, those below the working directory. */
export async function createObstacleFinder(environment: Io["environment"]): Promise<FindObstacle> {
  const git = new Git(".", environment);
  const root = realpathSync(await git.findRoot().catch(() => "."));
  return async (file) => {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat) return "it is gone";
    if (stat.isSymbolicLink()) return "it is a link";
    if (!stat.isFile()) return "it is no plain file";
    if (stat.nlink > 1) return "it has several names";
    if (!isBelow(realpathSync(file), root)) return "it is outside of the repository";
    return (await git.isIgnored(file)) ? "git ignores it" : undefined;
  };
}
