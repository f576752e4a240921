import { versions } from "node:process";
import { setFlagsFromString } from "node:v8";

/**
 * When V8 optimises WebAssembly. It does so in the background after some thousand calls of a function, and for a parser that takes
 * several times as much CPU as nearly all runs parse for.
 */
export interface Tiering {
  /** Compiled code is cached by the flags of V8, so that they are as before from `end` on. */
  begin(): void;
  end(): void;
}

/**
 * Stands around the compilation of a grammar and each parse, which compiles the functions that it is the first to call. A grammar is
 * hardly faster by being optimised, and its lexer is one huge function: V8 takes over ten seconds for PowerShell's.
 */
export const NO_TIERING: Tiering = {
  begin: () => setFlagsFromString("--no-wasm-tier-up --no-wasm-dynamic-tiering"),
  end: () => setFlagsFromString("--wasm-tier-up --wasm-dynamic-tiering"),
};

/** How much code a function runs before it is optimised, as V8 counts it, by versions of Node. */
export const DEFAULT_BUDGETS: Readonly<Record<string, number>> = {
  20: 1_800_000,
  22: 13_000_000,
  24: 13_000_000,
};

const LARGEST_BUDGET = 2 ** 31 - 1;

/** Stands around the compilation of the engine: optimised, it is faster by a third, which pays from some megabytes on. */
export function lateTiering(version = versions.node): Tiering {
  const usual = DEFAULT_BUDGETS[Number.parseInt(version, 10)];
  const set = (budget: number): void => setFlagsFromString(`--wasm-tiering-budget=${budget}`);
  return {
    begin: () => usual !== undefined && set(LARGEST_BUDGET),
    end: () => usual !== undefined && set(usual),
  };
}
