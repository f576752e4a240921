import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ExcerptOrigin } from "../../diagnostics/excerpt-lines.ts";
import type { PolicyProblem } from "../../permissions/findings/malformed-policy.ts";
import type { Container } from "../../requests/request.ts";
import type { RecordedCall } from "../../requests/trail/recorded-call.ts";
import type { Json } from "./codec.ts";

/** A span: its offsets, and in another file that file and the offsets of the reference to it. */
export type StoredSpan = [start: number, end: number, file?: string, from?: number, to?: number];

/** Where a value of a payload stands. */
export interface StoredPlace {
  key: StoredSpan;
  value: StoredSpan;
  /** The path in the container's own names, where it is another. */
  container?: (string | number)[];
}

/** How a request is placed and worded, for findings that are made later. */
export interface StoredPlaces {
  operation: StoredSpan;
  call?: StoredSpan;
  /** By JSON pointer into the payload. */
  values: Record<string, StoredPlace>;
  /** What members are called in the program, where it is something else. */
  spelled?: Record<string, string>;
  /** What members are called in the container. */
  renamed?: Record<string, string>;
}

/** The input of rules that compare requests. */
export interface StoredInput {
  operation: string;
  request: Json;
  justification?: Json;
  caller?: Json;
  container?: string;
  repeats?: boolean;
  /** The number of the document that leaves the choice open, in its file, and what was chosen. */
  choices?: { document: number; taken: [string, number][] };
  context?: Json;
  partialLists?: Json;
  faulty: string[];
  wellTyped?: string[];
}

export interface StoredRequest {
  operation: string;
  container: Container;
  line: number;
  faulty: boolean;
  /** Indexes of its diagnostics among those of the file. */
  diagnostics: number[];
  payload: Json;
  caller?: Json;
  /** Of a record of a past call: what AWS answered. */
  recorded?: RecordedCall;
  /** Only in a file with requests that rules compare. */
  places?: StoredPlaces;
  /** Only of a request that rules compare with others. */
  input?: StoredInput;
}

/** What the check of one file found, as JSON. */
export interface StoredFile {
  file: string;
  /** Set if nothing is to be reported of it but counts. */
  isOther?: true;
  /** Set if it is not among the files to report on. */
  isUnreported?: true;
  diagnostics: Diagnostic[];
  requests: StoredRequest[];
  /** The text of the file, if findings have places in it. */
  text?: string;
  /** Where parts of the text stand in the file, if it is an excerpt. */
  origins?: readonly ExcerptOrigin[];
  /** The texts of other files that are referred to. */
  texts: Record<string, string>;
  faults: readonly number[];
  policyProblems: readonly PolicyProblem[];
  /** The operations of calls that were not checked; null for those that only the run knows. */
  unchecked: (string | null)[];
  passedOver: number;
  /** The text of each call that could not be read, by the index of its diagnostic. */
  callTexts: [number, string][];
}
