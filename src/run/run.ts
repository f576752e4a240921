import { relative } from "node:path";
import type { Config } from "../config/config.ts";
import { listConfigPaths } from "../config/find.ts";
import type { ContextFault } from "../context/context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { UNREAD } from "../diagnostics/missing.ts";
import type { FailurePolicy } from "../diagnostics/report.ts";
import { quoted } from "../diagnostics/text.ts";
import type { CheckOptions } from "../engine/check-files.ts";
import { checkEachFile, checkFiles, concludeCheck } from "../engine/check-files.ts";
import { tunedForPrograms } from "../engine/counting/tuning.ts";
import type { Engine } from "../engine/engine.ts";
import { startLookAhead } from "../engine/first-look/look-ahead.ts";
import type { CheckedFiles } from "../engine/report/build-report.ts";
import type { RunBaseline } from "./baseline.ts";
import { loadRunBaseline } from "./baseline.ts";
import { loadRunConfig, resolveFailurePolicy } from "./config.ts";
import { createRunEngine } from "./engine-options.ts";
import { formatWarning } from "./errors.ts";
import { EXIT } from "./exit-status.ts";
import type { ResolvedEntries } from "./inputs.ts";
import { addNothingFound, listDefaultPaths, loadFileSettings, resolveEntries } from "./inputs.ts";
import type { Io } from "./io.ts";
import { createOwnFileTest, listOwnPaths } from "./own-files.ts";
import type { Repository } from "./repositories.ts";
import { groupByRepository, resolveRepositories, summarizeRepositories } from "./repositories.ts";
import { restoreErrorNames, restoreResultNames } from "./restore-names.ts";
import { createNoSchemaError } from "./schemas.ts";
import type { TrustedBase } from "./trusted-base.ts";
import type { CheckFlags, RunResult } from "./types.ts";
import { checkWithValues } from "./values/check-with-values.ts";
import { listValueFiles } from "./values/value-options.ts";

/** Runs a check, from its options to its exit status. Warnings go to `io.stderr`. */
export const runCheck = (paths: readonly string[], flags: CheckFlags, io: Io): Promise<RunResult> =>
  runUnderPolicy({ flags, io }, async (setup) => {
    const run = await prepareRun(paths, setup);
    const result = await tunedForPrograms(() => concludeRun(run, (filled) => checkEntries(run, filled)));
    return showNames(result, setup);
  });

async function checkEntries(
  { entries, options, flags, io, repositories }: PreparedRun,
  engine: Engine,
): Promise<CheckedFiles> {
  if (repositories) {
    // The requests of a repository are compared with each other, and not with those of another one.
    const results = [];
    for (const own of groupByRepository(entries, repositories).values())
      results.push(await checkEachFile(own, engine, options));
    return concludeCheck(results, engine, options);
  }
  if (!flags.live) return checkFiles(entries, engine, options);
  return (await import("./live.ts")).checkLive(entries, engine, { options, io });
}

/** What a run is set up by: its options, with their paths replaced where the policy comes from a commit. */
export interface RunSetup {
  flags: CheckFlags;
  io: Io;
  policy?: TrustedBase;
  /** Set if no request is left to be checked by facts. */
  withoutFacts?: true;
}

/** Takes the policy of a run from the commit that its options name, if they do. */
export async function runUnderPolicy<T>(
  { flags, io, ...setup }: RunSetup,
  run: (setup: RunSetup) => Promise<T>,
): Promise<T> {
  if (flags.policyFrom === undefined) return run({ ...setup, flags, io });
  const { TrustedBase } = await import("./trusted-base.ts");
  const policy = await TrustedBase.open(flags.policyFrom, io.environment);
  const shown = (text: string): string => policy.restoreNames(text);
  try {
    const shownIo = { ...io, stderr: (text: string) => io.stderr(shown(text)) };
    return await run({ ...setup, flags: await policy.resolveFlags(flags), io: shownIo, policy });
  } catch (error) {
    throw restoreErrorNames(error, shown);
  } finally {
    policy.close();
  }
}

/** Gives files of the policy the names that users know. */
export const showNames = (result: RunResult, { policy }: RunSetup): RunResult =>
  policy ? restoreResultNames(result, (text) => policy.restoreNames(text)) : result;

/** A run of which everything is known but what it finds. */
export interface PreparedRun extends RunSetup, ResolvedEntries {
  paths: readonly string[];
  config: Config | undefined;
  engine: Engine;
  warnings: readonly ContextFault[];
  options: CheckOptions & Required<FailurePolicy>;
  baseline: RunBaseline | undefined;
  /** Set if checkouts of several repositories are checked. */
  repositories: readonly Repository[] | undefined;
  /** Indexes of the waivers that have covered nothing so far. */
  listUnusedWaivers: () => number[];
}

/** Loads what requests are checked with, and lists the files. */
export async function prepareRun(named: readonly string[], setup: RunSetup): Promise<PreparedRun> {
  const { flags, io, policy } = setup;
  const repositories = flags.repo && resolveRepositories(flags.repo, io);
  const paths = repositories ? repositories.map(({ directory }) => directory) : named;
  const config = policy
    ? await policy.loadConfig(flags.config, flags.now)
    : await loadRunConfig(flags.config, flags.now);
  const { engine, warnings } = await createRunEngine(
    flags,
    setup.withoutFacts && config ? { ...config, context: [] } : config,
  );
  if (flags.commandLine) engine.commandLine = flags.commandLine;
  if (flags.operation !== undefined && !engine.schemas.find(flags.operation))
    throw createNoSchemaError(flags.operation, engine.schemas);
  const searched = paths.length > 0 ? paths : listDefaultPaths(config);
  const resolved = flags.sources
    ? { entries: [...flags.sources], empty: [], starts: [] }
    : await resolveEntries(searched, {
        io,
        skipUnrelated: flags.skipUnrelated === true,
        onMany: startLookAhead,
      });
  const { unused, ...settings } = await loadFileSettings(config);
  const known = await loadRunBaseline(flags.baseline, config, policy && ((file) => policy.resolvePath(file)));
  const isReported = await selectReportedFiles(flags, policy ? undefined : config, io);
  const options = {
    ...flags,
    ...resolveFailurePolicy(flags, config),
    ...settings,
    isOwnFile: createOwnFileTest(listOwnPaths(flags, config)),
    ...(policy && { contextFrom: policy.name }),
    ...(known && { mark: known.mark }),
    ...(isReported && { isReported }),
  };
  const loaded = { config, engine, warnings, options, baseline: known, listUnusedWaivers: unused };
  return { ...setup, ...resolved, ...loaded, repositories, paths };
}

/** Checks with each set of values, and completes the report by what is not about a file. */
export async function concludeRun(
  run: PreparedRun,
  check: (engine: Engine) => Promise<CheckedFiles>,
): Promise<RunResult> {
  const { flags, io, policy, config, engine, options, paths, entries, empty } = run;
  const checked = await checkWithValues(
    { files: listValueFiles(flags.values, config), assumesDefaults: flags.assumeDefaults === true },
    {
      engine,
      bar: options,
      check,
      readFrom: policy && ((file) => policy.resolvePath(file)),
      warn: (note) => io.stderr(`note: ${note}\n`),
    },
  );
  const ages = engine.context.listAges();
  if (ages.length > 0) checked.report.asOf = ages;
  if (run.repositories)
    checked.report.repositories = summarizeRepositories(checked.report, run.repositories, options);
  if (!flags.allowEmpty)
    addNothingFound(checked.report, { empty, paths, isPart: flags.changedFrom !== undefined });
  for (const warning of run.warnings) io.stderr(formatWarning(warning));
  if (config && paths.length === 0)
    for (const index of run.listUnusedWaivers())
      io.stderr(formatWarning(createUnusedWaiverWarning(config, index)));
  // Entries of files that are not reported match nothing, although their findings may still be there.
  const isReported = options.isReported ?? (() => true);
  const reported = entries.map(({ file }) => file).filter((file) => isReported(file, "checked"));
  const obsolete = run.baseline?.describeObsolete(reported);
  if (obsolete) io.stderr(formatWarning(obsolete));
  return { checked: { ...checked, engine }, status: toExitStatus(checked, flags) };
}

/**
 * Returns a predicate for the files to report on, or undefined for all. Deciding files that come from
 * `policyFrom` are not compared: the change under review can't affect them.
 */
async function selectReportedFiles(flags: CheckFlags, config: Config | undefined, io: Io) {
  if (flags.changedFrom === undefined) return undefined;
  const { createChangeFilter } = await import("./changed-files.ts");
  const deciding = flags.policyFrom === undefined ? listDecidingFiles(flags, config) : [];
  return createChangeFilter({ base: flags.changedFrom, deciding, io });
}

/** Files and directories that affect the findings in other files. */
const listDecidingFiles = (flags: CheckFlags, config: Config | undefined): string[] => [
  ...listOwnPaths(flags, config),
  // All candidates, not just the file in use: one that the change removed may have been in use before.
  ...(flags.config === undefined ? listConfigPaths(".").map((file) => relative(".", file)) : []),
];

/**
 * Reported only for runs over everything, since a run over part of the files can't tell that a waiver is
 * unused.
 */
const createUnusedWaiverWarning = (config: Config, index: number): ContextFault => ({
  file: config.file,
  message: `this waiver of ${quoted(config.waivers[index]!.code)} waived nothing`,
  help: "remove it where the finding is gone; check its `file` and `pointer` where it isn't",
  place: config.placeOf(["waivers", index], "value"),
});

function toExitStatus({ report, missing }: CheckedFiles, flags: CheckFlags): number {
  if (missing) return EXIT.usage;
  const { diagnostics } = report;
  const isUnfound = ({ code }: Diagnostic): boolean => code === "document/no-request";
  const isNothing =
    report.summary.requests === 0 &&
    diagnostics.every((one) => isUnfound(one) || (one.status === "undecided" && one.code !== UNREAD));
  // A part of the files may hold nothing without anybody's mistake.
  const isFine = flags.allowEmpty || (flags.changedFrom !== undefined && !diagnostics.some(isUnfound));
  if (isNothing && !isFine) return EXIT.nothing;
  return report.outcome === "fail" ? EXIT.failed : EXIT.ok;
}
