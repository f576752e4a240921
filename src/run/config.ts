import { isAbsolute, join, relative } from "node:path";
import type { Config } from "../config/config.ts";
import { findConfig } from "../config/find.ts";
import type { Bar } from "../diagnostics/report.ts";

/** The configuration that a run goes by: the one named, none, or the nearest from the working directory up. */
export async function configOf(named: string | false | undefined): Promise<Config | undefined> {
  const file = named === undefined ? findConfig(".") : named;
  if (file === undefined || file === false) return undefined;
  const { readConfig } = await import("../config/read.ts");
  return readConfig(relative(".", file) || file);
}

/** Paths of the configuration as paths from the working directory. */
export const fromConfig = (config: Config, paths: readonly string[]): string[] =>
  paths.map((path) => (isAbsolute(path) ? path : join(config.directory, path)));

/** The command line's bar, else the configuration's. */
export function barOf(flags: Bar, config: Config | undefined): Required<Bar> {
  return {
    failOn: flags.failOn ?? config?.failOn ?? "error",
    strict: flags.strict ?? config?.strict ?? false,
  };
}
