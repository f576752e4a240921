import { Unknown } from "../../documents/document.ts";
import { isObject } from "../request.ts";
import type { Piece } from "./holes.ts";
import { alternatives, textOf, toJsonString } from "./intrinsics.ts";
import { Part } from "./part.ts";

/** A resource of a CloudFormation template or a Terraform plan. */
export interface Resource {
  type: string;
  properties: Part;
  /** From `Metadata: {Countersign: {Justification: …}}`. */
  justification?: string;
  /** The pieces of a text property; undefined for any other value. */
  textOf(part: Part): Piece[] | undefined;
}

/** The resources of a template or plan; empty for any other document. */
export function resourcesOf(root: Part): Resource[] {
  return root.member("Resources") ? templateResources(root) : planResources(root);
}

/** CloudFormation and SAM. Malformed parts are ignored; CloudFormation itself rejects them. */
const templateResources = (root: Part): Resource[] =>
  (root.member("Resources")?.members() ?? []).flatMap(([name, resource]) => resourcesAt(name, resource));

function resourcesAt(name: string, resource: Part): Resource[] {
  // A loop: the name of its variable, the collection, and resources that use the variable.
  if (name.startsWith("Fn::ForEach::"))
    return (resource.items()[2]?.members() ?? []).flatMap(([inner, part]) => resourcesAt(inner, part));
  const type = resource.textMember("Type");
  const given = resource.member("Properties");
  if (type === undefined || !given) return [];
  const reason = resource.member("Metadata")?.member("Countersign")?.textMember("Justification");
  const justification = reason === undefined ? {} : { justification: reason };
  return alternatives(given).map((properties) => ({ type, properties, textOf, ...justification }));
}

/**
 * Reads the output of `terraform show -json` for a plan or a state. A plan omits values that are only known
 * after apply, and lists them under `resource_changes`.
 */
function planResources(root: Part): Resource[] {
  const values = root.member("planned_values") ?? root.member("values");
  const first = values?.member("root_module");
  if (!first) return [];
  const openAt = new Map(
    root
      .member("resource_changes")
      ?.items()
      .map((change) => [
        change.textMember("address"),
        change.member("change")?.member("after_unknown")?.value,
      ]),
  );
  const resources: Resource[] = [];
  for (const modules = [first]; modules.length > 0; ) {
    const module = modules.pop()!;
    modules.push(...(module.member("child_modules")?.items() ?? []).toReversed());
    for (const resource of module.member("resources")?.items() ?? []) {
      const type = resource.textMember("type");
      const given = resource.member("values");
      if (type === undefined || !given || resource.textMember("mode") === "data") continue;
      const properties = withOpen(given, openAt.get(resource.textMember("address")));
      resources.push({ type, properties, textOf: plainText });
    }
  }
  return resources;
}

/** The values with an `Unknown` wherever `after_unknown` is true. */
function withOpen(values: Part, open: unknown): Part {
  return new Part(values.document, values.text, values.path, merged(values.value, open));
}

function merged(value: unknown, open: unknown): unknown {
  if (open === true) return new Unknown("(known after apply)");
  if (Array.isArray(open) && Array.isArray(value))
    return value.map((item, index) => merged(item, open[index]));
  if (!isObject(open) || !isObject(value)) return value;
  const all: Record<string, unknown> = { ...value };
  for (const [key, inner] of Object.entries(open)) {
    const member = merged(Object.hasOwn(value, key) ? value[key] : undefined, inner);
    if (member !== undefined) Object.defineProperty(all, key, { ...MEMBER, value: member });
  }
  return all;
}

const MEMBER = { enumerable: true, configurable: true, writable: true };

const plainText = (part: Part): Piece[] | undefined => {
  const { value } = part;
  if (typeof value === "string") return [{ embedded: part.embedded(value) }];
  return value instanceof Unknown ? [{ source: value.source, span: part.span() }] : undefined;
};

/** JSON in a property: as text, through `Fn::ToJsonString`, or as an object. */
export type JsonProperty = { pieces: readonly Piece[] } | { object: Part; isText: boolean };

export function jsonProperty(
  part: Part,
  { textOf: text }: Pick<Resource, "textOf">,
): JsonProperty | undefined {
  const object = toJsonString(part);
  if (object) return { object, isText: true };
  const pieces = text(part);
  if (pieces) return { pieces };
  return isObject(part.value) ? { object: part, isText: false } : undefined;
}
