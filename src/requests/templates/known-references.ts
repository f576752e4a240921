import type { HoleDomain } from "../../documents/partial.ts";
import { isObject } from "../request.ts";
import type { DocumentPart } from "./part.ts";

/** What is known of the text that a reference stands for. */
export interface KnownReference {
  domain?: HoleDomain;
  /** The text that it stands for unless another one is given. */
  default?: string;
  /** What a plan says of a value that isn't known yet: the attribute that it will be. */
  reference?: string;
  /** The configuration of a plan doesn't give the value: AWS does. */
  isComputed?: boolean;
}

/** An identifier, or a part of an ARN, which has no colon in it. */
const NO_COLON: HoleDomain = { pattern: "[^:]*" };

/**
 * The attributes of resources are their names and ARNs, but never the ARN of a call: for the question of whether a text
 * is one, they are like a text without colons.
 */
const RESOURCE: KnownReference = { domain: NO_COLON };

/** `${Name}`, `!Ref Name`, `{"Ref":"Name"}`, and the same for attributes of resources. */
const REFERENCE =
  /^(?:\$\{([\w:.-]{1,255})\}|!(Ref|GetAtt)\s+["']?([\w:.-]{1,255})["']?|\{"(Ref|Fn::GetAtt)":\[?"([\w:.-]{1,255})"[^{}]*\})$/;
const MAPPING = /FindInMap["']?\s*:?\s*\[\s*["']?(\w{1,255})/;

/** `aws_fsx_lustre_file_system.lab.id`, also in `${…}`. */
const TERRAFORM = /^(?:\$\{ ?)?((?:aws|awscc)_\w{1,100}\.[\w-]{1,255})\.(?:id|arn)(?: ?\})?$/;

/**
 * The logical ID of what a text refers to as a whole, such as `Share` of `!Ref Share` or `${Share}`, or the address of a
 * resource of Terraform.
 */
export function findReferencedName(source: string): string | undefined {
  const address = TERRAFORM.exec(source)?.[1];
  if (address !== undefined) return address;
  const found = REFERENCE.exec(source);
  if (found?.[2] === "GetAtt" || found?.[4] === "Fn::GetAtt") return undefined;
  return found?.[1] ?? found?.[3] ?? found?.[5];
}

/** The identity of a resource or of a data source, which no list or condition changes. */
const TERRAFORM_IDENTITY =
  /^(?:\$\{ ?)?(?:data\.)?(?:aws|awscc)_\w{1,100}\.[\w-]{1,255}(?:\[[^[\]]{1,255}\])?\.(?:id|name|(?:\w{1,40}_)?arn)(?: ?\})?$/;

/** What an expression of Terraform's language says by itself of the text that it stands for. */
export const describeTerraformReference = (source: string): KnownReference =>
  TERRAFORM_IDENTITY.test(source) ? RESOURCE : {};

/** What a template says of a placeholder in it, given by the text that stands there. */
export function describeTemplateReference(source: string, template: unknown): KnownReference {
  const { Parameters, Mappings } = isObject(template) ? template : {};
  const mapping = MAPPING.exec(source)?.[1];
  if (mapping !== undefined && isObject(Mappings) && Object.hasOwn(Mappings, mapping))
    return { domain: { values: listTexts(Mappings[mapping]) } };
  const found = REFERENCE.exec(source);
  const name = found?.[1] ?? found?.[3] ?? found?.[5];
  if (name === undefined) return {};
  if (name === "AWS::StackId") return { domain: { pattern: "arn:[^:]*:cloudformation:.*" } };
  if (name.startsWith("AWS::")) return { domain: NO_COLON };
  const parameter = isObject(Parameters) && Object.hasOwn(Parameters, name) ? Parameters[name] : undefined;
  return isObject(parameter) ? describeParameter(parameter) : RESOURCE;
}

function describeParameter({
  Type,
  AllowedValues,
  AllowedPattern,
  Default,
}: Record<string, unknown>): KnownReference {
  // The value comes from elsewhere; all that is given here is the name that it has there.
  if (/^AWS::SSM::Parameter::Value/.test(String(Type))) return {};
  if (Array.isArray(AllowedValues) && AllowedValues.length > 0)
    return { domain: { values: AllowedValues.map(String) } };
  const isText = Type === undefined || Type === "String";
  const pattern = typeof AllowedPattern === "string" ? { pattern: AllowedPattern } : undefined;
  const domain = isText ? pattern : NO_COLON;
  return { ...(domain && { domain }), ...(typeof Default === "string" && { default: Default }) };
}

/** All texts inside a value. */
function listTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(listTexts) : [];
}

/**
 * What the configuration of a Terraform plan says of a value that is known only after it is applied: which others it is
 * made of. Only references to managed resources tell what the value is not.
 */
export function describePlanValue(
  root: DocumentPart,
  address: string,
  path: readonly (string | number)[],
): KnownReference {
  const plain = address.replace(/\[[^\]]*\]/g, "");
  const module = root.member("configuration")?.member("root_module");
  const resource = module && findConfigured(module, plain);
  let at = resource?.member("expressions");
  for (const key of path) at = typeof key === "number" ? at?.items()[key] : at?.member(key);
  if (resource && !at) return { isComputed: true };
  const references =
    at
      ?.member("references")
      ?.items()
      .map(({ value }) => String(value)) ?? [];
  const isResource =
    references.length > 0 &&
    references.every((name) => !/^(?:var|local|data|module|each|count|self|path)\./.test(name));
  const [reference] = references;
  return isResource ? { ...RESOURCE, ...(reference !== undefined && { reference }) } : {};
}

function findConfigured(module: DocumentPart, address: string): DocumentPart | undefined {
  const [, name, rest] = /^module\.([^.]+)\.(.*)$/s.exec(address) ?? [];
  if (name === undefined)
    return module
      .member("resources")
      ?.items()
      .find((one) => one.textMember("address") === address);
  const inner = module.member("module_calls")?.member(name)?.member("module");
  return inner && findConfigured(inner, rest!);
}
