import type { Span } from "../../../diagnostics/lines.ts";
import type { ProgramOperations } from "../operations.ts";
import { CodeLines } from "./lines.ts";
import { marksIn } from "./marks.ts";
import { OUTLINES } from "./rules.ts";
import type { OutlineRules, Unit } from "./units.ts";
import { unitsIn } from "./units.ts";
import { isMethodCallAt, mentionsOf, namesIn, wordsIn } from "./words.ts";

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
  return [...new ReadPart(code, units, statements, members).inertOf(units, isMarked)];
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

/** What is read of a program, which grows by what is mentioned there. */
class ReadPart {
  readonly #code: string;
  readonly #members: ReadonlySet<string>;
  readonly #assigned: ReadonlyMap<Unit, readonly string[]>;
  #statements: readonly Statement[];
  /** The names of what is never the value of a member. */
  readonly #opaque: ReadonlySet<string>;
  readonly #words = new Set<string>();
  readonly #names = new Set<string>();
  /** The names in statements that have to do with what is read: who mentions them may change what they stand for. */
  readonly #shared = new Set<string>();
  /** Those that nobody asked for yet. */
  readonly #fresh = new Set<string>();

  constructor(
    code: string,
    units: readonly Unit[],
    statements: readonly Statement[],
    members: ReadonlySet<string>,
  ) {
    this.#code = code;
    this.#members = members;
    this.#assigned = assignedIn(code, units);
    this.#statements = statements;
    this.#opaque = new Set(statements.flatMap(({ first }) => OPAQUE.exec(first)?.[1] ?? []));
  }

  /** What remains of the definitions when all that is marked is read, and all that it may depend on. */
  inertOf(units: readonly Unit[], isMarked: (span: Span) => boolean): readonly Unit[] {
    const { yes: marked, no } = split(units, isMarked);
    for (const unit of marked) this.#read(unit);
    this.#share(isMarked);
    let waiting = no;
    for (;;) {
      this.#share(({ names, isImport }) => !isImport && hasAny(this.#names, names));
      const places = this.#mentions();
      const { yes: needed, no: others } = split(waiting, (unit) => this.#needs(unit, places));
      if (needed.length === 0) return waiting;
      for (const unit of needed) this.#read(unit);
      waiting = others;
    }
  }

  /** The places that mention what the shared names stand for since they were asked for last. */
  #mentions(): number[] {
    const places: number[] = [];
    for (const name of this.#fresh)
      for (const at of mentionsOf(name, this.#code))
        if (!this.#opaque.has(name) || !isMethodCallAt(this.#code, at + name.length)) places.push(at);
    this.#fresh.clear();
    return places.sort((a, b) => a - b);
  }

  #read({ start, end }: Unit): void {
    const code = this.#code.slice(start, end);
    for (const word of wordsIn(code)) this.#words.add(word);
    for (const name of namesIn(code)) this.#names.add(name);
  }

  /** Takes in the statements of which something holds, and those that have to do with them. */
  #share(isShared: (statement: Statement) => boolean): void {
    for (let isOf = isShared; ; ) {
      const { yes, no } = split(this.#statements, isOf);
      if (yes.length === 0) return;
      this.#statements = no;
      for (const { start, end, names } of yes) {
        for (const word of wordsIn(this.#code.slice(start, end))) this.#words.add(word);
        for (const name of names) {
          this.#names.add(name);
          if (!this.#shared.has(name)) this.#fresh.add(name);
          this.#shared.add(name);
        }
      }
      isOf = ({ names, isImport }) => !isImport && hasAny(this.#names, names);
    }
  }

  /** May a definition be called by what is read, or change something for it? */
  #needs(unit: Unit, mentions: readonly number[]): boolean {
    return (
      hasBetween(mentions, unit.start, unit.end) ||
      unit.names.some((name) => this.#words.has(name)) ||
      this.#assigned.get(unit)!.some((name) => this.#words.has(name) || this.#members.has(small(name)))
    );
  }
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

const hasAny = (known: ReadonlySet<string>, names: ReadonlySet<string>): boolean => {
  for (const name of names) if (known.has(name)) return true;
  return false;
};

function split<T>(items: readonly T[], holds: (item: T) => boolean): { yes: T[]; no: T[] } {
  const parts: { yes: T[]; no: T[] } = { yes: [], no: [] };
  for (const item of items) parts[holds(item) ? "yes" : "no"].push(item);
  return parts;
}
