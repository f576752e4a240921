import { RE2JS } from "@bufbuild/re2";
import { spend } from "./run.ts";

/** Patterns that were compiled; a rule has few, and those of a payload must not pile up. */
const patterns = new Map<string, Pattern>();
const MAX_PATTERNS = 200;

interface Pattern {
  compiled: RE2JS;
  /** The engine takes a text's length times this. */
  size: number;
}

/** Does a text have a match? In linear time, and paid for by length and by the pattern's size. */
export function matches(text: unknown, pattern: unknown): unknown {
  if (typeof text !== "string" || typeof pattern !== "string") return undefined;
  const known = patterns.get(pattern);
  const failure = known ? undefined : spend(100 + pattern.length * 10);
  if (failure) return failure;
  const { compiled, size } = known ?? made(pattern);
  return spend(1 + Math.ceil((text.length * size) / 128)) ?? compiled.test(text);
}

/** Throws for what is no pattern, which makes the rule one that can't be evaluated. */
function made(pattern: string): Pattern {
  const compiled = RE2JS.compile(pattern);
  const { prog } = compiled.re2Input as unknown as { prog: { numInst(): number } };
  const found = { compiled, size: prog.numInst() };
  if (patterns.size >= MAX_PATTERNS) patterns.clear();
  patterns.set(pattern, found);
  return found;
}
