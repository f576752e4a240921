import type { Code, Severity } from "../diagnostics/codes.ts";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";

/** An error in the text of a document. */
export interface DocumentFault {
  code: Code;
  span: Span;
  message: string;
  help?: string;
  /** That of the code, unless it is only a warning: other readers take the text. */
  severity?: Severity;
}

/**
 * A value parsed from a file, with the positions of its parts. Integers that exceed a double's precision are
 * bigints; a part whose value isn't known yet is an `Unknown`.
 */
export interface Document {
  value: unknown;
  /** The span of the part at `path`, or of its nearest existing ancestor. */
  span(path: Path, at: "key" | "value"): Span;
}

export interface ParsedText {
  documents: Document[];
  /** What can be read of documents with a fault: its value, and the part that it is in, is unknown. */
  recovered?: RecoveredDocuments;
  faults: DocumentFault[];
  /** Whether the text has anchors, to which aliases may refer. */
  isAnchored?: boolean;
  /** Directives of `# countersign: key=value` comments in the first line. */
  directives: Directive[];
}

export interface RecoveredDocuments {
  documents: Document[];
  /** The parts that are unknown because of a fault. */
  gaps: Span[];
}

/** Whether a fault makes the text wrong for all readers. */
export const isErrorFault = ({ severity }: DocumentFault): boolean => severity !== "warning";

export interface Directive {
  key: string;
  /** Absent for a word that is not of the form `key=value`. */
  value?: string;
  span: Span;
}

/** A value that another tool fills in later: a placeholder, a custom tag or a template expression. */
export class Unknown {
  readonly source: string;
  readonly #tagged: Tagged | undefined;

  constructor(source: string, tagged?: Tagged) {
    this.source = source;
    this.#tagged = tagged;
  }

  /**
   * The content of a custom YAML tag, for readers that understand the tag; to all others the value is
   * unknown.
   */
  get tagged(): Tagged | undefined {
    return this.#tagged;
  }

  toJSON(): object {
    return { $unknown: this.source };
  }
}

/** A YAML tag such as `!Sub` and its value. Paths lead into the value as if there were no tag. */
export interface Tagged {
  tag: string;
  value: unknown;
}
