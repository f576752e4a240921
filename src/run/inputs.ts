import type { Config } from "../config/config.ts";
import { operationsByFile } from "../config/operations.ts";
import { waiversOf } from "../config/waivers.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/report.ts";
import { quoted } from "../diagnostics/text.ts";
import type { FileOptions } from "../engine/check-file.ts";
import { readSource } from "../files/source.ts";
import type { Entry } from "../files/walk.ts";
import { entriesOf } from "../files/walk.ts";
import { fromConfig } from "./config.ts";
import type { Io } from "./io.ts";

/** The path that denotes standard input. */
const STDIN = "-";

/** What a run without paths checks: the working directory, and the files that the configuration names. */
export const defaultPaths = (config: Config | undefined): string[] =>
  config
    ? [
        ".",
        ...fromConfig(
          config,
          config.requests.map(({ files }) => files),
        ),
      ]
    : ["."];

/** The operations and waivers that the configuration assigns to files and findings. */
export async function byConfig(
  config: Config | undefined,
): Promise<Pick<FileOptions, "operationOf" | "waiverOf"> & { unused: () => number[] }> {
  if (!config) return { unused: () => [] };
  const operationOf = await operationsByFile(config);
  if (config.waivers.length === 0) return { operationOf, unused: () => [] };
  const waivers = await waiversOf(config);
  return { operationOf, waiverOf: waivers.of, unused: waivers.unused };
}

export interface Found {
  entries: Entry[];
  /** Arguments that matched no file. */
  empty: string[];
}

/**
 * Resolves arguments to files. Each file is listed once, in the order of the arguments. With `skipUnrelated`,
 * named files are treated like files found by a directory walk.
 */
export async function allEntries(
  paths: readonly string[],
  { io, skipUnrelated = false }: { io: Io; skipUnrelated?: boolean },
): Promise<Found> {
  const tracked = async (directory: string): Promise<string[]> => {
    const [{ Git }, { trackedFiles }] = await Promise.all([
      import("../git/git.ts"),
      import("../git/tracked.ts"),
    ]);
    return trackedFiles(new Git(directory, io.environment));
  };
  const entries = new Map<string, Entry>();
  const empty: string[] = [];
  for (const path of paths) {
    if (path === STDIN) {
      if (!entries.has(path)) entries.set(path, standardInput(io, !skipUnrelated));
      continue;
    }
    const found = await entriesOf(path, tracked);
    if (found.length === 0) empty.push(path);
    for (const { file, named } of found)
      if (named || !entries.has(file)) entries.set(file, { file, named: named && !skipUnrelated });
  }
  return { entries: [...entries.values()], empty };
}

const standardInput = (io: Io, named: boolean): Entry => ({
  file: STDIN,
  named,
  source: readSource("<stdin>", io.stdin),
});

interface Sought {
  /** Paths that matched no file. */
  empty: readonly string[];
  /** The paths that the user named. */
  paths: readonly string[];
  /** Whether only part of the findings is reported, so that having none is no error. */
  isPart: boolean;
}

/**
 * Fails a run that found nothing to check, or in which a path matched no file: otherwise a mistyped path
 * would look like a pass.
 */
export function addNothingFound(report: Report, { empty, paths, isPart }: Sought): void {
  const isNothing = report.summary.requests === 0 && report.diagnostics.length === 0;
  const everywhere = paths.length > 0 ? paths : ["."];
  const missed = isPart ? empty.filter((path) => paths.includes(path)) : isNothing ? everywhere : empty;
  for (const path of missed) {
    report.diagnostics.push(nothingFound(path));
    report.summary.errors++;
  }
  if (missed.length > 0 || (!isPart && report.summary.requests === 0)) report.outcome = "fail";
}

const nothingFound = (path: string): Diagnostic => ({
  code: "document/no-request",
  severity: "error",
  status: "failed",
  message: `no request was found in ${quoted(path)}`,
  help: "name files or directories that hold requests, or say `--allow-empty` where none is fine",
  file: path,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
});
