// Converts the shapes of a model to the intermediate form.

import type { Definitions, IrShape, IrStructure, ScalarShapeKind, ShapeCommon } from "../ir.ts";
import type { JsonObject } from "./file.ts";
import { type DefinitionPlan, planDefinitions } from "./graph.ts";
import { proseFromHtml } from "./html-text.ts";
import type { JsonPath } from "./json-position.ts";
import type { ModelShape, ServiceModel, ShapeReference } from "./model.ts";
import {
  isJsonText,
  mergeTraits,
  readDocumentation,
  readEnumValues,
  readLimitTraits,
  shapeKindFromTraits,
} from "./traits.ts";

const UNKNOWN_POSITION = { line: 1, column: 1 };

export class ModelShapes {
  readonly model: ServiceModel;
  readonly isRequest: boolean;
  readonly plan: DefinitionPlan;
  /** The shapes without the traits of their uses; children are built first. */
  readonly built = new Map<string, IrShape>();
  readonly prose = new Map<string, string[]>();

  /** Builds all shapes that are reachable from `roots`, the inputs or outputs of the operations. */
  constructor(model: ServiceModel, roots: ShapeReference[], isRequest: boolean) {
    this.model = model;
    this.isRequest = isRequest;
    const shapes = collectReachable(model, roots);
    const graph = new Map(
      [...shapes].map(([name, shape]) => [name, [...shape.inside.values()].map(({ to }) => to)]),
    );
    this.plan = planDefinitions(graph);
    for (const name of this.plan.order) this.built.set(name, this.buildShape(shapes.get(name)!));
  }

  get definitions(): Definitions {
    return this.built;
  }

  /** The shape of a whole request or response. */
  rootStructure(reference: ShapeReference): IrStructure {
    const shape = this.built.get(reference.to);
    if (shape?.kind === "structure") return shape;
    throw this.model.createError(
      reference.path,
      "a request or response has to be a structure of named members",
    );
  }

  buildShape(shape: ModelShape): IrShape {
    const { type, traits } = shape;
    const common = this.buildCommon(shape, traits, shape.path);
    const kind = shapeKindFromTraits(type, traits);
    switch (kind) {
      case "structure":
        return {
          ...common,
          kind,
          members: this.buildMembers(shape),
          unlisted: new Map(),
          union: traits.union === true,
        };
      case "list":
        return { ...common, kind, item: this.buildUse(shape.inside.get("member")!) };
      case "map": {
        const keys = this.buildUse(shape.inside.get("key")!);
        const value = this.buildUse(shape.inside.get("value")!);
        return { ...common, kind, value, ...(keys.kind === "string" ? { keys } : {}) };
      }
      default:
        return this.buildScalar(shape, traits, shape.path);
    }
  }

  buildMembers(shape: ModelShape): Map<string, IrShape> {
    return new Map(
      [...shape.inside].map(([name, reference]) => {
        const used = this.buildUse(reference);
        const autopopulated = this.isRequest && reference.traits.idempotencyToken === true;
        // The SDKs generate a token if the request has none.
        const required = this.isRequest && shape.required.has(name) && !autopopulated;
        return [name, { ...used, required, autopopulated }];
      }),
    );
  }

  /** A shape with the traits of this use applied. */
  buildUse(reference: ShapeReference): IrShape {
    const shape = this.model.resolveShape(reference);
    const traits = mergeTraits(shape, reference);
    const common = this.buildCommon(shape, traits, reference.path);
    if (this.plan.definitions.has(reference.to)) return { ...common, kind: "reference", to: reference.to };
    const isScalar = shape.inside.size === 0 && shape.type !== "structure";
    if (isScalar) return this.buildScalar(shape, traits, reference.path);
    return { ...this.built.get(reference.to)!, ...common };
  }

  buildScalar(shape: ModelShape, traits: JsonObject, path: JsonPath): IrShape {
    const kind = shapeKindFromTraits(shape.type, traits) as ScalarShapeKind;
    const common = this.buildCommon(shape, traits, path);
    if (kind !== "string") return { ...common, kind };
    const values = readEnumValues(traits, this.createErrorAt(shape, path));
    return { ...common, kind, ...(values ? { values } : {}), ...(isJsonText(traits) ? { json: true } : {}) };
  }

  buildCommon(shape: ModelShape, traits: JsonObject, path: JsonPath): ShapeCommon {
    const stated = readLimitTraits(shape.type, traits, this.createErrorAt(shape, path));
    const documentation = readDocumentation(traits);
    const prose = this.prose.get(documentation) ?? proseFromHtml(documentation);
    this.prose.set(documentation, prose);
    const name = shape.inside.size > 0 ? { shapeName: shape.name } : {};
    return { at: UNKNOWN_POSITION, prose, required: false, autopopulated: false, stated, ...name };
  }

  createErrorAt(shape: ModelShape, path: JsonPath) {
    return (key: string, message: string) =>
      this.model.createError([...(Object.hasOwn(shape.traits, key) ? shape.path : path), key], message);
  }
}

function collectReachable(model: ServiceModel, roots: ShapeReference[]): Map<string, ModelShape> {
  const found = new Map<string, ModelShape>();
  const waiting = [...roots];
  for (let reference = waiting.pop(); reference; reference = waiting.pop()) {
    if (found.has(reference.to)) continue;
    const shape = model.resolveShape(reference);
    found.set(reference.to, shape);
    waiting.push(...shape.inside.values());
  }
  return found;
}
