import type { ParsedText } from "../../documents/document.ts";
import type { OpenTexts } from "../../files/source.ts";
import { readCommandDirectives } from "../aws-cli/directives.ts";
import { findCommands } from "../aws-cli/find.ts";
import type { CommandFile, FoundCommands } from "../aws-cli/found-commands.ts";
import { CliOperations, type ShapeStore } from "../aws-cli/operations.ts";
import type { CliVersion } from "../aws-cli/options.ts";
import { UNREAD_OPERATION } from "../aws-cli/unchecked-command.ts";
import { findUnreadCommands } from "../aws-cli/unread-commands.ts";
import { findInDocument } from "../find.ts";
import type { KnownNames } from "../mentions/names.ts";
import { knownNamesOf } from "../mentions/names.ts";
import type { OperationNames } from "../operations.ts";
import type { Unread } from "../request.ts";
import type { CommandLine } from "../shell/command-line.ts";
import type { CommandProgram } from "../shell/interpreters.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { readScripts } from "./kind.ts";

/** A file that contains scripts, and what is needed to read their commands. */
export interface ScriptFile {
  file: string;
  text: string;
  kind: ScriptKind;
  parsed: ParsedText;
  schemas: ShapeStore;
  /** The names that templates give to operations. */
  names: OperationNames;
  /** The version of the AWS CLI that runs the commands, if it is known. */
  cliVersion?: CliVersion | undefined;
  openTexts?: OpenTexts | undefined;
  /** Set if the text is about to run. */
  commandLine?: CommandLine | undefined;
  /** Finds the calls of a program in another language that a command runs: `python3 -c '…'`. */
  findInProgram(
    program: CommandProgram,
  ): Promise<Omit<FoundCommands, "inner" | "reads" | "resources" | "programs">>;
}

/** Finds the requests in all scripts of a file. */
export async function findInScripts({
  file,
  text,
  kind,
  parsed,
  schemas,
  names,
  cliVersion,
  openTexts,
  commandLine,
  findInProgram,
}: ScriptFile): Promise<
  Omit<FoundCommands, "inner" | "reads" | "resources" | "programs"> & { reads: string[] }
> {
  const parseYaml = text.includes("--cli-input-y")
    ? (await import("../../documents/yaml/yaml.ts")).parseYaml
    : undefined;
  const operations = getOperations(schemas);
  const scripted = { file, text, operations, parseYaml, cliVersion, openTexts, commandLine };
  const inScripts = findCommands(await readScripts(kind, text, parsed), scripted);
  const inside = await Promise.all(
    inScripts.resources.map((resource) => findInResource(resource, scripted, names)),
  );
  const commands = [inScripts, ...inside.map((each) => each.commands)];
  const programs = await Promise.all(commands.flatMap((each) => each.programs).map(findInProgram));
  const found = [...commands, ...inside.map(({ calls }) => calls), ...programs];
  // What the resource of a command holds is found there.
  const isRead = (command: Unread): boolean =>
    inScripts.resources.some(
      ({ span }, index) => span.start === command.span.start && holdsAny(inside[index]!),
    );
  const inner = commands.flatMap((each) => each.inner).filter((command) => !isRead(command));
  const seen = commands.flatMap((each) => each.seen);
  const left = findUnreadCommands({
    ...scripted,
    seen,
    isProse: kind.isProse ?? false,
    needsAwsPrefix: false,
    isAboutToRun: commandLine !== undefined,
  });
  return {
    requests: found
      .flatMap(({ requests }) => requests)
      .sort((a, b) => getRequestStart(a) - getRequestStart(b)),
    faults: found.flatMap(({ faults }) => faults),
    unread: [...found.flatMap(({ unread }) => unread), ...inner, ...left],
    unchecked: found.flatMap(({ unchecked }) => unchecked),
    seen,
    reads: commands.flatMap(({ reads }) => [...reads]),
  };
}

const holdsAny = (found: Awaited<ReturnType<typeof findInResource>>): boolean =>
  [found.calls, found.commands].some(({ requests, unread }) => requests.length + unread.length > 0);

/** Finds the calls and the commands of a resource that a command makes. */
async function findInResource(
  { document, span }: FoundCommands["resources"][number],
  scripted: CommandFile,
  operations: OperationNames,
) {
  const { text } = scripted;
  const { parseYaml } = await import("../../documents/yaml/yaml.ts");
  const { readTemplate } = await import("./machines/template.ts");
  const { faults: misspelt, ...directives } = readCommandDirectives(text, span);
  const calls = findInDocument(document, {
    directives: [],
    text,
    operations,
    parseYaml,
    language: "shell",
    isExpected: false,
    seenEvents: new Set(),
  });
  const requests = (calls?.requests ?? []).map((request) => ({ ...request, document, ...directives }));
  const scripts = readTemplate(text, document);
  return {
    calls: {
      requests,
      faults: [...(calls?.faults ?? []), ...misspelt],
      unread: calls?.unread ?? [],
      unchecked: calls?.unchecked ?? [],
    },
    commands: findCommands(scripts, scripted),
  };
}

/**
 * Finds the requests of commands that something else than a script runs, and the programs that they run. What they hold in their words, or in a resource
 * that they make, is unread.
 */
export function findScriptCommands(
  scripts: readonly Script[],
  { path, text, schemas }: { path: string; text: string; schemas: ShapeStore },
): Omit<FoundCommands, "inner" | "resources"> {
  const scripted = { file: path, text, operations: getOperations(schemas), parseYaml: undefined };
  const { inner, resources, ...found } = findCommands(scripts, scripted);
  const said = new Set(inner.map(({ span }) => span.start));
  const made = resources.flatMap(({ span }): Unread[] => {
    if (said.has(span.start) || !namesCall(text.slice(span.start, span.end), knownNamesOf(schemas)))
      return [];
    return [{ span, why: MADE_ELSEWHERE, language: "shell" }];
  });
  return { ...found, unread: [...found.unread, ...inner, ...made] };
}

const MADE_ELSEWHERE =
  "this command makes something that makes calls of its own, and in a program those are not read";

/** Does a text hold the name of an operation, in any spelling? */
const namesCall = (text: string, names: KnownNames): boolean =>
  (text.match(/[A-Za-z][\w-]*/g) ?? []).some((word) => names.find(word).length > 0);

/** Finds apparent commands in a file that is not read as a script. */
export const findStrayCommands = (text: string, schemas: ShapeStore): Unread[] =>
  findUnreadCommands({
    text,
    operations: getOperations(schemas),
    seen: [],
    isProse: false,
    needsAwsPrefix: true,
  });

/**
 * Apparent commands in a text of PowerShell that is about to run. Where they stand is not told: what takes words apart is
 * left out before.
 */
export function findPowerShellCommands(text: string, schemas: ShapeStore): Unread[] {
  const flat = text.replace(/`\r?\n/g, " ").replace(/[`'"()+@&]/g, "");
  const operations = getOperations(schemas);
  const sought = {
    text: flat,
    operations,
    seen: [],
    isProse: false,
    needsAwsPrefix: false,
    isAboutToRun: true,
  };
  const span = { start: 0, end: text.length };
  const named = findUnreadCommands(sought).map((command) => ({ ...command, span }));
  if (named.length > 0) return named;
  return UNKNOWN_CALL.test(text) ? [{ span, ...UNREAD_OPERATION }] : [];
}

/** `aws $words`. */
const UNKNOWN_CALL = /(?<![\w-])aws(?:\.exe|\.cmd)?["']?[ \t]+[$@(]/i;

const getRequestStart = ({ document }: FoundCommands["requests"][number]): number =>
  document.span([], "value").start;

const OPERATIONS_BY_STORE = new WeakMap<ShapeStore, CliOperations>();

/** Cached per schema store. */
function getOperations(schemas: ShapeStore): CliOperations {
  const operations = OPERATIONS_BY_STORE.get(schemas) ?? new CliOperations(schemas);
  OPERATIONS_BY_STORE.set(schemas, operations);
  return operations;
}
