import type { Span } from "../../diagnostics/lines.ts";
import { Unknown } from "../../documents/document.ts";
import { isObject } from "../request.ts";
import { splitInterpolations } from "./interpolations.ts";
import { findToJsonStringArgument, listAlternatives, readTemplateText } from "./intrinsics.ts";
import type { KnownReference } from "./known-references.ts";
import {
  describePlanValue,
  describeTemplateReference,
  describeTerraformReference,
} from "./known-references.ts";
import { DocumentPart } from "./part.ts";
import type { TextSegment } from "./segments.ts";

/** A resource of a CloudFormation template, a Terraform plan or Terraform's configuration as JSON. */
export interface TemplateResource {
  type: string;
  /** The file that it stands in, where resources of several files belong together. */
  file?: string;
  /** How other parts of the template refer to it: `ExportRole`, `aws_iam_role.export`. */
  name: string;
  /** Whether a condition or a loop decides about it. */
  isConditional?: boolean;
  /** Where it is declared. */
  span(): Span;
  properties: DocumentPart;
  /** From `Metadata: {Countersign: {Justification: …}}`. */
  justification?: string;
  /** The pieces of a text property; undefined for any other value. */
  readText(part: DocumentPart): TextSegment[] | undefined;
  /** What is known of a placeholder in a text property, given by its source. */
  describe(source: string, part: DocumentPart): KnownReference;
}

/** A name that no other resource of the document has, but all alternatives of this one. */
export const nameResource = ({ type, name, properties }: TemplateResource): string =>
  type.includes("::") ? name : properties.path.join("/");

/** The resources of a template or plan; empty for any other document. */
export function findResources(root: DocumentPart): TemplateResource[] {
  if (root.member("Resources")) return findTemplateResources(root);
  return root.member("resource") ? findJsonConfiguration(root) : findPlanResources(root);
}

/** CloudFormation and SAM. Malformed parts are ignored; CloudFormation itself rejects them. */
const findTemplateResources = (root: DocumentPart): TemplateResource[] =>
  (root.member("Resources")?.members() ?? []).flatMap(([name, resource]) => readResources(name, resource));

function readResources(name: string, resource: DocumentPart, isInLoop = false): TemplateResource[] {
  // A loop: the name of its variable, the collection, and resources that use the variable.
  if (name.startsWith("Fn::ForEach::"))
    return (resource.items()[2]?.members() ?? []).flatMap(([inner, part]) =>
      readResources(inner, part, true),
    );
  const type = resource.textMember("Type");
  const given = resource.member("Properties");
  if (type === undefined || !given) return [];
  const reason = resource.member("Metadata")?.member("Countersign")?.textMember("Justification");
  const justification = reason === undefined ? {} : { justification: reason };
  return listAlternatives(given).map((properties) => ({
    type,
    name,
    ...((isInLoop || resource.member("Condition")) && { isConditional: true }),
    span: () => resource.span("key"),
    properties,
    readText: readTemplateText,
    describe: (source) => describeTemplateReference(source, properties.document.value),
    ...justification,
  }));
}

/** Terraform's configuration as JSON: resources by their types and names, each an object or a list of them. */
const findJsonConfiguration = (root: DocumentPart): TemplateResource[] =>
  (root.member("resource")?.members() ?? []).flatMap(([type, named]) =>
    named.members().flatMap(([name, body]) =>
      (Array.isArray(body.value) ? body.items() : [body]).map((properties) => ({
        type,
        name: `${type}.${name}`,
        ...(["count", "for_each"].some((key) => properties.member(key)) && { isConditional: true }),
        span: () => body.span("key"),
        properties,
        readText: (part) => readTerraformText(part, splitInterpolations),
        describe: (source: string, { path }: DocumentPart) => ({
          ...describeTerraformReference(source),
          ...describePlanValue(root, `${type}.${name}`, path.slice(properties.path.length)),
        }),
      })),
    ),
  );

/**
 * Reads the output of `terraform show -json` for a plan or a state. A plan omits values that are only known
 * after apply, and lists them under `resource_changes`.
 */
function findPlanResources(root: DocumentPart): TemplateResource[] {
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
  const resources: TemplateResource[] = [];
  for (const modules = [first]; modules.length > 0; ) {
    const module = modules.pop()!;
    modules.push(...(module.member("child_modules")?.items() ?? []).toReversed());
    for (const resource of module.member("resources")?.items() ?? []) {
      const type = resource.textMember("type");
      const given = resource.member("values");
      if (type === undefined || !given || resource.textMember("mode") === "data") continue;
      const properties = markUnknownValues(given, openAt.get(resource.textMember("address")));
      const address = resource.textMember("address") ?? "";
      const describe: TemplateResource["describe"] = (source, { path }) => ({
        ...describeTerraformReference(source),
        ...describePlanValue(root, address, path.slice(properties.path.length)),
      });
      const name = address.replace(/\[[^\]]*\]/g, "");
      resources.push({
        type,
        name,
        span: () => resource.span(),
        // In Terraform's language, these are written among the properties; plans don't have them.
        ...(["count", "for_each"].some((key) => properties.member(key)) && { isConditional: true }),
        properties,
        readText: (part) => nameReference(readTerraformText(part), describe("", part).reference),
        describe,
      });
    }
  }
  return resources;
}

/** A value that is known after apply is called by the attribute that it will be. */
function nameReference(
  pieces: TextSegment[] | undefined,
  reference: string | undefined,
): TextSegment[] | undefined {
  const [only] = pieces ?? [];
  const isHole = pieces?.length === 1 && only && "source" in only && only.source === AFTER_APPLY;
  return isHole && reference !== undefined ? [{ ...only, label: reference }] : pieces;
}

const AFTER_APPLY = "(known after apply)";

/** The values with an `Unknown` wherever `after_unknown` is true. */
function markUnknownValues(values: DocumentPart, open: unknown): DocumentPart {
  return new DocumentPart(values.document, values.text, values.path, mergeUnknownValues(values.value, open));
}

function mergeUnknownValues(value: unknown, open: unknown): unknown {
  if (open === true) return new Unknown(AFTER_APPLY);
  if (Array.isArray(open) && Array.isArray(value))
    return value.map((item, index) => mergeUnknownValues(item, open[index]));
  if (!isObject(open) || !isObject(value)) return value;
  const all: Record<string, unknown> = { ...value };
  for (const [key, inner] of Object.entries(open)) {
    const member = mergeUnknownValues(Object.hasOwn(value, key) ? value[key] : undefined, inner);
    if (member !== undefined) Object.defineProperty(all, key, { ...OWN_PROPERTY, value: member });
  }
  return all;
}

const OWN_PROPERTY = { enumerable: true, configurable: true, writable: true };

const readTerraformText = (
  part: DocumentPart,
  split: typeof splitInterpolations = (part, text) => [{ embedded: part.embedded(text) }],
): TextSegment[] | undefined => {
  const { value } = part;
  const written = part.pieces();
  if (written) return [...written];
  if (typeof value === "string") return split(part, value);
  return value instanceof Unknown ? [{ source: value.source, span: part.span() }] : undefined;
};

/** JSON in a property: as text, through `Fn::ToJsonString`, or as an object. */
export type JsonProperty = { pieces: readonly TextSegment[] } | { object: DocumentPart; isText: boolean };

export function readJsonProperty(
  part: DocumentPart,
  { readText: text }: Pick<TemplateResource, "readText">,
): JsonProperty | undefined {
  const object = findToJsonStringArgument(part);
  if (object) return { object, isText: true };
  const pieces = text(part);
  if (pieces) return { pieces };
  return isObject(part.value) ? { object: part, isText: false } : undefined;
}
