import type { TrailFile } from "./list-files.ts";

/** What can't be read, at its place. */
export interface ReplayProblem {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** One way to go through files: records alone, or a report of all calls. */
export interface TrailReader {
  readonly counts: { records: number; reads: number };
  readonly problems: readonly ReplayProblem[];
  /** How many problems there are, of which not all may be kept. */
  readonly problemCount: number;
  /** Named files that hold no record. */
  readonly emptyFiles: readonly string[];
  /** Whether a named file doesn't exist. */
  readonly isMissing: boolean;
  read(file: TrailFile, progress: (bytes: number) => void): Promise<void>;
}
