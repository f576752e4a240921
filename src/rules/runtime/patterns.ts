import { RE2JS } from "@bufbuild/re2";
import { spendSteps } from "./run.ts";

/** Compiled patterns. Bounded, because a payload can supply any number of them. */
const patterns = new Map<string, CompiledPattern>();
const MAX_PATTERNS = 200;

interface CompiledPattern {
  compiled: RE2JS;
  /** Instruction count: the engine's running time is proportional to text length times this. */
  size: number;
}

/** Whether the text matches. Runs in linear time and is charged by text length and pattern size. */
export function matchPattern(text: unknown, pattern: unknown): unknown {
  if (typeof text !== "string" || typeof pattern !== "string") return undefined;
  const known = patterns.get(pattern);
  const failure = known ? undefined : spendSteps(100 + pattern.length * 10);
  if (failure) return failure;
  const { compiled, size } = known ?? compilePattern(pattern);
  return spendSteps(1 + Math.ceil((text.length * size) / 128)) ?? compiled.test(text);
}

/** The same for a pattern and a text that are short, uncharged. Throws for an invalid pattern. */
export const testPattern = (text: string, pattern: string): boolean =>
  pattern === "" || (patterns.get(pattern) ?? compilePattern(pattern)).compiled.test(text);

/** Whether the engine takes a pattern. */
export function isValidPattern(pattern: string): boolean {
  try {
    if (!patterns.has(pattern)) compilePattern(pattern);
    return true;
  } catch {
    return false;
  }
}

/** Throws for an invalid pattern, which makes the expression fail to evaluate. */
function compilePattern(pattern: string): CompiledPattern {
  const compiled = RE2JS.compile(pattern);
  const { prog } = compiled.re2Input as unknown as { prog: { numInst(): number } };
  const found = { compiled, size: prog.numInst() };
  if (patterns.size >= MAX_PATTERNS) patterns.clear();
  patterns.set(pattern, found);
  return found;
}
