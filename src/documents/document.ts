import type { Code } from "../diagnostics/codes.ts";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";

/** An error in the text of a document. */
export interface DocumentFault {
  code: Code;
  span: Span;
  message: string;
  help?: string;
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
  faults: DocumentFault[];
  /** Directives of `# countersign: key=value` comments in the first line. */
  directives: Directive[];
}

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
