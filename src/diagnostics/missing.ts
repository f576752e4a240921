import type { CheckPosition, CountedFile } from "./counted.ts";
import { isBefore, isFact, nameFact } from "./counted.ts";
import type { Diagnostic, MissingInput } from "./diagnostic.ts";
import { compareByCodeUnit, compareDiagnostics } from "./diagnostic.ts";
import { mergeCommands } from "./merge-commands.ts";

/** The code of calls that could not be read. */
export const UNREAD = "document/unread";

/** A fact that undecided checks lack: all records of one kind, since one command prints them. */
export interface FactGroup {
  /** The name of the context, such as `context.fileSystem`; or `policies`. */
  name: string;
  /** The name in words, such as "file system". */
  label: string;
  /** The commands that print it, which can differ in the ids of the records. */
  commands: readonly string[];
  /** The checks that it decides, but for those that are only counted. */
  checks: readonly Diagnostic[];
  /** How many checks are only counted, and of how many requests. */
  counted: CheckCount;
}

/** Checks that are counted and not listed. */
export interface CheckCount {
  checks: number;
  requests: ReadonlySet<object>;
}

/** The values of a file that only the run knows. */
export interface ValueGroup {
  file: string;
  /** The placeholders as they stand in the file. */
  names: readonly string[];
  /** Checks of requests in this file, and those of other files that wait for nothing of their own. */
  checks: readonly Diagnostic[];
}

/** What the undecided checks of a report wait for. */
export interface MissingInputs {
  facts: readonly FactGroup[];
  values: readonly ValueGroup[];
  /** Checks that wait for a fact or a value, but for those that are only counted. */
  waiting: readonly Diagnostic[];
  counted: CheckCount;
  /** Checks that nothing can decide, because AWS documents no answer. */
  open: readonly Diagnostic[];
  /** Calls that could not be read. */
  unread: readonly Diagnostic[];
}

/** Groups what undecided checks wait for: facts by what prints them, values by file; the most wanted first. */
export function groupMissing(
  diagnostics: readonly Diagnostic[],
  counted: readonly CountedFile[] = [],
): MissingInputs {
  const undecided = diagnostics.filter(({ status }) => status === "undecided");
  const unread = undecided.filter(({ code }) => code === UNREAD);
  const checks = undecided.filter(({ code }) => code !== UNREAD);
  const isWaiting = ({ missing = [] }: Diagnostic) => missing.some(({ kind }) => kind !== "call");
  const waiting = checks.filter(isWaiting);
  const requests = counted.flatMap((file) => file.requests);
  return {
    facts: groupFacts(waiting, counted),
    values: groupValues(waiting),
    waiting,
    counted: {
      checks: requests.reduce((sum, one) => sum + one.checks, 0),
      requests: new Set(requests.map(({ request }) => request)),
    },
    open: checks.filter((check) => !isWaiting(check)),
    unread,
  };
}

const groups = new WeakMap<readonly Diagnostic[], MissingInputs>();

/** The same for a finished report, whose formats and their parts ask for it again and again. */
export function missingOf({
  diagnostics,
  counted,
}: {
  diagnostics: readonly Diagnostic[];
  counted?: readonly CountedFile[];
}): MissingInputs {
  const missing = groups.get(diagnostics) ?? groupMissing(diagnostics, counted);
  groups.set(diagnostics, missing);
  return missing;
}

/** All checks of a group, the counted ones included. */
export const countChecks = (listed: readonly Diagnostic[], counted: CheckCount): number =>
  listed.length + counted.checks;

interface OpenGroup {
  commands: Set<string>;
  checks: Set<Diagnostic>;
  counted: { checks: number; requests: Set<object> };
  first: CheckPosition | undefined;
}

function groupFacts(waiting: readonly Diagnostic[], counted: readonly CountedFile[]): FactGroup[] {
  const facts = new Map<string, OpenGroup>();
  const groupOf = (name: string, first?: CheckPosition): OpenGroup => {
    const group = getOrAdd(facts, name, () => ({
      commands: new Set<string>(),
      checks: new Set<Diagnostic>(),
      counted: { checks: 0, requests: new Set<object>() },
      first,
    }));
    if (first && (!group.first || isBefore(first, group.first))) group.first = first;
    return group;
  };
  for (const each of inOrder(waiting, counted)) {
    if ("requests" in each) addCounted(each, groupOf);
    else addListed(each, groupOf);
  }
  return [...facts]
    .sort(([, a], [, b]) => countGroup(b) - countGroup(a) || comparePositions(a.first, b.first))
    .map(([name, { commands, checks, counted }]) => ({
      name,
      label: describeFact(name),
      commands: [...commands],
      checks: [...checks],
      counted,
    }));
}

const comparePositions = (a: CheckPosition | undefined, b: CheckPosition | undefined): number =>
  a && b ? compareDiagnostics(a, b) : 0;

const countGroup = ({ checks, counted }: OpenGroup): number => checks.size + counted.checks;

/** By file, where both name commands: a file has checks that name facts either listed or counted. */
function inOrder(
  waiting: readonly Diagnostic[],
  counted: readonly CountedFile[],
): readonly (Diagnostic | CountedFile)[] {
  if (counted.length === 0) return waiting;
  return [...waiting, ...counted].sort((a, b) => compareByCodeUnit(a.file ?? "", b.file ?? ""));
}

type GroupOf = (name: string, first?: CheckPosition) => OpenGroup;

function addListed(check: Diagnostic, groupOf: GroupOf): void {
  for (const input of check.missing ?? []) {
    if (!isFact(input)) continue;
    const fact = groupOf(nameFact(input), check);
    if (input.command !== undefined) fact.commands.add(input.command);
    fact.checks.add(check);
  }
}

const NO_COMMANDS: readonly string[] = [];

function addCounted({ facts, requests }: CountedFile, groupOf: GroupOf): void {
  for (let index = 0; index < facts.names.length; index++) {
    const name = facts.names[index]!;
    const group = groupOf(name, facts.firsts?.get(name));
    const printed = facts.commands[index];
    if (typeof printed === "string") group.commands.add(printed);
    else for (const command of printed ?? NO_COMMANDS) group.commands.add(command);
    for (const { request, byFact } of requests) {
      const checks = byFact.get(name) ?? 0;
      group.counted.checks += checks;
      if (checks > 0) group.counted.requests.add(request);
    }
  }
}

/** Turns `context.dataRepositoryTasks` into "data repository tasks". */
const describeFact = (name: string): string =>
  name === "policies"
    ? "policies of roles and users"
    : name.replace(/^context\./, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function groupValues(waiting: readonly Diagnostic[]): ValueGroup[] {
  const locate = createValueLocator(waiting);
  const files = new Map<string, { names: Set<string>; checks: Set<Diagnostic> }>();
  for (const check of waiting) {
    const values = (check.missing ?? []).filter(({ kind }) => kind === "value");
    const located = values.map((value) => locate(value, check));
    const own = located.filter(({ file }) => file === check.file);
    for (const { file, name } of located) {
      const group = getOrAdd(files, file, () => ({ names: new Set(), checks: new Set() }));
      group.names.add(name);
      if (own.length === 0 || file === check.file) group.checks.add(check);
    }
  }
  return [...files]
    .map(([file, { names, checks }]) => ({ file, names: [...names], checks: [...checks] }))
    .sort((a, b) => b.checks.length - a.checks.length);
}

interface LocatedName {
  file: string;
  name: string;
}

/**
 * A check across requests names the values of other requests, without where they are; and a text with a
 * placeholder in it is named as a whole. Both are looked up among the values whose place is known.
 */
function createValueLocator(waiting: readonly Diagnostic[]) {
  const namesByFile = new Map<string, Set<string>>();
  const fileOf = new Map<string, string>();
  for (const { missing = [] } of waiting) {
    for (const { kind, name, file } of missing) {
      if (kind !== "value" || file === undefined) continue;
      getOrAdd(namesByFile, file, () => new Set<string>()).add(name);
      if (!fileOf.has(name)) fileOf.set(name, file);
    }
  }
  return ({ name, file }: MissingInput, { file: own = "request" }: Diagnostic): LocatedName => {
    if (file !== undefined) return { file, name };
    const names = [...(namesByFile.get(own) ?? [])];
    const within = names.find((one) => one === name) ?? names.find((one) => one !== "" && name.includes(one));
    return { file: within === undefined ? (fileOf.get(name) ?? own) : own, name: within ?? name };
  };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}

/** As many merged commands are shown of one fact. */
const MAX_COMMANDS = 3;

/** The merged commands of a fact that a report shows, and a word on the others. */
export function listCommands(commands: readonly string[]): { shown: string[]; more: string } {
  const merged = mergeCommands(commands);
  const left = merged.length - MAX_COMMANDS;
  return {
    shown: merged.slice(0, MAX_COMMANDS),
    more: left > 0 ? `${left} more that \`countersign context plan\` prints` : "",
  };
}
