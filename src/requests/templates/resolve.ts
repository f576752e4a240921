import { Unknown } from "../../documents/document.ts";
import { OpenList, OpenObject, PartialText } from "../../documents/partial.ts";
import { objectFromEntries, textFromParts } from "../../documents/parts.ts";
import { isObject } from "../request.ts";
import type { IntrinsicCall } from "./intrinsic-call.ts";
import { parseIntrinsicCall } from "./intrinsic-call.ts";
import { findDomain, listAlternatives, readTemplateText } from "./intrinsics.ts";
import { findEntries } from "./lookups.ts";
import type { DocumentPart } from "./part.ts";
import { describeReference } from "./references.ts";
import { toTextParts } from "./segments.ts";

/** Functions that give nothing but text. */
const TEXT_FUNCTIONS = new Set(["Fn::Base64", "Fn::ImportValue", "Fn::Join", "Fn::Sub", "Fn::ToJsonString"]);

/** Members that add others to the object that they are in. */
const ADDS_MEMBERS = /^Fn::(?:Transform$|ForEach::)/;

/** Replaces each call of an intrinsic function by what is known of its result. */
export function resolveIntrinsics(part: DocumentPart): unknown {
  const call = parseIntrinsicCall(part);
  if (call) return resolveCall(part, call);
  if (Array.isArray(part.value)) return resolveList(part);
  return isObject(part.value) ? resolveObject(part) : part.value;
}

function resolveCall(part: DocumentPart, call: IntrinsicCall): unknown {
  const { name, source, label } = call;
  if (name === "Fn::If") return resolveChoice(part, call);
  if (name === "Fn::FindInMap") return resolveEntry(part, call);
  const segments = EVALUATED.has(name) ? readTemplateText(part) : undefined;
  const [only, ...others] = segments ?? [];
  const isWorkedOut =
    segments && !(only && "source" in only && others.length === 0 && only.source === source);
  if (isWorkedOut) return textFromParts(toTextParts(segments), part.tagged() ? source : undefined);
  if (!isTextCall(part, call)) return new Unknown(source);
  const domain = findDomain(part, call);
  return new PartialText(source, [{ source: label, ...(domain && { domain }) }]);
}

const EVALUATED = new Set(["Fn::Sub", "Fn::Join", "Fn::Select"]);

function isTextCall(part: DocumentPart, { name, argument }: IntrinsicCall): boolean {
  if (name === "Ref") return describeReference(String(argument.value), part).isText;
  if (name === "Fn::GetAtt") return describeReference([argument.value].flat().join("."), part).isText;
  return TEXT_FUNCTIONS.has(name);
}

/** The value of a mapping, which may be a list or a number; one of several only where all are texts. */
function resolveEntry(part: DocumentPart, call: IntrinsicCall): unknown {
  const [only, ...others] = findEntries(call) ?? [];
  if (only !== undefined && others.length === 0) return only;
  const domain = findDomain(part, call);
  return domain ? new PartialText(call.source, [{ source: call.label, domain }]) : new Unknown(call.source);
}

function resolveChoice(part: DocumentPart, call: IntrinsicCall): unknown {
  const [only, ...others] = listAlternatives(part);
  if (only && only !== part && others.length === 0) return resolveIntrinsics(only);
  const domain = findDomain(part, call);
  return domain ? new PartialText(call.source, [{ source: call.label, domain }]) : new Unknown(call.source);
}

/** Whether a value is left out: always, in some case, or never. */
function readAbsence(part: DocumentPart): "always" | "maybe" | "never" {
  const call = parseIntrinsicCall(part);
  if (call?.name === "Ref") return call.argument.value === "AWS::NoValue" ? "always" : "never";
  if (call?.name !== "Fn::If") return "never";
  const branches = call.argument.items().slice(1, 3).map(readAbsence);
  if (branches.every((one) => one === "always")) return "always";
  return branches.every((one) => one === "never") ? "never" : "maybe";
}

function resolveList(part: DocumentPart): unknown {
  const absences = part.items().map((item): [DocumentPart, string] => [item, readAbsence(item)]);
  const items = absences
    .filter(([, absence]) => absence === "never")
    .map(([item]) => resolveIntrinsics(item));
  const open = absences.find(([, absence]) => absence === "maybe");
  return open ? new OpenList(parseIntrinsicCall(open[0])?.label ?? "", items) : items;
}

function resolveObject(part: DocumentPart): unknown {
  const optional = new Set<string>();
  const entries: [string, unknown][] = [];
  let adder: string | undefined;
  for (const [key, member] of part.members()) {
    const absence = readAbsence(member);
    if (ADDS_MEMBERS.test(key)) adder ??= key;
    else if (absence !== "always") entries.push([key, resolveIntrinsics(member)]);
    if (absence === "maybe") optional.add(key);
  }
  const members = objectFromEntries(entries);
  if (adder === undefined && optional.size === 0) return members;
  const source = adder ?? [...optional].join(", ");
  return new OpenObject(source, members, { optional, mayHaveMore: adder !== undefined });
}
