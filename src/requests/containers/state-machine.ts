import type { Unknown } from "../../documents/document.ts";
import type { RequestCollector } from "../collector.ts";
import type { Choices } from "../request.ts";
import type { KnownReference } from "../templates/known-references.ts";
import type { DocumentPart } from "../templates/part.ts";
import type { Substitutions, TextPieces } from "./substitutions.ts";

/** What is needed to read the states of a state machine. */
export interface StateMachineContext {
  collector: RequestCollector;
  /** The text of a value and the placeholders in it; undefined for a value that is no text. */
  readPieces: (part: DocumentPart) => TextPieces | undefined;
  /** What is known of a placeholder, given by its source. */
  describe: (source: string) => KnownReference;
  /** The values may contain CloudFormation's intrinsic functions. */
  hasIntrinsics?: boolean;
  justification?: string;
  /** Which of the definitions that the machine may have this is. */
  choices?: Choices;
  /** Who runs the machine, and makes the calls of tasks without credentials of their own. */
  caller?: string | Unknown;
  /** What is known of the values of `${Name}` placeholders. */
  substitutions?: Substitutions;
  /** The same values in pieces, for ARNs of calls. */
  substitutedPieces?: ReadonlyMap<string, TextPieces>;
}

export type QueryLanguage = "JSONPath" | "JSONata" | undefined;
