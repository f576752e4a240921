import type { Path } from "../../diagnostics/pointer.ts";
import { type RequestShape, resolveKind, type ShapeKind } from "../aws-cli/shape.ts";
import type { OperationNames } from "../operations.ts";

/** A member that a record names, with the API's name. */
export interface RecordedMember {
  name: string;
  shape: RecordedShape;
}

/** Shapes are resolved once for all records. A shape may contain itself, so that records could make any number. */
const MAX_SHAPES = 10_000;
let count = 0;

/** The schema's shape of a part of recorded parameters. Names are looked up without regard to case. */
export class RecordedShape {
  /** Undefined where the schema says nothing. */
  readonly kind: ShapeKind | undefined;
  /** Members that a request must have and that records leave out, or write in a form of their own: blobs. */
  readonly unrecorded: readonly string[];
  readonly #shape: RequestShape | undefined;
  readonly #shapeAt: (path: Path) => RequestShape | undefined;
  readonly #path: Path;
  readonly #members = new Map<string, RecordedMember | undefined>();
  #names: ReadonlyMap<string, string> | undefined;
  #element: RecordedShape | undefined;

  constructor(shapeAt: (path: Path) => RequestShape | undefined, path: Path = []) {
    const shape = shapeAt(path);
    this.#shapeAt = shapeAt;
    this.#path = path;
    this.#shape = shape;
    this.kind = shape && resolveKind(shape);
    this.unrecorded = (shape?.required ?? []).filter((name) => this.#isBlob(name));
    count++;
  }

  /** Whether the schema lists the members of this shape. */
  get isStructure(): boolean {
    return this.kind === "structure" && this.names.size > 0;
  }

  /** The API's names by their small letters. */
  get names(): ReadonlyMap<string, string> {
    this.#names ??= new Map(
      Object.keys(this.#shape?.properties ?? {}).map((name) => [name.toLowerCase(), name]),
    );
    return this.#names;
  }

  /** The items of a list, or the values of a map. */
  get element(): RecordedShape {
    this.#element ??= new RecordedShape(this.#shapeAt, [...this.#path, 0]);
    return this.#element;
  }

  find(key: string): RecordedMember | undefined {
    const known = this.#members.get(key);
    if (known) return known;
    const name = this.names.get(key.toLowerCase());
    if (name === undefined) return undefined;
    const member = { name, shape: this.member(name) };
    if (count < MAX_SHAPES) this.#members.set(key, member);
    return member;
  }

  /** The shape of a member, by the API's name. */
  member(name: string): RecordedShape {
    return new RecordedShape(this.#shapeAt, [...this.#path, name]);
  }

  #isBlob(name: string): boolean {
    const shape = this.#shapeAt([...this.#path, name]);
    return shape !== undefined && resolveKind(shape) === "blob";
  }
}

const shapesOf = new WeakMap<OperationNames, Map<string, RecordedShape>>();

/** The shape of an operation's parameters. */
export function getRecordedShape(operations: OperationNames, operation: string): RecordedShape {
  const shapes = shapesOf.get(operations) ?? new Map<string, RecordedShape>();
  shapesOf.set(operations, shapes);
  const shape = shapes.get(operation) ?? new RecordedShape((path) => operations.shapeAt(operation, path));
  shapes.set(operation, shape);
  return shape;
}
