import type { Place } from "../diagnostics/diagnostic.ts";

/** The records that rules see, by name (contract: DESIGN section 4). */
export const CONTEXT_NAMES = [
  "fileShare",
  "gateway",
  "cacheReports",
  "fileSystem",
  "dataRepositoryAssociations",
  "dataRepositoryTasks",
  "mountPoint",
  "bucket",
  "conditionKeys",
] as const;
export type ContextName = (typeof CONTEXT_NAMES)[number];

export const isContextName = (text: string): text is ContextName =>
  (CONTEXT_NAMES as readonly string[]).includes(text);

/** A request as far as its context goes; `context` is what its own envelope says. */
export interface ContextRequest {
  operation: string;
  request: unknown;
  context?: Readonly<Record<string, unknown>> | undefined;
}

/** One thing wrong with a context file, or worth knowing about it. */
export interface ContextFault {
  file: string;
  message: string;
  help?: string;
  place: Place;
}

/** Context files that can't be used; every fault of all of them, in order of file and place. */
export class ContextError extends Error {
  readonly faults: readonly ContextFault[];

  constructor(faults: readonly ContextFault[]) {
    const [first] = inOrder(faults);
    super(first ? `${first.file}:${first.place.line}: ${first.message}` : "the context can't be used");
    this.faults = inOrder(faults);
  }
}

export const inOrder = (faults: readonly ContextFault[]): ContextFault[] =>
  [...faults].sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column,
  );

export type Members = Readonly<Record<string, unknown>>;

/** A member of an object, its own and nothing inherited. */
export const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Members)[name]
    : undefined;

/** The first of these members that holds text. */
export function textOf(value: unknown, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = member(value, name);
    if (typeof text === "string" && text !== "") return text;
  }
  return undefined;
}
