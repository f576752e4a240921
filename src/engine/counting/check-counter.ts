import type { CheckPosition, CountedFacts } from "../../diagnostics/counted.ts";
import { isFact, nameFact } from "../../diagnostics/counted.ts";
import type { Diagnostic, MissingInput } from "../../diagnostics/diagnostic.ts";
import { compareByCodeUnit, compareDiagnostics } from "../../diagnostics/diagnostic.ts";
import { UNREAD } from "../../diagnostics/missing.ts";
import type { PendingFinding } from "../../rules/findings/pending-finding.ts";
import { findCommand, listDistinctFacts, nameMissingFact } from "../../rules/findings/undecided.ts";
import type { MissingFact } from "../../rules/runtime/index.ts";

/** How many checks of a request are counted, in all and by fact. */
export interface CheckCounts {
  checks: number;
  byFact: ReadonlyMap<string, number>;
}

/** What a request waits for, counted. */
export interface CountedWaiting {
  counts: CheckCounts;
  facts: CountedFacts;
}

/** What all requests wait for whose checks are the same. */
interface Waiting {
  counts: CheckCounts;
  names: readonly string[];
  /** What each of them consists of. */
  facts: readonly (readonly MissingFact[])[];
}

/** A file with diagnostics, which are those of its requests and others. */
interface CountedIn {
  file: string;
  requests: readonly { diagnostics: Diagnostic[]; counts?: CheckCounts }[];
  diagnostics: Diagnostic[];
  facts?: CountedFacts;
}

/** Counts the undecided checks of a run that wait for facts alone, so that no diagnostics are kept of them. */
export class CheckCounter {
  /** The file that a fact is named in first: reports list facts in this order if as many checks wait for them. */
  readonly #firstFiles = new Map<string, string>();
  /** Most requests of a run wait for the same facts as many times. */
  readonly #counts = new Map<string, CheckCounts>();
  /** By the list of the checks, which is one for all requests that wait for the same. */
  readonly #waiting = new WeakMap<object, Waiting>();
  readonly #names = new Map<string, readonly string[]>();
  /** The last command for each fact: there are commands that are the same for all requests. */
  readonly #commands = new Map<string, string>();

  /**
   * Counts findings of the only request of a file before they have texts and places. Undefined if the place of one
   * matters, since no file before names the fact.
   */
  countPending(
    file: string,
    pending: readonly PendingFinding[],
    payload: unknown,
  ): (CountedWaiting & { others: readonly PendingFinding[] }) | undefined {
    const facts: (readonly MissingFact[])[] = [];
    const others: PendingFinding[] = [];
    for (const each of pending) {
      const { missingFacts } = each;
      if (missingFacts) facts.push(missingFacts);
      else others.push(each);
    }
    const counted = this.countWaiting(file, facts, payload);
    return counted && { ...counted, others };
  }

  /** Counts checks by the facts that each of them waits for. Lists of the same checks are best one object. */
  countWaiting(
    file: string,
    checks: readonly (readonly MissingFact[])[],
    payload: unknown,
  ): CountedWaiting | undefined {
    const { facts, names, counts } = this.#waiting.get(checks) ?? this.#describe(checks);
    if (names.length === 0) return undefined;
    for (const name of names) if (!this.#isNamedBefore(name, file)) return undefined;
    const commands = names.map((name, index) => {
      const [only, ...more] = facts[index]!;
      if (more.length === 0) return this.#shareCommand(name, only!, payload);
      const all = facts[index]!.map((fact) => this.#shareCommand(name, fact, payload));
      return oneOrAll([...new Set(all.filter((command) => command !== undefined))]);
    });
    return { counts, facts: { names, commands } };
  }

  #describe(checks: readonly (readonly MissingFact[])[]): Waiting {
    const distinct = listDistinctFacts(checks);
    const names = this.#shareNames([...new Set(distinct.map(nameMissingFact))]);
    const facts = names.map((name) => distinct.filter((fact) => nameMissingFact(fact) === name));
    const counts = this.#share(checks.map((each) => each.map(nameMissingFact)));
    const waiting = { facts, names, counts };
    this.#waiting.set(checks, waiting);
    return waiting;
  }

  /** Undefined if no command prints the fact. */
  #shareCommand(name: string, fact: MissingFact, payload: unknown): string | undefined {
    if (fact.kind !== "context" || fact.member !== undefined) return undefined;
    const command = findCommand(fact.name, payload);
    return command && this.#keepLast(name, command);
  }

  #keepLast(name: string, command: string): string {
    const last = this.#commands.get(name);
    if (last === command) return last;
    this.#commands.set(name, command);
    return command;
  }

  /** Takes the diagnostics out of a file's requests that wait for facts alone. */
  countFile(file: CountedIn): void {
    const waiting = file.requests.flatMap(({ diagnostics }) => diagnostics.filter(isWaitingForFacts));
    const counted = new Set(waiting);
    // The order of all commands that a file names goes by the places of its checks.
    const isMixed = file.diagnostics.some((each) => namesFact(each) && !counted.has(each));
    if (waiting.length === 0 || isMixed || waiting.some((each) => each.file !== file.file)) return;
    const isLeft = (each: Diagnostic): boolean => !counted.has(each);
    for (const request of file.requests) {
      const own = request.diagnostics.filter((each) => counted.has(each));
      if (own.length === 0) continue;
      const names = own.map(({ missing = [] }) => missing.map(nameFact));
      request.counts = this.#share(names, request.counts);
      request.diagnostics = request.diagnostics.filter(isLeft);
    }
    file.diagnostics = file.diagnostics.filter(isLeft);
    file.facts = joinFacts(file.facts, this.#listPlaced(waiting.sort(compareDiagnostics)));
  }

  #listPlaced(waiting: readonly Diagnostic[]): CountedFacts {
    const firsts = new Map<string, CheckPosition>();
    for (const { missing = [], ...check } of waiting)
      for (const name of missing.map(nameFact)) {
        if (firsts.has(name)) continue;
        firsts.set(name, toPosition(check));
        if (!this.#isNamedBefore(name, check.file!)) this.#firstFiles.set(name, check.file!);
      }
    return { ...this.#listFacts(waiting.flatMap(({ missing = [] }) => missing)), firsts };
  }

  /** The facts in the order of their first input, each with its commands. */
  #listFacts(inputs: readonly MissingInput[]): CountedFacts {
    const commands = new Map<string, Set<string>>();
    for (const { command, ...input } of inputs) {
      const name = nameFact(input);
      const own = commands.get(name) ?? new Set();
      commands.set(name, own);
      if (command === undefined) continue;
      own.add(this.#keepLast(name, command));
    }
    const names = this.#shareNames([...commands.keys()]);
    return { names, commands: [...commands.values()].map((each) => oneOrAll([...each])) };
  }

  #shareNames(names: readonly string[]): readonly string[] {
    const key = names.join(" ");
    const shared = this.#names.get(key) ?? names;
    this.#names.set(key, shared);
    return shared;
  }

  #isNamedBefore(name: string, file: string): boolean {
    const first = this.#firstFiles.get(name);
    return first !== undefined && compareByCodeUnit(first, file) < 0;
  }

  /** The counts of checks that name these facts, added to others. */
  #share(checks: readonly (readonly string[])[], others?: CheckCounts): CheckCounts {
    const byFact = new Map(others?.byFact);
    for (const names of checks)
      for (const name of new Set(names)) byFact.set(name, (byFact.get(name) ?? 0) + 1);
    const counts = { checks: checks.length + (others?.checks ?? 0), byFact };
    const key = JSON.stringify([counts.checks, ...byFact]);
    const known = this.#counts.get(key) ?? counts;
    this.#counts.set(key, known);
    return known;
  }
}

const namesFact = ({ status, missing = [] }: Diagnostic): boolean =>
  status === "undecided" && missing.some(isFact);

const isWaitingForFacts = (check: Diagnostic): boolean =>
  namesFact(check) && check.code !== UNREAD && check.missing!.every(isFact);

const toPosition = ({ file = "", line = 0, column = 0, code }: CheckPosition): CheckPosition => ({
  file,
  line,
  column,
  code,
});

const oneOrAll = (commands: readonly string[]): string | readonly string[] | undefined =>
  commands.length > 1 ? commands : commands[0];

const joinFacts = (a: CountedFacts | undefined, b: CountedFacts): CountedFacts =>
  a ? { ...b, names: [...a.names, ...b.names], commands: [...a.commands, ...b.commands] } : b;
