import type { ContextName } from "../context/context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** What answers reading commands: the AWS CLI, or a client of an SDK. */
export interface FactReader {
  /** Gives the answer of `aws WORDS`. Throws a `ReadProblem`. */
  read(words: readonly string[], options?: { isRetried?: boolean }): Promise<Record<string, unknown>>;
}

/** One record that a command of the AWS CLI prints. */
export interface Reading {
  record: ContextName;
  /** The words after `aws`; of several ways, the first that AWS answers counts. */
  ways: readonly (readonly string[])[];
  /** The key of a list whose pages the AWS CLI doesn't join. */
  pagedKey?: string;
  /** The name of the file in the directory of context. */
  file: string;
  /** The thing that the output is about, for lists that may be empty. */
  of: string;
  /** Whether the output doesn't name the thing: the file says whose it is. */
  isUnnamed?: boolean;
  /** The account that owns it, where its ARN says so. */
  account?: string;
  decides: ReadonlySet<Diagnostic>;
}

/** The readings about one thing. The first one shows that the thing is where AWS is asked; the others need that. */
export interface ReadingGroup {
  subject: string;
  readings: readonly Reading[];
  /** Of a file share whose gateway is to be read, too: what that decides. */
  gateway?: ReadonlySet<Diagnostic>;
  /** Of a file share: what the cache of its gateway decides. */
  cache?: ReadonlySet<Diagnostic>;
}
