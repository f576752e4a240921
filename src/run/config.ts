import { isAbsolute, join, relative } from "node:path";
import type { Config } from "../config/config.ts";
import { findConfig } from "../config/find.ts";
import type { FailurePolicy } from "../diagnostics/report.ts";

/**
 * Loads the configuration of a run: the one named, none for `false`, or the nearest from the working
 * directory upwards.
 */
export async function loadRunConfig(
  named: string | false | undefined,
  now?: Date,
): Promise<Config | undefined> {
  const file = named === undefined ? findConfig(".") : named;
  if (file === undefined || file === false) return undefined;
  const { readConfig } = await import("../config/read.ts");
  return readConfig(relative(".", file) || file, now);
}

/** Resolves paths of the configuration relative to the working directory. */
export const resolveConfigPaths = (config: Config, paths: readonly string[]): string[] =>
  paths.map((path) => (isAbsolute(path) ? path : join(config.directory, path)));

/** The paths that the command line gives, and after them those that the configuration names under a key. */
export const combinePaths = (
  given: readonly string[],
  config: Config | undefined,
  key: "context" | "rulePacks" | "schemas",
): string[] => [...given, ...(config ? resolveConfigPaths(config, config[key]) : [])];

/** The failure policy of a run: the command line takes precedence over the configuration. */
export function resolveFailurePolicy(
  flags: FailurePolicy,
  config: Config | undefined,
): Required<FailurePolicy> {
  return {
    failOn: flags.failOn ?? config?.failOn ?? "error",
    strict: flags.strict ?? config?.strict ?? false,
  };
}
