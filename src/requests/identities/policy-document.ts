import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { OpenList } from "../../documents/partial.ts";
import type { DocumentPart } from "../templates/part.ts";
import type { TemplateResource } from "../templates/resources.ts";
import type { TemplateDocument } from "./identity.ts";

/** The arguments of a `statement` block, with the elements of policies that they become. */
const ELEMENTS: readonly (readonly [argument: string, element: string])[] = [
  ["sid", "Sid"],
  ["actions", "Action"],
  ["not_actions", "NotAction"],
  ["resources", "Resource"],
  ["not_resources", "NotResource"],
];

/** The policy that `data "aws_iam_policy_document"` makes. */
export function readPolicyDocument({ name, properties, file }: TemplateResource): TemplateDocument {
  const blocks = properties.member("statement");
  const statements = (blocks?.items() ?? []).map(readStatement);
  const merged = [
    "source_policy_documents",
    "override_policy_documents",
    "source_json",
    "override_json",
  ].find((key) => properties.member(key));
  const isOpen = merged !== undefined || blocks?.value instanceof Unknown;
  const value = {
    Version: "2012-10-17",
    Statement: isOpen ? new OpenList(merged ?? "statement", statements) : statements,
  };
  const spanOf = (index: unknown): DocumentPart =>
    (typeof index === "number" ? blocks?.items()[index] : undefined) ?? blocks ?? properties;
  return {
    name: `policy document ${quoted(name)}`,
    ...(file !== undefined && { file }),
    value,
    span: ([, index]) => spanOf(index).span(),
  };
}

function readStatement(block: DocumentPart): unknown {
  if (block.value instanceof Unknown) return block.value;
  const elements = ELEMENTS.flatMap(([argument, element]) => {
    const value = block.member(argument)?.value;
    return value === undefined || value === null ? [] : [[element, toElement(value)]];
  });
  const conditions = block.member("condition");
  return {
    Effect: block.member("effect")?.value ?? "Allow",
    ...Object.fromEntries(elements),
    ...readPrincipals(block, "principals", "Principal"),
    ...readPrincipals(block, "not_principals", "NotPrincipal"),
    ...(conditions && { Condition: readConditions(conditions) }),
  };
}

/** Of policy variables Terraform writes `&{…}`. */
function toElement(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("&{", "${");
  return Array.isArray(value) ? value.map(toElement) : value;
}

function readConditions(part: DocumentPart): unknown {
  const found: Record<string, Record<string, unknown>> = {};
  for (const block of part.items()) {
    const [test, variable] = [block.textMember("test"), block.textMember("variable")];
    if (test === undefined || variable === undefined) return new Unknown("condition");
    found[test] = { ...found[test], [variable]: toElement(block.member("values")?.value) };
  }
  return part.value instanceof Unknown ? new Unknown("condition") : found;
}

function readPrincipals(block: DocumentPart, argument: string, element: string): Record<string, unknown> {
  const part = block.member(argument);
  if (!part) return {};
  const types = part
    .items()
    .map((each) => [each.textMember("type") ?? "", each.member("identifiers")?.value] as const);
  if (part.value instanceof Unknown || types.some(([type]) => type === ""))
    return { [element]: new Unknown(argument) };
  return { [element]: types.some(([type]) => type === "*") ? "*" : Object.fromEntries(types) };
}
