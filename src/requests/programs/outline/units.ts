import type { Span } from "../../../diagnostics/lines.ts";
import type { CodeLines } from "./lines.ts";

/** A definition of a program that may be left out as a whole: a function, a class, a block. */
export interface Unit extends Span {
  /** What other parts of the program may call it. */
  names: readonly string[];
  /** The definitions in a class. */
  members: readonly Unit[];
}

/** How definitions of a language are known by their lines. */
export interface OutlineRules {
  /** The first line of a function; its first group that matches is the name. */
  head: RegExp;
  /** The first line of a class, in which there are others. */
  container?: RegExp;
  /** No names of functions, whatever their lines look like. */
  keywords?: RegExp;
  /** Definitions end by indentation, not by brackets, and only what has definitions alone around it is one. */
  isIndented?: boolean;
  /** Definitions depend on nothing but what is marked in them. */
  isDeclarative?: boolean;
  /** Imports and the like, which give names no values that change. */
  imports: RegExp;
}

/** Finds the definitions of code in which comments and the content of strings are blank. What is in doubt is none. */
export function unitsIn(lines: CodeLines, rules: OutlineRules): Unit[] {
  const isBalanced = lines.count > 0 && lines.after(lines.count - 1) === 0;
  return isBalanced ? readUnits(lines, { from: 0, to: lines.count }, rules) : [];
}

function readUnits(
  lines: CodeLines,
  { from, to }: { from: number; to: number },
  rules: OutlineRules,
): Unit[] {
  const units: Unit[] = [];
  const own = from < to ? lines.indent(from) : 0;
  let decorated: number | undefined;
  for (let at = from; at < to; ) {
    const isHere = !rules.isIndented || (lines.indent(at) === own && lines.before(at) === 0);
    const found = isHere ? unitAt(lines, at, to, rules) : undefined;
    if (found) units.push({ ...found.unit, start: lines.start(decorated ?? at) });
    if (!found && lines.startsWith(at, "@")) decorated ??= at;
    else if (found || lines.before(at) === lines.before(decorated ?? at)) decorated = undefined;
    at = found ? found.next : at + 1;
  }
  return units;
}

function unitAt(
  lines: CodeLines,
  at: number,
  to: number,
  rules: OutlineRules,
): { unit: Unit; next: number } | undefined {
  const code = lines.code(at);
  if (!code.includes("(") && !code.includes(rules.isIndented ? ":" : "{")) return undefined;
  const container = rules.container?.exec(code);
  const head = container ?? rules.head.exec(code);
  const name = head?.slice(1).find((group) => group !== undefined);
  if (!head || (name !== undefined && rules.keywords?.test(name))) return undefined;
  const next = rules.isIndented ? indentedEnd(lines, at, to) : bracketedEnd(lines, at, to);
  if (next === undefined) return undefined;
  const inner = { from: at + 1, to: rules.isIndented ? next : next - 1 };
  const members = container ? readUnits(lines, inner, rules) : [];
  const names = name === undefined ? [] : [name];
  return { unit: { start: lines.start(at), end: lines.end(next - 1), names, members }, next };
}

/** Up to a line that stands as far left, and goes on with nothing. */
function indentedEnd(lines: CodeLines, at: number, to: number): number {
  const indent = lines.indent(at);
  let next = at + 1;
  while (next < to && (lines.indent(next) > indent || continues(lines, next))) next++;
  return next;
}

const continues = (lines: CodeLines, line: number): boolean =>
  lines.before(line) > 0 || lines.startsWith(line, "\"')]}") || lines.endsWith(line - 1, "\\");

/** Up to the line that closes the brackets again, with a brace. */
function bracketedEnd(lines: CodeLines, at: number, to: number): number | undefined {
  const before = lines.before(at);
  for (let next = at; next < to; next++) {
    const after = lines.after(next);
    if (after < before) return undefined;
    if (after > before) continue;
    if (lines.endsWith(next, "}") || lines.endsWith(next, "};")) return next + 1;
    if (next + 1 >= lines.count || !lines.startsWith(next + 1, "{")) return undefined;
  }
  return undefined;
}
