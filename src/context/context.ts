import type { Place } from "../diagnostics/diagnostic.ts";

/** The names of the context records that rules can read. Part of the public interface. */
export const CONTEXT_NAMES = [
  "fileShare",
  "gateway",
  "cacheReports",
  "fileSystem",
  "dataRepositoryAssociations",
  "dataRepositoryTasks",
  "dataRepositoryAssociation",
  "dataRepositoryTask",
  "cacheReport",
  "fileSystemAssociation",
  "volume",
  "snapshots",
  "snapshot",
  "backup",
  "fileCache",
  "tape",
  "tapePool",
  "metrics",
  "mountPoint",
  "bucket",
  "conditionKeys",
] as const;
export type ContextName = (typeof CONTEXT_NAMES)[number];

export const isContextName = (text: string): text is ContextName =>
  (CONTEXT_NAMES as readonly string[]).includes(text);

/** The parts of a request that its context depends on; `context` comes from the request's own envelope. */
export interface ContextRequest {
  operation: string;
  request: unknown;
  context?: Readonly<Record<string, unknown>> | undefined;
}

/** An error or a warning about a context file. */
export interface ContextFault {
  file: string;
  message: string;
  help?: string;
  place: Place;
}

/** The context files can't be used. Holds the faults of all files, sorted by file and position. */
export class ContextError extends Error {
  readonly faults: readonly ContextFault[];

  constructor(faults: readonly ContextFault[]) {
    const [first] = sortContextFaults(faults);
    super(first ? `${first.file}:${first.place.line}: ${first.message}` : "the context can't be used");
    this.faults = sortContextFaults(faults);
  }
}

export const sortContextFaults = (faults: readonly ContextFault[]): ContextFault[] =>
  [...faults].sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column,
  );

export type RecordMembers = Readonly<Record<string, unknown>>;

/** An own member of an object; undefined if there is none or the value is not an object. */
export const readMember = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as RecordMembers)[name]
    : undefined;

/** The value of the first of these members that is a non-empty string. */
export function readTextMember(value: unknown, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = readMember(value, name);
    if (typeof text === "string" && text !== "") return text;
  }
  return undefined;
}
