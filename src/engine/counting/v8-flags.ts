import type { setFlagsFromString } from "node:v8";

/** A flag of V8, or several: how a run sets it, and its usual value. */
export type Flag = readonly [tuned: string, usual: string];

/**
 * Where `start/loader.ts`, which is a program of its own, finds what sets all flags as usual while something runs: V8 takes code that it
 * compiled in an earlier run only with the same flags.
 */
const WHILE_USUAL = Symbol.for("countersign.whileUsual");

let setFlag: typeof setFlagsFromString | undefined;
const tuned = new Set<Flag>();

/** To be called before flags are turned: the module that sets them is not loaded at the start. */
export async function loadFlags(): Promise<void> {
  if (setFlag) return;
  setFlag = (await import("node:v8")).setFlagsFromString;
  Reflect.set(globalThis, WHILE_USUAL, whileUsual);
}

/** Sets flags for this run, or as they usually are. */
export function turn(flag: Flag, isTuned: boolean): void {
  if (!setFlag || tuned.has(flag) === isTuned) return;
  if (isTuned) tuned.add(flag);
  else tuned.delete(flag);
  setFlag(flag[isTuned ? 0 : 1]);
}

function whileUsual<Result>(run: () => Result): Result {
  for (const [, usual] of tuned) setFlag?.(usual);
  try {
    return run();
  } finally {
    for (const [own] of tuned) setFlag?.(own);
  }
}
