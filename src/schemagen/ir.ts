// What a page says of a request or a response: the tree between reading and writing.

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

/** Whether a structure takes exactly one of its members; `untold` where a page renders too little to tell. */
export type Union = boolean | "untold";

/** Limits that a service model states. */
export type Stated = {
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** A pattern that JavaScript has no words for. */
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
  /** The lines of prose under the member, without indentation; blank lines are empty strings. */
  prose: string[];
  required: boolean;
  autopopulated: boolean;
  stated?: Stated;
  /** The name of a service model's shape that has parts. */
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

/** The shapes that others may refer to, by name. */
export type Definitions = ReadonlyMap<string, Shape>;

/** An operation's shapes, and what is worth saying about where they come from. */
export type Operation = {
  service: string;
  operation: string;
  /** What they come from, as a schema tells it: a page by its name inside a documentation tree, or a model. */
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

/** `file` is given where the note is about another file than the operation's. */
export type Note = { line: number; message: string; file?: string };

/** Nesting that no documented operation comes near; it keeps a hostile page from exhausting the stack. */
export const DEEPEST = 64;
