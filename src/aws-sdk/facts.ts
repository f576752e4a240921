import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** A request whose check lacks facts. */
export interface FactQuery {
  operation: string;
  request: unknown;
  /** The undecided findings, each with what is missing. */
  undecided: readonly Diagnostic[];
}

export interface FoundFacts {
  /** Records by name (`fileShare`, `fileSystem`, …), as `validate` takes them. */
  records: Readonly<Record<string, unknown>>;
  /** What could not be found, and why. */
  problems?: readonly string[];
}

/** Where a guard finds facts that a check waits for. */
export interface FactStore {
  findRecords(query: FactQuery): FoundFacts | Promise<FoundFacts>;
  /** Called when a checked request is sent: what was read may be true no longer. */
  forget?(): void;
}
