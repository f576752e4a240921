// Converts the shapes of a model to the intermediate form.

import type { Common, Definitions, ScalarKind, Shape, Structure } from "../ir.ts";
import type { Json } from "./file.ts";
import { type Plan, plan } from "./graph.ts";
import { proseLines } from "./html-text.ts";
import type { JsonPath } from "./json-position.ts";
import type { Model, ModelShape, Reference } from "./model.ts";
import { documentationOf, isJsonText, kindOf, limitsOf, traitsOf, valuesOf } from "./traits.ts";

const NOWHERE = { line: 1, column: 1 };

export class ModelShapes {
  readonly model: Model;
  readonly isRequest: boolean;
  readonly plan: Plan;
  /** The shapes without the traits of their uses; children are built first. */
  readonly built = new Map<string, Shape>();
  readonly prose = new Map<string, string[]>();

  /** Builds all shapes that are reachable from `roots`, the inputs or outputs of the operations. */
  constructor(model: Model, roots: Reference[], isRequest: boolean) {
    this.model = model;
    this.isRequest = isRequest;
    const shapes = reachable(model, roots);
    const graph = new Map(
      [...shapes].map(([name, shape]) => [name, [...shape.inside.values()].map(({ to }) => to)]),
    );
    this.plan = plan(graph);
    for (const name of this.plan.order) this.built.set(name, this.build(shapes.get(name)!));
  }

  get definitions(): Definitions {
    return this.built;
  }

  /** The shape of a whole request or response. */
  root(reference: Reference): Structure {
    const shape = this.built.get(reference.to);
    if (shape?.kind === "structure") return shape;
    throw this.model.error(reference.path, "a request or response has to be a structure of named members");
  }

  build(shape: ModelShape): Shape {
    const { type, traits } = shape;
    const common = this.common(shape, traits, shape.path);
    const kind = kindOf(type, traits);
    switch (kind) {
      case "structure":
        return {
          ...common,
          kind,
          members: this.members(shape),
          unlisted: new Map(),
          union: traits.union === true,
        };
      case "list":
        return { ...common, kind, item: this.use(shape.inside.get("member")!) };
      case "map": {
        const keys = this.use(shape.inside.get("key")!);
        const value = this.use(shape.inside.get("value")!);
        return { ...common, kind, value, ...(keys.kind === "string" ? { keys } : {}) };
      }
      default:
        return this.scalar(shape, traits, shape.path);
    }
  }

  members(shape: ModelShape): Map<string, Shape> {
    return new Map(
      [...shape.inside].map(([name, reference]) => {
        const used = this.use(reference);
        const autopopulated = this.isRequest && reference.traits.idempotencyToken === true;
        // The SDKs generate a token if the request has none.
        const required = this.isRequest && shape.required.has(name) && !autopopulated;
        return [name, { ...used, required, autopopulated }];
      }),
    );
  }

  /** A shape with the traits of this use applied. */
  use(reference: Reference): Shape {
    const shape = this.model.shape(reference);
    const traits = traitsOf(shape, reference);
    const common = this.common(shape, traits, reference.path);
    if (this.plan.definitions.has(reference.to)) return { ...common, kind: "reference", to: reference.to };
    const isScalar = shape.inside.size === 0 && shape.type !== "structure";
    if (isScalar) return this.scalar(shape, traits, reference.path);
    return { ...this.built.get(reference.to)!, ...common };
  }

  scalar(shape: ModelShape, traits: Json, path: JsonPath): Shape {
    const kind = kindOf(shape.type, traits) as ScalarKind;
    const common = this.common(shape, traits, path);
    if (kind !== "string") return { ...common, kind };
    const values = valuesOf(traits, this.errorAt(shape, path));
    return { ...common, kind, ...(values ? { values } : {}), ...(isJsonText(traits) ? { json: true } : {}) };
  }

  common(shape: ModelShape, traits: Json, path: JsonPath): Common {
    const stated = limitsOf(shape.type, traits, this.errorAt(shape, path));
    const documentation = documentationOf(traits);
    const prose = this.prose.get(documentation) ?? proseLines(documentation);
    this.prose.set(documentation, prose);
    const name = shape.inside.size > 0 ? { shapeName: shape.name } : {};
    return { at: NOWHERE, prose, required: false, autopopulated: false, stated, ...name };
  }

  errorAt(shape: ModelShape, path: JsonPath) {
    return (key: string, message: string) =>
      this.model.error([...(Object.hasOwn(shape.traits, key) ? shape.path : path), key], message);
  }
}

function reachable(model: Model, roots: Reference[]): Map<string, ModelShape> {
  const found = new Map<string, ModelShape>();
  const waiting = [...roots];
  for (let reference = waiting.pop(); reference; reference = waiting.pop()) {
    if (found.has(reference.to)) continue;
    const shape = model.shape(reference);
    found.set(reference.to, shape);
    waiting.push(...shape.inside.values());
  }
  return found;
}
