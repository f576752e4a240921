/** The part of a request's JSON Schema that determines how the AWS CLI parses an argument. */
export interface Shape {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Shape>;
  /** Members that are accepted but not suggested; each pattern matches one exact name. */
  patternProperties?: Record<string, Shape>;
  additionalProperties?: boolean | Shape;
  items?: Shape;
  definitions?: Record<string, Shape>;
  "x-aws-type"?: string;
  "x-autopopulated"?: boolean;
}

/** The types that the AWS CLI parses differently. */
export type Kind =
  | "structure"
  | "map"
  | "list"
  | "boolean"
  | "integer"
  | "float"
  | "timestamp"
  | "blob"
  | "document"
  /** The schema doesn't define the shape. */
  | "any"
  | "text";

export interface Resolved {
  kind: Kind;
  members: Readonly<Record<string, Shape>>;
  /** The shape of a list's items or a map's values. */
  element: Shape | undefined;
}

/** Resolves the shapes in the schema of a request. */
export class Shapes {
  readonly #root: Shape;

  constructor(root: Shape) {
    this.#root = root;
  }

  get members(): Readonly<Record<string, Shape>> {
    return this.resolve(this.#root).members;
  }

  resolve(shape: Shape | undefined): Resolved {
    const found = this.#dereference(shape ?? {});
    const values = found.additionalProperties;
    const element = found.items ?? (typeof values === "object" ? values : undefined);
    return { kind: kindOf(found), members: { ...unlisted(found), ...found.properties }, element };
  }

  #dereference(shape: Shape): Shape {
    let found: Shape | undefined = shape;
    for (let hops = 0; found?.$ref !== undefined && hops < 20; hops++)
      found = this.#resolvePointer(found.$ref);
    return found ?? {};
  }

  #resolvePointer(ref: string): Shape | undefined {
    let found: unknown = this.#root;
    for (const part of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
      const name = part.replaceAll("%25", "%").replaceAll("~1", "/").replaceAll("~0", "~");
      found = (found as Record<string, unknown> | undefined)?.[name];
    }
    return found as Shape | undefined;
  }
}

const unlisted = ({ patternProperties = {} }: Shape): Record<string, Shape> =>
  Object.fromEntries(
    Object.entries(patternProperties).map(([pattern, shape]) => [pattern.replace(/^\^|\$$/g, ""), shape]),
  );

const SCALARS: Readonly<Record<string, Kind>> = {
  boolean: "boolean",
  integer: "integer",
  number: "float",
  array: "list",
};

function kindOf(shape: Shape): Kind {
  const special = shape["x-aws-type"];
  if (special === "timestamp" || special === "blob" || special === "document") return special;
  const type = [shape.type ?? []].flat()[0] ?? "";
  if (type === "object") return shape.properties === undefined && isMap(shape) ? "map" : "structure";
  // A recursive shape is cut off at the recursion: any JSON value may follow.
  if (special === "recursive") return "any";
  return SCALARS[type] ?? "text";
}

const isMap = ({ additionalProperties }: Shape): boolean => typeof additionalProperties === "object";
