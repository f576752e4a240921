import type { Span } from "../../../diagnostics/lines.ts";
import type { ProgramOperations } from "../operations.ts";
import { CodeLines } from "./lines.ts";
import { marksIn } from "./marks.ts";
import { OUTLINES } from "./rules.ts";
import type { OutlineRules, Unit } from "./units.ts";
import { unitsIn } from "./units.ts";
import { isMethodCallAt, mentionsOf, namesIn, placesByName, wordsIn } from "./words.ts";

/**
 * The definitions of a program that change nothing about its calls of AWS: they name no operation, what calls use has no
 * name that they mention, and nothing that is read calls them. `code` is the text with blanks for comments and strings.
 */
export function inertIn(text: string, code: string, language: string, operations: ProgramOperations): Span[] {
  const rules = Object.hasOwn(OUTLINES, language) ? OUTLINES[language] : undefined;
  if (!rules) return [];
  const { places, named } = marksIn(text, rules.isDeclarative ? "blocks" : "code", operations);
  const isMarked = ({ start, end }: Span): boolean => hasBetween(places, start, end);
  const lines = new CodeLines(code);
  const units = openUnits(unitsIn(lines, rules), isMarked);
  if (rules.isDeclarative) return units.filter((unit) => !isMarked(unit));
  const members = new Set(named.flatMap((operation) => [...operations.memberNames(operation)]).map(small));
  if (units.length === 0) return [];
  const statements = statementsOf(code, lines, units, rules);
  return [...new ReadPart(code, units, statements, members).inertOf(isMarked)];
}

const small = (name: string): string => name.toLowerCase();

function hasBetween(places: readonly number[], start: number, end: number): boolean {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < places.length && places[low]! < end;
}

/** Of classes in which something has to be read, the definitions in them. */
const openUnits = (units: readonly Unit[], isMarked: (unit: Span) => boolean): Unit[] =>
  units.flatMap((unit) =>
    unit.members.length > 0 && isMarked(unit) ? openUnits(unit.members, isMarked) : [unit],
  );

/** `x.name = …`, with any operator. */
const ASSIGNED_MEMBER = /(?:\.|->)\s*([\w$]+)\s*(?:[-+*/|&?%^]{0,3})=(?![=>])/g;

/** A name for a client, or for who logs: it is never a value of a request. */
const OPAQUE =
  /^(?:(?:export|const|let|var|private|public|protected|static|final|readonly)\s+)*(?:[\w.]+\s+)?([\w$]+)\s*(?::[^=]*)?=\s*(?:await\s+)?(?:new\s+)?[\w.]*(?:[Cc]lient|resource|[Ss]ession|[Ll]ogger|AWS\.\w+)\w*\(/;

/** A statement outside of all definitions. */
interface Statement extends Span {
  first: string;
  names: ReadonlySet<string>;
  isImport: boolean;
}

/** More names than these are looked for all at once. */
const FEW_NAMES = 64;

/**
 * What is read of a program, which grows by what is mentioned there. Each definition and each statement is looked at once when
 * something that it depends on is read, so that a long chain of them takes no longer than as many that have nothing to do with each other.
 */
class ReadPart {
  readonly #code: string;
  readonly #units: readonly Unit[];
  readonly #statements: readonly Statement[];
  readonly #members: ReadonlySet<string>;
  readonly #assigned: ReadonlyMap<Unit, readonly string[]>;
  /** The names of what is never the value of a member. */
  readonly #opaque: ReadonlySet<string>;
  /** The definitions that have or assign a name, and the statements that mention one. */
  readonly #unitsOf: ReadonlyMap<string, readonly Unit[]>;
  readonly #statementsOf: ReadonlyMap<string, readonly Statement[]>;
  readonly #read = new Set<Unit | Statement>();
  readonly #waiting: (Unit | Statement)[] = [];
  readonly #words = new Set<string>();
  readonly #names = new Set<string>();
  /** The names in statements that have to do with what is read: who mentions them may change what they stand for. */
  readonly #shared = new Set<string>();
  #placesOf: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(
    code: string,
    units: readonly Unit[],
    statements: readonly Statement[],
    members: ReadonlySet<string>,
  ) {
    this.#code = code;
    this.#units = units;
    this.#statements = statements;
    this.#members = members;
    const assigned = assignedIn(code, units);
    this.#assigned = assigned;
    this.#unitsOf = byName(units, (unit) => [...unit.names, ...assigned.get(unit)!]);
    this.#statementsOf = byName(statements, ({ names, isImport }) => (isImport ? [] : names));
    this.#opaque = new Set(statements.flatMap(({ first }) => OPAQUE.exec(first)?.[1] ?? []));
  }

  /** What remains of the definitions when all that is marked is read, and all that it may depend on. */
  inertOf(isMarked: (span: Span) => boolean): readonly Unit[] {
    const isMember = (name: string): boolean => this.#members.has(small(name));
    this.#add(this.#units.filter((unit) => isMarked(unit) || this.#assigned.get(unit)!.some(isMember)));
    this.#add(this.#statements.filter(isMarked));
    for (let part = this.#waiting.pop(); part; part = this.#waiting.pop()) this.#readPart(part);
    return this.#units.filter((unit) => !this.#read.has(unit));
  }

  #add(parts: readonly (Unit | Statement)[]): void {
    for (const part of parts) {
      if (this.#read.has(part)) continue;
      this.#read.add(part);
      this.#waiting.push(part);
    }
  }

  #readPart(part: Unit | Statement): void {
    const code = this.#code.slice(part.start, part.end);
    for (const word of fresh(wordsIn(code), this.#words)) this.#add(this.#unitsOf.get(word) ?? []);
    const isStatement = "isImport" in part;
    const names = isStatement ? part.names : namesIn(code);
    for (const name of fresh(names, this.#names)) this.#add(this.#statementsOf.get(name) ?? []);
    if (isStatement) for (const name of fresh(names, this.#shared)) this.#addMentioning(name);
  }

  /** Takes in the definitions that mention what a shared name stands for. */
  #addMentioning(name: string): void {
    if (this.#shared.size > FEW_NAMES) this.#placesOf ??= placesByName(this.#code);
    const end = name.length;
    for (const at of this.#placesOf?.get(name) ?? mentionsOf(name, this.#code)) {
      if (this.#opaque.has(name) && isMethodCallAt(this.#code, at + end)) continue;
      const unit = unitAround(this.#units, at);
      if (unit) this.#add([unit]);
    }
  }
}

/** Those of some names that aren't known yet; then they are. */
function* fresh(names: ReadonlySet<string>, known: Set<string>): Generator<string> {
  for (const name of names) {
    if (known.has(name)) continue;
    known.add(name);
    yield name;
  }
}

function byName<T>(parts: readonly T[], namesOf: (part: T) => Iterable<string>): Map<string, T[]> {
  const all = new Map<string, T[]>();
  for (const part of parts)
    for (const name of namesOf(part)) {
      const known = all.get(name);
      if (known) known.push(part);
      else all.set(name, [part]);
    }
  return all;
}

/** The definition that a place is in: they stand in order. */
function unitAround(units: readonly Unit[], at: number): Unit | undefined {
  let [low, high] = [0, units.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle]!.end <= at) low = middle + 1;
    else high = middle;
  }
  const unit = units[low];
  return unit && unit.start <= at ? unit : undefined;
}

function assignedIn(code: string, units: readonly Unit[]): Map<Unit, string[]> {
  const assigned = new Map(units.map((unit) => [unit, [] as string[]]));
  let at = 0;
  for (const { 1: name = "", index } of code.matchAll(ASSIGNED_MEMBER)) {
    while (at < units.length && units[at]!.end <= index) at++;
    const unit = units[at];
    if (unit && unit.start <= index) assigned.get(unit)!.push(name);
  }
  return assigned;
}

/** What stands outside of all definitions. */
const statementsOf = (
  code: string,
  lines: CodeLines,
  units: readonly Unit[],
  rules: OutlineRules,
): Statement[] =>
  statementLines(lines, units, rules).map(({ from, to }) => {
    const [start, end, first] = [lines.start(from), lines.end(to), lines.code(from)];
    return { start, end, first, names: namesIn(code.slice(start, end)), isImport: rules.imports.test(first) };
  });

/** The first and the last line of each statement. */
function statementLines(
  lines: CodeLines,
  units: readonly Unit[],
  rules: OutlineRules,
): { from: number; to: number }[] {
  const statements: { from: number; to: number }[] = [];
  let at = 0;
  let isOpen = false;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    while (at < units.length && units[at]!.end <= start) at++;
    const isInside = at < units.length && units[at]!.start <= start;
    const last = isOpen ? statements.at(-1) : undefined;
    isOpen = !isInside && !rules.container?.test(lines.code(line));
    if (last && !isInside && goesOn(lines, line, last.from)) last.to = line;
    else if (!isInside) statements.push({ from: line, to: line });
  }
  return statements;
}

const goesOn = (lines: CodeLines, line: number, first: number): boolean =>
  lines.before(line) > lines.before(first) ||
  lines.indent(line) > lines.indent(first) ||
  lines.startsWith(line, "\"')]}.");
