import type { Code } from "../diagnostics/codes.ts";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";

/** Something wrong with the text itself. */
export interface Fault {
  code: Code;
  span: Span;
  message: string;
  help?: string;
}

/**
 * One value of a file, with the places of its parts. Integers that a double cannot hold are bigints;
 * a value that stands for another, unknown one is an `Unknown`.
 */
export interface Document {
  value: unknown;
  /** Where the part at `path` stands; the nearest enclosing part where `path` leads nowhere. */
  span(path: Path, at: "key" | "value"): Span;
}

export interface ParsedText {
  documents: Document[];
  faults: Fault[];
  /** What first-line `# countersign: key=value` comments say, with where they stand. */
  directives: Directive[];
}

export interface Directive {
  key: string;
  /** Absent for a word that is no `key=value`. */
  value?: string;
  span: Span;
}

/** A value that only another tool can fill in: a placeholder, a tag or a template expression. */
export class Unknown {
  readonly source: string;
  readonly #tagged: Tagged | undefined;

  constructor(source: string, tagged?: Tagged) {
    this.source = source;
    this.#tagged = tagged;
  }

  /** What stands under a YAML tag, for the reader that knows the tag; for anybody else the value is unknown. */
  get tagged(): Tagged | undefined {
    return this.#tagged;
  }

  toJSON(): { $unknown: string } {
    return { $unknown: this.source };
  }
}

/** A YAML tag such as `!Sub`, and the value that it stands before. Paths lead into the value as if there were no tag. */
export interface Tagged {
  tag: string;
  value: unknown;
}
