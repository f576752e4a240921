import type { HoleDomain } from "../../documents/partial.ts";
import { isPlaceholder } from "../placeholders.ts";
import { findReferenceDomain } from "../reference-domains.ts";
import { isObject } from "../request.ts";
import type { DocumentPart } from "./part.ts";
import { findAttributeDomain } from "./resource-attributes.ts";

/** What is known of the value of a reference to a parameter, a pseudo parameter or a resource. */
export interface Reference {
  /** It is a text, and no list or number. */
  isText: boolean;
  domain?: HoleDomain;
}

const TEXT: Reference = { isText: true };
const NO_TEXT: Reference = { isText: false };

/** Types of parameters that hold the ID of a resource (CloudFormation user guide, "Supplied parameter types"). */
const ID_TYPES: Readonly<Record<string, string>> = {
  "AWS::EC2::AvailabilityZone::Name": "[a-z]{2,4}(?:-[a-z0-9]+)+",
  "AWS::EC2::Image::Id": "ami-[0-9a-f]{8}(?:[0-9a-f]{9})?",
  "AWS::EC2::Instance::Id": "i-[0-9a-f]{8}(?:[0-9a-f]{9})?",
  "AWS::EC2::SecurityGroup::Id": "sg-[0-9a-f]{8}(?:[0-9a-f]{9})?",
  "AWS::EC2::Subnet::Id": "subnet-[0-9a-f]{8}(?:[0-9a-f]{9})?",
  "AWS::EC2::Volume::Id": "vol-[0-9a-f]{8}(?:[0-9a-f]{9})?",
  "AWS::EC2::VPC::Id": "vpc-[0-9a-f]{8}(?:[0-9a-f]{9})?",
  "AWS::Route53::HostedZone::Id": "[A-Z0-9]{1,32}",
};

/** Describes what `Ref` gives for a name in the template that a part belongs to. */
export function describeReference(name: string, { document }: DocumentPart): Reference {
  if (name.startsWith("AWS::")) {
    const domain = findReferenceDomain(name);
    return domain ? { isText: true, domain } : { isText: name !== "AWS::NotificationARNs" };
  }
  const { Parameters: parameters } = isObject(document.value) ? document.value : {};
  const parameter = isObject(parameters) && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (isObject(parameter)) return describeParameter(parameter);
  const [id = "", ...attribute] = name.split(".");
  const { Resources: resources } = isObject(document.value) ? document.value : {};
  const resource = isObject(resources) && Object.hasOwn(resources, id) ? resources[id] : undefined;
  const type = isObject(resource) ? String(resource.Type) : "";
  const domain = findAttributeDomain(type, attribute.join(".") || "Ref");
  // Attributes may be lists and numbers; what `Ref` gives is an ID, or another text.
  return domain ? { isText: true, domain } : { isText: attribute.length === 0 };
}

function describeParameter(parameter: Record<string, unknown>): Reference {
  const type = String(parameter.Type ?? "");
  if (/List/.test(type)) return NO_TEXT;
  // The values and patterns of such a parameter are those of the name under which its value is stored.
  if (type.startsWith("AWS::SSM::Parameter::Value")) return describeIdType(/^[^<]*<(.*)>/.exec(type)?.[1]);
  const values = readAllowedValues(parameter.AllowedValues);
  if (type === "Number") return { isText: false, ...(values && { domain: { values } }) };
  if (values) return { isText: true, domain: { values } };
  const { AllowedPattern: pattern } = parameter;
  if (typeof pattern === "string") return { isText: true, domain: { pattern } };
  return describeIdType(type);
}

function describeIdType(type = ""): Reference {
  const pattern = Object.hasOwn(ID_TYPES, type) ? ID_TYPES[type] : undefined;
  return pattern === undefined ? TEXT : { isText: true, domain: { pattern } };
}

function readAllowedValues(values: unknown): string[] | undefined {
  if (!Array.isArray(values) || values.length === 0) return undefined;
  const isPlain = values.every((value) => ["string", "number", "boolean"].includes(typeof value));
  const texts = values.map(String);
  return isPlain && !texts.some(isPlaceholder) ? texts : undefined;
}
