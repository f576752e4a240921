// What a page says of a request or a response: the tree between reading and writing.

import type { Place } from "./page-lines.ts";

export type ScalarKind =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "timestamp"
  | "blob"
  | "document"
  | "event-stream";

export type Common = {
  at: Place;
  /** The lines of prose under the member, without indentation; blank lines are empty strings. */
  prose: string[];
  required: boolean;
  autopopulated: boolean;
};

export type Shape = Common &
  (
    | { kind: ScalarKind; values?: string[] }
    | { kind: "structure"; members: Map<string, Shape>; unlisted: Map<string, Shape>; union: boolean }
    | { kind: "list"; item: Shape }
    | { kind: "map"; value: Shape }
    | { kind: "recursive"; of: "structure" | "list" | "unknown" }
  );

export type Structure = Extract<Shape, { kind: "structure" }>;

/** A page's operation, its shapes, and what is worth saying about the page. */
export type Operation = {
  service: string;
  operation: string;
  /** The page's name inside a documentation tree: `service/method_name.rst`. */
  page: string;
  url: string;
  request: Structure | undefined;
  response: Structure | undefined;
  notes: Note[];
};

export type Note = { line: number; message: string };

/** Nesting that no documented operation comes near; it keeps a hostile page from exhausting the stack. */
export const DEEPEST = 64;
