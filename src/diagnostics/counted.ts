import { compareDiagnostics, type Diagnostic, type MissingInput } from "./diagnostic.ts";

/**
 * The undecided checks of one file that wait for facts alone, where no format shows them one by one: a run over many
 * files has hundreds of thousands of them.
 */
export interface CountedFile {
  file: string;
  facts: CountedFacts;
  requests: readonly CountedChecks[];
}

/** What counted checks of a file wait for. There are as many of these as files, so they are small. */
export interface CountedFacts {
  /** In the order of the report. */
  names: readonly string[];
  /** What prints each of them: nearly always one command. */
  commands: readonly (string | readonly string[] | undefined)[];
  /** The check that names each first; absent if a file before names them all, too. */
  firsts?: ReadonlyMap<string, CheckPosition>;
}

/** How many checks of a request are counted, in all and by fact. */
export interface CountedChecks {
  /** As it is in the report. */
  request: object;
  checks: number;
  byFact: ReadonlyMap<string, number>;
}

/** What the order of reports goes by. */
export type CheckPosition = Pick<Diagnostic, "file" | "line" | "column" | "code">;

export const isBefore = (a: CheckPosition, b: CheckPosition): boolean => compareDiagnostics(a, b) < 0;

/** The fact that an input is a part of: one command prints the policies of all principals, and all members of a context. */
export const nameFact = ({ kind, name }: Pick<MissingInput, "kind" | "name">): string =>
  kind === "policy" ? "policies" : name.split(".", 2).join(".");

/** Whether a person gives the input as a fact. */
export const isFact = ({ kind }: Pick<MissingInput, "kind">): boolean => kind === "fact" || kind === "policy";
