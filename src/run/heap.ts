/**
 * V8 lets its heap grow to several times of what is in use, since memory is cheaper than time. A run over very many files
 * makes much garbage and keeps little, so that it is as fast in a small heap.
 */
const SMALL = ["--semi-space-growth-factor=1", "--heap-growing-percent=30"];
const USUAL = ["--semi-space-growth-factor=2", "--heap-growing-percent=0"];

/** Fewer files make no difference. */
const MANY_FILES = 5000;

let restore = (): void => {};

/**
 * Keeps the heap small from now on if a run reads many files. What the run needs is loaded first: V8 takes code that it
 * compiled in an earlier run only with the same flags.
 */
export async function shrinkHeap(files: number, load: () => Promise<unknown>): Promise<void> {
  if (files < MANY_FILES) return;
  await load();
  const { setFlagsFromString } = await import("node:v8");
  for (const flag of SMALL) setFlagsFromString(flag);
  restore = () => {
    for (const flag of USUAL) setFlagsFromString(flag);
  };
}

/** Undoes `shrinkHeap`: V8 takes compiled code only with the flags that it was compiled with. */
export const restoreHeap = (): void => restore();
