import type { Severity } from "../diagnostics/codes.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Unknown } from "../documents/document.ts";

/** One request to evaluate rules for. */
export interface RuleInput {
  operation: string;
  request: unknown;
  justification?: string | Unknown | undefined;
  /** The time that rules go by, where it is not that of the options. */
  now?: Date | undefined;
  caller?: string | Unknown | undefined;
  /** The container that the request was found in; absent for a request that a program hands over. */
  container?: string | undefined;
  /** Whether the container makes the request again and again. */
  repeats?: boolean | undefined;
  /** Set if the request is one of several of which only one is made: which one of what is chosen where. */
  choices?: { document: object; taken: ReadonlyMap<string, number> } | undefined;
  /** Puts the container's names of members into the text of a message. */
  renameInText?: ((text: string) => string) | undefined;
  context?: Readonly<Record<string, unknown>> | undefined;
  /** Lists of the context of which only some items are known: they exist, and others may. */
  partialLists?: Readonly<Record<string, readonly unknown[]>> | undefined;
  /**
   * JSON pointers of the values that the schema check rejected. Rules that depend on one of them are skipped.
   */
  faulty: ReadonlySet<string>;
  /** The subset of `faulty` whose value has the right type, and only the wrong form, length or position. */
  wellTyped?: ReadonlySet<string> | undefined;
}

export interface RuleOptions {
  /** Parameter values by rule id. */
  params?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
  /** Severities by rule id. */
  severities?: Readonly<Record<string, Severity | "off">> | undefined;
  /** The time of the run; that of each evaluation if absent. */
  now?: Date | undefined;
}

export interface ChangesetFinding {
  /** The index of the input that the finding belongs to. */
  index: number;
  finding: Finding;
}
