import type { Code, Severity } from "./codes.ts";
import { CODES } from "./codes.ts";
import type { Path } from "./pointer.ts";

export type Status = "failed" | "undecided" | "waived";
export type Outcome = "pass" | "fail" | "undecided";

/**
 * Another location that is relevant to a finding, such as the statement that decided. Lines and columns from
 * 1.
 */
export interface Related {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** What a check needs to decide: a fact about the world, a value that isn't filled in, or a policy. */
export interface MissingInput {
  kind: "fact" | "value" | "policy" | "call";
  /** A name of context such as `context.fileSystem`, the placeholder of a value, or whose policies. */
  name: string;
  /** A command that prints the fact. */
  command?: string;
  /** Where the placeholder is. */
  file?: string;
  line?: number;
}

/** A fix in terms of values: what stands at the finding's position, and what to write in its place. */
export interface Replacement {
  of: string;
  /** A list: the items that take the place of one item of a list. */
  by: string | readonly string[];
  /** Replace the text together with the quotes around it, by a boolean or a number. */
  isLiteral?: boolean;
}

/** Replaces a range of a file. Offsets are in UTF-16 code units, from the beginning of its text. */
export interface Edit {
  file: string;
  start: number;
  end: number;
  text: string;
}

/** What fixes a finding. */
export interface Fix {
  /** Whether `--fix` may apply it: it can't make a deletion of a call that was refused. */
  safe: boolean;
  edits: readonly Edit[];
}

/** The result of a check, before it is mapped to a position in the text. */
export interface Finding {
  /** One of `CODES`, or the id of a rule. */
  code: string;
  message: string;
  help?: string;
  /** Relative to the payload for findings of a request, to the document for findings of a document. */
  path: Path;
  /** What the position refers to: a member's key, its value (the default), or the name of the operation. */
  at?: "key" | "value" | "operation";
  severity?: Severity;
  status?: Status;
  related?: readonly Related[];
  /** Of an undecided finding: what is missing. Empty if nothing would help, since AWS documents no answer. */
  missing?: readonly MissingInput[];
  /** Where it stands, if that is neither in the payload nor at the operation: in this text of a file. */
  location?: { file: string; text: string; place: Place };
  replacement?: Replacement;
}

/** A range of text: 1-based lines and columns (UTF-16 code units), the end exclusive. */
export interface Place {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** A finding as reported to users, in the shape that `--format json` prints and `validate()` returns. */
export interface Diagnostic extends Partial<Place> {
  /** One of the codes that `countersign explain` lists, or the id of a rule. */
  code: string;
  severity: Severity;
  status: Status;
  message: string;
  help?: string;
  file?: string;
  /** JSON pointer into the payload; "" is the payload itself. Absent if the finding isn't about a payload. */
  pointer?: string;
  operation?: string;
  /** Of an undecided finding: what is missing. Empty if nothing would help, since AWS documents no answer. */
  missing?: readonly MissingInput[];
  /** The set of values that the request was checked with, where there are several. */
  values?: string;
  /** The one edit that fixes it, where there is one. */
  fix?: Fix;
  /** The reason why a waived finding is accepted. */
  waiver?: string;
  /** Other relevant locations, in other files. */
  related?: readonly Related[];
  /** For failed findings if a baseline is given: whether it is in the baseline. Known ones are `waived`. */
  baseline?: "known" | "new";
  /** For failed findings if a baseline is given: the key by which the baseline identifies it. */
  fingerprint?: string;
}

export const severityOf = (finding: Pick<Finding, "code" | "severity">): Severity =>
  finding.severity ?? CODES[finding.code as Code];

/** `fail` if any error failed, else `undecided` if anything is undecided, else `pass`. */
export function computeOutcome(diagnostics: readonly Pick<Diagnostic, "severity" | "status">[]): Outcome {
  if (diagnostics.some((d) => d.status === "failed" && d.severity === "error")) return "fail";
  return diagnostics.some((d) => d.status === "undecided") ? "undecided" : "pass";
}

/** Orders diagnostics by file, line, column and code, the documented order of reports. */
export function compareDiagnostics(
  a: Pick<Diagnostic, "file" | "line" | "column" | "code">,
  b: Pick<Diagnostic, "file" | "line" | "column" | "code">,
): number {
  return (
    compareByCodeUnit(a.file ?? "", b.file ?? "") ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareByCodeUnit(a.code, b.code)
  );
}

/** Compares by code unit rather than by locale, so that the order is the same on every machine. */
export const compareByCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether a finding says that a request lacks its justification. */
export const lacksJustification = ({ code, status }: Pick<Diagnostic, "code" | "status">): boolean =>
  code.endsWith("-justified") && status === "failed";
