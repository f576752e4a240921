import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { walkFiles } from "../../files/walk.ts";
import { combinePaths } from "../config.ts";
import type { PreparedRun } from "../run.ts";
import { listValueFiles } from "../values/value-options.ts";

/** Digests of what a run is decided by, for what it has of it. */
export interface PolicyDigests {
  configuration?: string;
  rules?: string;
  schemas?: string;
  values?: string;
  /** Facts, which are used up when requests are checked. */
  context?: string;
}

/** Digests the files of a run's policy, by their contents and their names within the directories that are named. */
export async function digestPolicy({ flags, config, policy }: PreparedRun): Promise<PolicyDigests> {
  const named = listValueFiles(flags.values, config).map(({ file }) => file);
  const values = policy ? await Promise.all(named.map((file) => policy.resolvePath(file))) : named;
  const paths = {
    configuration: config ? [config.file] : [],
    rules: combinePaths(flags.rules, config, "rulePacks"),
    schemas: combinePaths(flags.schemas, config, "schemas"),
    values,
    context: combinePaths(flags.context, config, "context"),
  };
  return Object.fromEntries(
    Object.entries(paths)
      .filter(([, each]) => each.length > 0)
      .map(([name, each]) => [name, digestPaths(each)]),
  );
}

function digestPaths(paths: readonly string[]): string {
  const digest = createHash("sha256");
  for (const path of paths)
    for (const file of listFiles(path)) {
      const content = readFileSync(file);
      digest.update(`${relative(path, file)}\0${content.length}\0`).update(content);
    }
  return digest.digest("hex").slice(0, 32);
}

/** What isn't there was said already, where it matters. */
function listFiles(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  return found.isDirectory() ? walkFiles(path, () => true) : [path];
}
