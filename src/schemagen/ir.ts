// The intermediate form of a request or response: produced from pages and models, consumed by the schema
// writer.

import type { Place } from "./page/lines.ts";

export type ScalarKind =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "timestamp"
  | "blob"
  | "document"
  | "event-stream";

/**
 * Whether exactly one member of a structure must be given; `untold` if the page does not show enough to tell.
 */
export type Union = boolean | "untold";

/** Limits that a service model states. */
export type Stated = {
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** A pattern that can't be expressed as a JavaScript regular expression. */
  "x-java-pattern"?: string;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  minimum?: number;
  maximum?: number;
};

export type Common = {
  at: Place;
  /** The lines of prose about the member, without indentation; blank lines are empty strings. */
  prose: string[];
  required: boolean;
  autopopulated: boolean;
  stated?: Stated;
  /** The name of the service model's shape, for shapes that have parts. */
  shapeName?: string;
};

export type Shape = Common &
  (
    | { kind: ScalarKind; values?: string[]; json?: true }
    | { kind: "structure"; members: Map<string, Shape>; unlisted: Map<string, Shape>; union: Union }
    | { kind: "list"; item: Shape }
    | { kind: "map"; value: Shape; keys?: Shape }
    | { kind: "recursive"; of: "structure" | "list" | "unknown" }
    | { kind: "reference"; to: string }
  );

export type Structure = Extract<Shape, { kind: "structure" }>;

/** Shapes that others may refer to, by name. */
export type Definitions = ReadonlyMap<string, Shape>;

/** An operation's shapes, with notes about their source. */
export type Operation = {
  service: string;
  operation: string;
  /** The source that the schema records: a page, by its name inside a documentation tree, or a model. */
  origin: Origin;
  url: string;
  request: Structure | undefined;
  response: Structure | undefined;
  definitions?: { request: Definitions; response: Definitions };
  notes: Note[];
};

export type Origin =
  | { page: string }
  | { model: string; apiVersion?: string; serviceId?: string; additions?: { name: string; sha256: string } };

/** `file` is set if the note is about another file than the operation's source. */
export type Note = { line: number; message: string; file?: string };

/** Deeper than any documented operation nests; keeps a hostile page from exhausting the stack. */
export const DEEPEST = 64;
