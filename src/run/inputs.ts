import type { Config } from "../config/config.ts";
import { createOperationLookup } from "../config/operations.ts";
import { createWaiverLookup } from "../config/waivers.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/report.ts";
import { quoted } from "../diagnostics/text.ts";
import type { FileCheckOptions } from "../engine/report/checked-file.ts";
import { readSource } from "../files/source.ts";
import type { FileEntry } from "../files/walk.ts";
import { expandPath } from "../files/walk.ts";
import { resolveConfigPaths } from "./config.ts";
import type { Io } from "./io.ts";

/** The path that denotes standard input. */
const STDIN_PATH = "-";

/** What a run without paths checks: the working directory, and the files that the configuration names. */
export const listDefaultPaths = (config: Config | undefined): string[] =>
  config
    ? [
        ".",
        ...resolveConfigPaths(
          config,
          config.requests.map(({ files }) => files),
        ),
      ]
    : ["."];

/** The operations and waivers that the configuration assigns to files and findings. */
export async function loadFileSettings(
  config: Config | undefined,
): Promise<Pick<FileCheckOptions, "operationOf" | "waiverOf"> & { unused: () => number[] }> {
  if (!config) return { unused: () => [] };
  const operationOf = await createOperationLookup(config);
  if (config.waivers.length === 0) return { operationOf, unused: () => [] };
  const waivers = await createWaiverLookup(config);
  return { operationOf, waiverOf: waivers.findFor, unused: waivers.listUnused };
}

export interface ResolvedEntries {
  entries: FileEntry[];
  /** Arguments that matched no file. */
  empty: string[];
  /** How many entries come before those of each argument. */
  starts: number[];
}

interface ResolveOptions {
  io: Io;
  skipUnrelated?: boolean;
  /** Called once there are very many files, while others are listed. */
  onMany?: () => void;
}

/**
 * Resolves arguments to files. Each file is listed once, in the order of the arguments. With `skipUnrelated`,
 * named files are treated like files found by a directory walk.
 */
export async function resolveEntries(
  paths: readonly string[],
  { io, skipUnrelated = false, onMany }: ResolveOptions,
): Promise<ResolvedEntries> {
  const tracked = async (directory: string): Promise<string[] | undefined> => {
    const [{ Git }, { listTrackedFiles: trackedFiles }] = await Promise.all([
      import("../git/git.ts"),
      import("../git/tracked.ts"),
    ]);
    return trackedFiles(new Git(directory, io.environment));
  };
  const expand = async (path: string): Promise<FileEntry[]> => {
    const found = await expandPath(path, { tracked, ...(onMany && { onMany }) });
    return skipUnrelated ? found.map((entry) => ({ ...entry, isExplicit: false })) : found;
  };
  const [only] = paths;
  if (only !== undefined && paths.length === 1 && only !== STDIN_PATH) {
    // A path by itself lists no file twice.
    const entries = await expand(only);
    return { entries, empty: entries.length === 0 ? [only] : [], starts: [0] };
  }
  const entries = new Map<string, FileEntry>();
  const empty: string[] = [];
  const starts: number[] = [];
  for (const path of paths) {
    starts.push(entries.size);
    if (path === STDIN_PATH) {
      if (!entries.has(path)) entries.set(path, readStandardInput(io, !skipUnrelated));
      continue;
    }
    const found = await expand(path);
    if (found.length === 0) empty.push(path);
    for (const entry of found)
      if (entry.isExplicit || !entries.has(entry.file)) entries.set(entry.file, entry);
  }
  return { entries: [...entries.values()], empty, starts };
}

const readStandardInput = (io: Io, isExplicit: boolean): FileEntry => ({
  file: STDIN_PATH,
  isExplicit,
  source: readSource("<stdin>", io.stdin),
});

interface SearchedPaths {
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
export function addNothingFound(report: Report, { empty, paths, isPart }: SearchedPaths): void {
  const { requests, unread } = report.summary;
  const isNothing = requests === 0 && report.diagnostics.length === 0;
  const everywhere = paths.length > 0 ? paths : ["."];
  const missed = isPart ? empty.filter((path) => paths.includes(path)) : isNothing ? everywhere : empty;
  for (const path of missed) {
    report.diagnostics.push(createNothingFound(path));
    report.summary.errors++;
  }
  if (missed.length > 0 || (!isPart && requests === 0 && unread === 0)) report.outcome = "fail";
}

const createNothingFound = (path: string): Diagnostic => ({
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
