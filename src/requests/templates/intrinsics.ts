import { Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { HoleDomain } from "../../documents/partial.ts";
import { PartialText } from "../../documents/partial.ts";
import { isPlaceholder } from "../placeholders.ts";
import type { DocumentPart } from "./part.ts";
import { describeReference } from "./references.ts";
import type { TextSegment } from "./segments.ts";
import { SegmentList } from "./segments.ts";

/**
 * CloudFormation's intrinsic functions that produce text (CloudFormation user guide, "Intrinsic function
 * reference"). Whatever depends on parameters or resources is a placeholder, since a parameter's default need
 * not be its value.
 */
export interface IntrinsicCall {
  /** `Fn::Sub`, also if written as `!Sub`. */
  name: string;
  argument: DocumentPart;
  /** As the template writes it, or its short form in place of JSON. */
  source: string;
  /** What it is called in a text: `${Name}`. */
  label: string;
}

/** The function call that a value represents; undefined for a plain value. */
export function parseIntrinsicCall(part: DocumentPart): IntrinsicCall | undefined {
  const tagged = part.tagged();
  if (tagged) {
    const short = tagged.tag.slice(1);
    const name = short === "Ref" || short === "Condition" ? short : `Fn::${short}`;
    const { source } = part.value as Unknown;
    return { name, argument: tagged.part, source, label: describeCall(name, tagged.part) ?? source };
  }
  const [member, ...others] = part.members();
  if (!member || others.length > 0) return undefined;
  const [name, argument] = member;
  if (!/^(?:Ref|Fn::\w+)$/.test(name)) return undefined;
  const label = describeCall(name, argument) ?? `!${name.replace("Fn::", "")} …`;
  return { name, argument, source: label, label };
}

/** References are called by the name that `Fn::Sub` has for them; of other functions only the short form is. */
function describeCall(name: string, argument: DocumentPart): string | undefined {
  const { value } = argument;
  const names = Array.isArray(value) ? value : [value];
  if (!names.every((one) => typeof one === "string")) return undefined;
  if (name === "Ref" || name === "Fn::GetAtt") return `\${${names.join(".")}}`;
  return names.length === 1 ? `!${name.replace("Fn::", "")} ${names[0]}` : undefined;
}

/** The pieces of a text; undefined for a value that can't be a text, such as an object. */
export function readTemplateText(part: DocumentPart): TextSegment[] | undefined {
  const { value } = part;
  const written = part.pieces();
  if (written) return [...written];
  if (typeof value === "string") return [{ embedded: part.embedded(value) }];
  const call = parseIntrinsicCall(part);
  if (!call && value instanceof PartialText)
    return value.parts.map((piece) =>
      typeof piece === "string"
        ? { embedded: part.embedded(piece) }
        : { source: piece.source, span: part.span() },
    );
  if (!call) return value instanceof Unknown ? [{ source: value.source, span: part.span() }] : undefined;
  const made =
    call.name === "Fn::Sub" ? evaluateSub(call) : call.name === "Fn::Join" ? evaluateJoin(call) : undefined;
  if (made) return made;
  const { source, label } = call;
  const domain = findDomain(part, call);
  return [{ source, label, ...(domain && { domain }), span: part.span() }];
}

const isKnownText = (value: unknown): value is string => typeof value === "string" && !isPlaceholder(value);

/** What a call can give, if the template fixes that. */
export function findDomain(part: DocumentPart, { name, argument }: IntrinsicCall): HoleDomain | undefined {
  if (name === "Ref") return describeReference(String(argument.value), part).domain;
  if (name !== "Fn::If") return undefined;
  const values = listAlternatives(part).map((one) => one.value);
  return values.every(isKnownText) ? { values } : undefined;
}

/** The possible values of a part: both branches of `Fn::If`, and none for `AWS::NoValue`. */
export function listAlternatives(part: DocumentPart): DocumentPart[] {
  const found: DocumentPart[] = [];
  const waiting = [part];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const call = parseIntrinsicCall(next);
    if (call?.name === "Fn::If") waiting.push(...call.argument.items().slice(1, 3).toReversed());
    else if (call?.name !== "Ref" || call.argument.value !== "AWS::NoValue") found.push(next);
    if (found.length > MAX_ALTERNATIVES) return [part];
  }
  return found;
}

/** Beyond this number of alternatives the value is treated as unknown. */
const MAX_ALTERNATIVES = 16;

/** Whether a value is the result of an intrinsic function. */
export const isIntrinsicCall = (part: DocumentPart): boolean => parseIntrinsicCall(part) !== undefined;

/** The argument of `Fn::ToJsonString`, which gives JSON text as an object. */
export function findToJsonStringArgument(part: DocumentPart): DocumentPart | undefined {
  const call = parseIntrinsicCall(part);
  return call?.name === "Fn::ToJsonString" ? call.argument : undefined;
}

/** Joins the items of `Fn::Join`; undefined if the list or one of its items can't be read. */
function evaluateJoin({ argument }: IntrinsicCall): TextSegment[] | undefined {
  const [delimiter, list] = argument.items();
  if (!delimiter || typeof delimiter.value !== "string" || !Array.isArray(list?.value)) return undefined;
  const between: TextSegment[] =
    delimiter.value === "" ? [] : [{ embedded: delimiter.embedded(delimiter.value) }];
  const joined = new SegmentList();
  for (const [index, item] of list.items().entries()) {
    const text = readTemplateText(item) ?? readScalarText(item);
    if (!text || joined.isFull) return undefined;
    if (index > 0) joined.add(between);
    joined.add(text);
  }
  return joined.segments;
}

/** The text of a number or boolean, which has only the position of the whole. */
function readScalarText(part: DocumentPart): TextSegment[] | undefined {
  const { value } = part;
  return typeof value === "number" || typeof value === "boolean"
    ? [{ embedded: part.embedded(String(value)) }]
    : undefined;
}

/** `Fn::Sub` takes a text, or a list of a text and values for its variables. */
function evaluateSub({ argument }: IntrinsicCall): TextSegment[] | undefined {
  const [first, second] = argument.items();
  const template = first ?? argument;
  if (typeof template.value !== "string") return undefined;
  const values = new Map(second?.members().map(([name, value]) => [name, readTemplateText(value)]));
  return substituteVariables(template, template.embedded(template.value), values);
}

/** `${Name}`, `${Resource.Attribute}`, or `${!Literal}`, which escapes `${Literal}`. */
const VARIABLE = /\$\{([^{}$]*)\}/g;

function substituteVariables(
  template: DocumentPart,
  text: EmbeddedText,
  values: ReadonlyMap<string, readonly TextSegment[] | undefined>,
): TextSegment[] | undefined {
  const made = new SegmentList();
  let from = 0;
  const literal = (start: number, end: number): void => {
    if (end > start) made.add([{ embedded: sliceEmbedded(text, start, end) }]);
  };
  for (const match of text.text.matchAll(VARIABLE)) {
    if (made.isFull) return undefined;
    const [source, name = ""] = match;
    const end = match.index + source.length;
    literal(from, match.index);
    from = end;
    if (name.startsWith("!")) made.add([{ embedded: removeEscapeMark(text, match.index, end) }]);
    else {
      const { domain } = describeReference(name.trim(), template);
      const span = text.span({ start: match.index, end });
      made.add(values.get(name.trim()) ?? [{ source, ...(domain && { domain }), span }]);
    }
  }
  literal(from, text.text.length);
  return made.segments;
}

/** `${!Name}` without its `!`. */
function removeEscapeMark(text: EmbeddedText, start: number, end: number): EmbeddedText {
  const at = (offset: number): number => start + offset + (offset < 2 ? 0 : 1);
  return {
    text: `\${${text.text.slice(start + 3, end)}`,
    at: (offset) => text.at(at(offset)),
    span: (inner) => text.span({ start: at(inner.start), end: at(inner.end) }),
  };
}

const sliceEmbedded = (text: EmbeddedText, start: number, end: number): EmbeddedText => ({
  text: text.text.slice(start, end),
  at: (offset) => text.at(start + offset),
  span: (inner) => text.span({ start: start + inner.start, end: start + inner.end }),
});
