import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expandPath } from "../../files/walk.ts";

/** Files of a trail, and records that are kept in other ways. */
const TRAIL_FILE = /\.(?:jsonl?|ndjson|log|csv)(?:\.gz)?$/i;

/** What CloudTrail keeps beside the files of a trail: sums of them, and unusual rates. */
const OTHER_DIRECTORY = /^CloudTrail-(?:Digest|Insight)$/;

export interface TrailFile {
  file: string;
  /** Standard input. */
  descriptor?: number;
  /** Whether the user named the file, and so expects records in it. */
  isExplicit: boolean;
}

/** Lists the files of trails in directories, globs and names. A trail isn't in a repository: no file is ignored. */
export async function listTrailFiles(paths: readonly string[], stdin: number): Promise<TrailFile[]> {
  const files = new Map<string, TrailFile>();
  for (const path of paths)
    for (const file of await expandTrailPath(path, stdin))
      if (!files.has(file.file)) files.set(file.file, file);
  return [...files.values()];
}

async function expandTrailPath(path: string, stdin: number): Promise<TrailFile[]> {
  if (path === "-") return [{ file: "<stdin>", descriptor: stdin, isExplicit: true }];
  if (isDirectory(path)) return listDirectory(path).map((file) => ({ file, isExplicit: false }));
  return (await expandPath(path)).map(({ file, isExplicit }) => ({ file, isExplicit }));
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Links to directories are not followed: they could loop. */
function listDirectory(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return OTHER_DIRECTORY.test(entry.name) ? [] : listDirectory(path);
      return TRAIL_FILE.test(entry.name) ? [path] : [];
    });
}
