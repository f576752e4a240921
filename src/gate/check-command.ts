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
import { NamedFiles } from "./file-words.ts";
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
  /** Don't refuse what can't be told from the words. */
  allowUnread?: boolean;
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
    const words = resolveAliases(given, io.environment);
    if (!flags.allowUnread) refusePrompt(words);
    await named.copy(words);
    const text = formatScript(words, justification);
    const file = `${files.directory}/command.sh`;
    files.name(file, COMMAND_NAME);
    const sources = [{ file, isExplicit: true, source: { file, text } }];
    const home = homeOf(io.environment);
    const commandLine = { directory: files.directory, home, copies: named.copies, runs: new Set<string>() };
    const checking = { ...flags, allowEmpty: true, sources, commandLine };
    const facts = gather && (await gather(checking, files.directory));
    const context = [...flags.context, ...(facts !== undefined && existsSync(facts) ? [facts] : [])];
    const ran = await runCheck([], { ...checking, context }, io);
    const isConcerned = concerns(ran.checked.report);
    if (isConcerned) refuseProblems(named.problems);
    adviseOptions(ran.checked.report.diagnostics);
    return {
      checked: restoreNamesOf(restoreResultNames(ran, shown).checked, shown),
      status: ran.status,
      words: isConcerned ? replaceFiles(words, named, ran.checked) : words,
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

/** A word that names a file is text where an option takes several: it is sent as it is, not the name of a copy. */
function replaceFiles(
  words: readonly string[],
  named: NamedFiles,
  { report, payloadOf }: RunCheckResult,
): readonly string[] {
  const sent = new Set(report.requests.flatMap((request) => listTexts(payloadOf(request))));
  return words.map((word) => (sent.has(word) ? word : named.replace(word)));
}

const listTexts = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(listTexts)
      : [];

/** With this option, the AWS CLI asks for words that nobody has checked. */
function refusePrompt(words: readonly string[]): void {
  const prompt = words.find((word) => word.length > "--cli-".length && "--cli-auto-prompt".startsWith(word));
  if (prompt !== undefined)
    throw new UsageError(
      `${quoted(prompt)} lets the AWS CLI ask for more words, which are not checked`,
      "leave it out, and write the command in full",
    );
}

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
