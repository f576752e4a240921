import { versions } from "node:process";
import type { Flag } from "./v8-flags.ts";
import { loadFlags, turn } from "./v8-flags.ts";

/**
 * How V8 is set for a run over many files, and its usual flags. It lets the heap grow to several times of what is in use, and
 * optimises what was called some hundred times. A run makes much garbage and keeps little, so that it is faster in a
 * small heap, and most runs end before optimised code has saved what it took to compile.
 */
const SMALL_YOUNG = ["--semi-space-growth-factor=1", "--semi-space-growth-factor=2"] as const;
const SLOWLY_GROWING = ["--heap-growing-percent=30", "--heap-growing-percent=0"] as const;
const UNOPTIMISED = ["--no-opt", "--opt"] as const;

/** Fewer files make no difference. */
const MANY_FILES = 200;

/** So many make enough garbage for the old generation. */
const VERY_MANY_FILES = 5000;

/** What takes as long as looking at so many bytes. */
const WORK = { plainFile: 1000, otherFile: 50_000 };

/** From here on optimised code pays. */
const WORTH_OPTIMISING = 3_000_000;

/** V8 takes code that it compiled in an earlier run only with the same flags. After so many files that are not plain, all is loaded. */
const LOADING_FILES = 64;

/** So many don't make a report of many findings. */
const FEW_FILES = 8;

let current: Tuning | undefined;

/** Sets V8 for a run over many files. */
export class Tuning {
  readonly #flags: Set<Flag>;
  #isOn = false;
  #work = 0;
  #others = 0;

  private constructor(flags: readonly Flag[]) {
    this.#flags = new Set(flags);
  }

  /** Begins once the code is loaded that looks at each file, and at plain ones. Undefined for a few files. */
  static async begin(files: number, mayBePlain: boolean): Promise<Tuning | undefined> {
    if (files < MANY_FILES) return undefined;
    await loadFlags();
    const isLong = files >= VERY_MANY_FILES;
    const flags: Flag[] = [SMALL_YOUNG];
    if (isLong) flags.push(SLOWLY_GROWING);
    else if (mayBePlain) flags.push(UNOPTIMISED);
    current = new Tuning(flags);
    current.#turn(true);
    return current;
  }

  /** Called before each file with the number of bytes that were looked at since the run began. */
  countFile(bytesSeen: number): void {
    this.#work += WORK.plainFile;
    if (this.#work + bytesSeen > WORTH_OPTIMISING && this.#flags.delete(UNOPTIMISED))
      turn(UNOPTIMISED, false);
  }

  /** Stands around what may load code. */
  async whileUsual<Result>(run: () => Promise<Result>): Promise<Result> {
    this.#work += WORK.otherFile;
    if (this.#others++ >= LOADING_FILES) return run();
    this.#turn(false);
    const result = await run();
    this.#turn(true);
    return result;
  }

  /** Called after the last file. A report with findings takes code that isn't loaded yet. A long run makes garbage in its report, too. */
  endFiles(): void {
    if (this.#others > FEW_FILES && !this.#flags.has(SLOWLY_GROWING)) this.end();
  }

  end(): void {
    this.#turn(false);
  }

  #turn(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    for (const flag of this.#flags) turn(flag, isOn);
  }
}

/**
 * V8 optimises in other threads what ran some thousand times. Much of the code that reads programs does so once each, so that this took a
 * third of the CPU time of a run over a megabyte of them. By major versions of Node, since V8 counts in different ways;
 * in 24 a compiler comes first that takes little, and what counts for the other can't be set back.
 */
export const LATE: Readonly<Record<string, Flag>> = {
  20: ["--interrupt-budget=400000", "--interrupt-budget=67584"],
  22: [
    "--invocation-count-for-turbofan=12000 --invocation-count-for-osr=3200",
    "--invocation-count-for-turbofan=3000 --invocation-count-for-osr=800",
  ],
};

let isRun = false;

/** Runs what is over soon, as no server is: programs that it reads are read by code which is optimised later. */
export async function tunedForPrograms<Result>(run: () => Promise<Result>): Promise<Result> {
  isRun = true;
  try {
    return await run();
  } finally {
    isRun = false;
    turnLate(false);
  }
}

/** Called before a program is read. */
export async function beginProgram(): Promise<void> {
  if (!isRun) return;
  await loadFlags();
  turnLate(true);
}

function turnLate(isOn: boolean): void {
  const flag = LATE[Number.parseInt(versions.node, 10)];
  if (flag) turn(flag, isOn);
}

/** Compiled code is stored with V8's usual flags, however a run ended. */
export const endTuning = (): void => current?.end();
