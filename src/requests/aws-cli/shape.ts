/** The part of a request's JSON Schema that determines how the AWS CLI parses an argument. */
export interface RequestShape {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, RequestShape>;
  /** Members that are accepted but not suggested; each pattern matches one exact name. */
  patternProperties?: Record<string, RequestShape>;
  additionalProperties?: boolean | RequestShape;
  items?: RequestShape;
  definitions?: Record<string, RequestShape>;
  enum?: unknown[];
  required?: string[];
  "x-aws-type"?: string;
  "x-autopopulated"?: boolean;
}

/** The types that the AWS CLI parses differently. */
export type ShapeKind =
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

export interface ResolvedShape {
  kind: ShapeKind;
  members: Readonly<Record<string, RequestShape>>;
  /** The shape of a list's items or a map's values. */
  element: RequestShape | undefined;
  /** The only values that are allowed, if they are listed. */
  values: readonly unknown[];
}

/** Resolves the shapes in the schema of a request. */
export class ShapeResolver {
  readonly #root: RequestShape;

  constructor(root: RequestShape) {
    this.#root = root;
  }

  get members(): Readonly<Record<string, RequestShape>> {
    return this.resolve(this.#root).members;
  }

  resolve(shape: RequestShape | undefined): ResolvedShape {
    const found = this.#dereference(shape ?? {});
    const values = found.additionalProperties;
    const element = found.items ?? (typeof values === "object" ? values : undefined);
    return {
      kind: resolveKind(found),
      members: { ...membersFromPatterns(found), ...found.properties },
      element,
      values: found.enum ?? [],
    };
  }

  #dereference(shape: RequestShape): RequestShape {
    let found: RequestShape | undefined = shape;
    for (let hops = 0; found?.$ref !== undefined && hops < 20; hops++)
      found = this.#resolvePointer(found.$ref);
    return found ?? {};
  }

  #resolvePointer(ref: string): RequestShape | undefined {
    let found: unknown = this.#root;
    for (const part of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
      const name = part.replaceAll("%25", "%").replaceAll("~1", "/").replaceAll("~0", "~");
      found = (found as Record<string, unknown> | undefined)?.[name];
    }
    return found as RequestShape | undefined;
  }
}

const membersFromPatterns = ({ patternProperties = {} }: RequestShape): Record<string, RequestShape> =>
  Object.fromEntries(
    Object.entries(patternProperties).map(([pattern, shape]) => [pattern.replace(/^\^|\$$/g, ""), shape]),
  );

const SCALARS: Readonly<Record<string, ShapeKind>> = {
  boolean: "boolean",
  integer: "integer",
  number: "float",
  array: "list",
};

export function resolveKind(shape: RequestShape): ShapeKind {
  const special = shape["x-aws-type"];
  if (special === "timestamp" || special === "blob" || special === "document") return special;
  const type = [shape.type ?? []].flat()[0] ?? "";
  if (type === "object") return shape.properties === undefined && isMap(shape) ? "map" : "structure";
  // A recursive shape is cut off at the recursion: any JSON value may follow.
  if (special === "recursive") return "any";
  return SCALARS[type] ?? "text";
}

const isMap = ({ additionalProperties }: RequestShape): boolean => typeof additionalProperties === "object";
