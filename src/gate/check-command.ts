import { existsSync } from "node:fs";
import type { Config } from "../config/config.ts";
import { type Diagnostic, lacksJustification } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/report.ts";
import { quoted } from "../diagnostics/text.ts";
import { loadRunConfig } from "../run/config.ts";
import type { Io } from "../run/io.ts";
import { UsageError } from "../run/io.ts";
import { restoreErrorNames, restoreResultNames } from "../run/restore-names.ts";
import { runCheck } from "../run/run.ts";
import type { CheckFlags, RunCheckResult } from "../run/types.ts";
import { resolveAliases } from "./aliases.ts";
import { homeOf } from "./environment.ts";
import { type GateWord, NamedFiles } from "./file-words.ts";
import { type CallPlace, findCallPlace } from "./place.ts";
import { PrivateFiles } from "./private-files.ts";
import { formatScript } from "./script.ts";

/** The name that findings give for the command. */
export const COMMAND_NAME = "<command>";

/** A command that was checked. */
export interface CheckedCommand {
  checked: RunCheckResult;
  /** The exit status of the check. */
  status: number;
  /** The words that were checked, for the AWS CLI. */
  words: readonly string[];
  place: CallPlace;
  config: Config | undefined;
  files: PrivateFiles;
}

export interface GateFlags extends CheckFlags {
  justification?: string;
}

/** Gathers facts into a directory before the check; returns the path of their context. */
export type GatherFacts = (flags: CheckFlags, directory: string) => Promise<string>;

/** Checks a command of the AWS CLI. The private copies of its files are there until `files.remove()`. */
export async function checkCommand(
  given: readonly string[],
  { justification, ...flags }: GateFlags,
  io: Io,
  gather?: GatherFacts,
): Promise<CheckedCommand> {
  const config = await loadRunConfig(flags.config);
  const files = new PrivateFiles(io.stderr);
  const shown = (text: string): string => files.restoreNames(text);
  try {
    const named = new NamedFiles(files, io.environment);
    const words: GateWord[] = [];
    for (const word of resolveAliases(given, io.environment)) words.push(await named.copy(word));
    const text = formatScript(
      words.map(({ checked }) => checked),
      justification,
    );
    const file = `${files.directory}/command.sh`;
    files.name(file, COMMAND_NAME);
    const sources = [{ file, isExplicit: true, source: { file, text } }];
    const commandLine = { directory: files.directory, home: homeOf(io.environment), runs: new Set<string>() };
    const checking = { ...flags, allowEmpty: true, sources, commandLine };
    const facts = gather && (await gather(checking, files.directory));
    const context = [...flags.context, ...(facts !== undefined && existsSync(facts) ? [facts] : [])];
    const ran = await runCheck([], { ...checking, context }, io);
    if (concerns(ran.checked.report)) refuseProblems(named.problems);
    adviseOptions(ran.checked.report.diagnostics);
    return {
      checked: restoreNamesOf(restoreResultNames(ran, shown).checked, shown),
      status: ran.status,
      words: words.map(({ run }) => run),
      place: findCallPlace(given, createPlaceSources(flags, config, io)),
      config,
      files,
    };
  } catch (error) {
    files.remove();
    throw restoreErrorNames(error, shown);
  }
}

/** Whether a command is one that is checked. */
export const concerns = ({ requests, summary }: Report): boolean =>
  requests.length > 0 || summary.unread > 0 || summary.errors > 0;

/** What could not be read when the command was checked may be there when it runs. */
function refuseProblems([first]: NamedFiles["problems"]): void {
  if (first)
    throw new UsageError(
      `the file ${quoted(first.name)} can't be read: ${first.problem}`,
      "a command is checked with the very files that it sends: check the path",
    );
}

/** A command has an option where a script has a comment. */
function adviseOptions(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics)
    if (lacksJustification(diagnostic))
      diagnostic.help =
        "give `--justification TEXT`, with what happened, what else was tried, and where the lost data still is";
}

const createPlaceSources = (flags: CheckFlags, config: Config | undefined, { environment }: Io) => ({
  environment,
  caller: flags.caller ?? config?.caller,
  cliVersion: config?.cliVersion,
});

/** The names of files beside those in diagnostics. */
function restoreNamesOf(checked: RunCheckResult, shown: (text: string) => string): RunCheckResult {
  for (const request of checked.report.requests) request.file = shown(request.file);
  const sources = new Map([...checked.sources].map(([file, lines]) => [shown(file), lines]));
  return { ...checked, sources };
}
