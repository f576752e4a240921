/** What a replay of past calls adds to a report. */
export interface ReplayReport {
  files: number;
  /** Records of calls, of which most are of operations without a schema. */
  records: number;
  /** Records of reads that were skipped. */
  reads: number;
  /** Events that were told before. */
  repeated: number;
  calls: number;
  /** The times of the first and the last call. */
  from?: string;
  to?: string;
  /** Checks that need facts of that day, or a justification, and the calls that have any. */
  leftOut: { checks: number; calls: number };
  /** Calls that the policy would have stopped. */
  stopped: {
    calls: number;
    byRule: readonly CountedName[];
    byOperation: readonly CountedName[];
    byPrincipal: readonly CountedName[];
    /** Weeks by ISO 8601, in order. */
    byWeek: readonly CountedName[];
  };
  answers: ReplayCounts;
}

export interface CountedName {
  name: string;
  calls: number;
}

/** Calls by our outcome and AWS's answer. */
export interface ReplayCounts {
  failAccepted: number;
  passRefused: number;
  /** Refused for what there was at that time, such as a missing file system: a check without facts can't know. */
  passRefusedForState: number;
  passAccepted: number;
  failRefused: number;
  undecided: number;
  denied: number;
  /** AWS was too busy, or failed. */
  unanswered: number;
}
