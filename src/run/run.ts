import { relative } from "node:path";
import type { Config } from "../config/config.ts";
import { configPlaces } from "../config/find.ts";
import type { ContextFault } from "../context/context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Checked } from "../engine/check-files.ts";
import { checkFiles } from "../engine/check-files.ts";
import { knownBy } from "./baseline.ts";
import { barOf, configOf, fromConfig } from "./config.ts";
import { engineOf } from "./engine-options.ts";
import { warningText } from "./errors.ts";
import { EXIT } from "./exit-status.ts";
import { addNothingFound, allEntries, byConfig, defaultPaths } from "./inputs.ts";
import type { Io } from "./io.ts";
import { noSchema } from "./schemas.ts";
import type { CommitPolicy } from "./trusted-base.ts";
import { renamed, renamedError } from "./trusted-base-paths.ts";
import type { CheckFlags, Ran } from "./types.ts";

/** Runs a check, from its options to its exit status. Warnings go to `io.stderr`. */
export async function runCheck(paths: readonly string[], flags: CheckFlags, io: Io): Promise<Ran> {
  if (flags.policyFrom === undefined) return checkBy(undefined, paths, flags, io);
  const { CommitPolicy } = await import("./trusted-base.ts");
  const policy = await CommitPolicy.of(flags.policyFrom, io.environment);
  const shown = (text: string): string => policy.shown(text);
  try {
    const shownIo = { ...io, stderr: (text: string) => io.stderr(shown(text)) };
    return renamed(await checkBy(policy, paths, await policy.flags(flags), shownIo), shown);
  } catch (error) {
    throw renamedError(error, shown);
  } finally {
    policy.close();
  }
}

async function checkBy(
  policy: CommitPolicy | undefined,
  paths: readonly string[],
  flags: CheckFlags,
  io: Io,
): Promise<Ran> {
  const config = policy ? await policy.config(flags.config) : await configOf(flags.config);
  const { engine, warnings } = await engineOf(flags, config);
  if (flags.operation !== undefined && !engine.schemas.find(flags.operation))
    throw noSchema(flags.operation, engine.schemas);
  const searched = paths.length > 0 ? paths : defaultPaths(config);
  const { entries, empty } = await allEntries(searched, { io, skipUnrelated: flags.skipUnrelated === true });
  const { unused, ...settings } = await byConfig(config);
  const known = await knownBy(flags.baseline, config, policy && ((file) => policy.path(file)));
  const isReported = await reportedFiles(flags, policy ? undefined : config, io);
  const options = {
    ...flags,
    ...barOf(flags, config),
    ...settings,
    ...(policy && { contextFrom: policy.name }),
    ...(known && { mark: known.mark }),
    ...(isReported && { isReported }),
  };
  const checked = flags.live
    ? await (await import("./live.ts")).checkLive(entries, engine, { options, io })
    : await checkFiles(entries, engine, options);
  if (!flags.allowEmpty)
    addNothingFound(checked.report, { empty, paths, isPart: flags.changedFrom !== undefined });
  for (const warning of warnings) io.stderr(warningText(warning));
  if (config && paths.length === 0)
    for (const index of unused()) io.stderr(warningText(unusedWaiver(config, index)));
  const obsolete = known?.gone(entries.map(({ file }) => file));
  if (obsolete) io.stderr(warningText(obsolete));
  return { checked: { ...checked, engine }, status: statusOf(checked, flags) };
}

/**
 * Returns a predicate for the files to report on, or undefined for all. Deciding files that come from
 * `policyFrom` are not compared: the change under review can't affect them.
 */
async function reportedFiles(flags: CheckFlags, config: Config | undefined, io: Io) {
  if (flags.changedFrom === undefined) return undefined;
  const { changedSince } = await import("./changed-files.ts");
  const deciding = flags.policyFrom === undefined ? decidingFiles(flags, config) : [];
  return changedSince({ base: flags.changedFrom, deciding, io });
}

/** Files and directories that affect the findings in other files. */
const decidingFiles = (flags: CheckFlags, config: Config | undefined): string[] => [
  ...flags.context,
  ...flags.rules,
  ...flags.schemas,
  ...(flags.baseline ? [flags.baseline] : []),
  // All candidates, not just the file in use: one that the change removed may have been in use before.
  ...(flags.config === undefined ? configPlaces(".").map((file) => relative(".", file)) : []),
  ...(config ? [config.file, ...fromConfig(config, namedBy(config))] : []),
];

const namedBy = ({ context, rulePacks, schemas, baseline }: Config): string[] => [
  ...context,
  ...rulePacks,
  ...schemas,
  ...(baseline === undefined ? [] : [baseline]),
];

/**
 * Reported only for runs over everything, since a run over part of the files can't tell that a waiver is
 * unused.
 */
const unusedWaiver = (config: Config, index: number): ContextFault => ({
  file: config.file,
  message: `this waiver of ${quoted(config.waivers[index]!.code)} waived nothing`,
  help: "remove it where the finding is gone; check its `file` and `pointer` where it isn't",
  place: config.placeOf(["waivers", index], "value"),
});

function statusOf({ report, missing }: Checked, flags: CheckFlags): number {
  if (missing) return EXIT.usage;
  const { diagnostics } = report;
  const isUnfound = ({ code }: Diagnostic): boolean => code === "document/no-request";
  if (
    report.summary.requests === 0 &&
    diagnostics.every((one) => isUnfound(one) || one.status === "undecided")
  ) {
    const isFine = flags.allowEmpty || (flags.changedFrom !== undefined && !diagnostics.some(isUnfound));
    return isFine ? EXIT.ok : EXIT.nothing;
  }
  return report.outcome === "fail" ? EXIT.failed : EXIT.ok;
}
