// The intermediate form of a request or response: produced from pages and models, consumed by the schema
// writer.

import type { Position } from "./page/lines.ts";

export type ScalarShapeKind =
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
export type UnionState = boolean | "untold";

/** Limits that a service model states. */
export type StatedLimits = {
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

export type ShapeCommon = {
  at: Position;
  /** The lines of prose about the member, without indentation; blank lines are empty strings. */
  prose: string[];
  required: boolean;
  autopopulated: boolean;
  stated?: StatedLimits;
  /** The name of the service model's shape, for shapes that have parts. */
  shapeName?: string;
};

export type IrShape = ShapeCommon &
  (
    | { kind: ScalarShapeKind; values?: string[]; json?: true }
    | { kind: "structure"; members: Map<string, IrShape>; unlisted: Map<string, IrShape>; union: UnionState }
    | { kind: "list"; item: IrShape }
    | { kind: "map"; value: IrShape; keys?: IrShape }
    | { kind: "recursive"; of: "structure" | "list" | "unknown" }
    | { kind: "reference"; to: string }
  );

export type IrStructure = Extract<IrShape, { kind: "structure" }>;

/** Shapes that others may refer to, by name. */
export type Definitions = ReadonlyMap<string, IrShape>;

/** An operation's shapes, with notes about their source. */
export type IrOperation = {
  service: string;
  operation: string;
  /** The source that the schema records: a page, by its name inside a documentation tree, or a model. */
  origin: OperationOrigin;
  url: string;
  request: IrStructure | undefined;
  response: IrStructure | undefined;
  definitions?: { request: Definitions; response: Definitions };
  notes: SourceNote[];
};

export type OperationOrigin =
  | { page: string }
  | { model: string; apiVersion?: string; serviceId?: string; additions?: { name: string; sha256: string } };

/** `file` is set if the note is about another file than the operation's source. */
export type SourceNote = { line: number; message: string; file?: string };

/** Deeper than any documented operation nests; keeps a hostile page from exhausting the stack. */
export const MAX_SHAPE_DEPTH = 64;
