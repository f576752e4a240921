import { Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { sliceText } from "../../documents/embedded.ts";
import type { HoleDomain } from "../../documents/partial.ts";
import { PartialText } from "../../documents/partial.ts";
import { textFromParts } from "../../documents/parts.ts";
import { toPattern } from "../../texts/transform.ts";
import { isPlaceholder } from "../placeholders.ts";
import type { IntrinsicCall } from "./intrinsic-call.ts";
import { parseIntrinsicCall } from "./intrinsic-call.ts";
import type { TextList } from "./lookups.ts";
import { findEntries, selectItem, splitSegments } from "./lookups.ts";
import type { DocumentPart } from "./part.ts";
import { describeReference } from "./references.ts";
import type { TextSegment } from "./segments.ts";
import { SegmentList, toTextParts } from "./segments.ts";

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
  const made = Object.hasOwn(EVALUATORS, call.name) ? EVALUATORS[call.name]!(call, part) : undefined;
  if (made) return made;
  const { source, label } = call;
  const domain = findDomain(part, call);
  return [{ source, label, ...(domain && { domain }), span: part.span() }];
}

/** What can be worked out of a call; undefined for what can't. */
type Evaluator = (call: IntrinsicCall, part: DocumentPart) => TextSegment[] | undefined;

const EVALUATORS: Readonly<Record<string, Evaluator>> = {
  "Fn::Sub": evaluateSub,
  "Fn::Join": evaluateJoin,
  "Fn::Select": ({ argument }) => {
    const [index, list] = argument.items();
    return index && list && selectItem(readTextList(list), index.value);
  },
  "Fn::FindInMap": (call, part) => {
    const [only, ...others] = findEntries(call) ?? [];
    return others.length === 0 ? readLiteral(only, part) : undefined;
  },
};

/** A text of the template that stands elsewhere in it, at the place where it is used. */
function readLiteral(value: unknown, part: DocumentPart): TextSegment[] | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? [{ embedded: part.embedded(String(value)) }]
    : undefined;
}

/** The texts of a list: one that is written, split, or in a mapping. Undefined if it can't be read. */
function readTextList(list: DocumentPart): TextList | undefined {
  if (Array.isArray(list.value)) {
    const items = list.items().map((item) => readTemplateText(item) ?? readLiteral(item.value, item));
    return items.every((item) => item !== undefined) ? { items, isOpen: false } : undefined;
  }
  const call = parseIntrinsicCall(list);
  if (call?.name === "Fn::Split") {
    const [delimiter, text] = call.argument.items();
    const segments = text && readTemplateText(text);
    return segments && splitSegments(segments, delimiter?.value);
  }
  const [only, ...others] = (call && findEntries(call)) ?? [];
  if (others.length > 0 || !Array.isArray(only)) return undefined;
  const items = only.map((item) => readLiteral(item, list));
  return items.every((item) => item !== undefined) ? { items, isOpen: false } : undefined;
}

const isKnownText = (value: unknown): value is string => typeof value === "string" && !isPlaceholder(value);

/** What a call can give, if the template fixes that. */
export function findDomain(part: DocumentPart, call: IntrinsicCall): HoleDomain | undefined {
  const { name, argument } = call;
  if (name === "Ref") return describeReference(String(argument.value), part).domain;
  if (name === "Fn::GetAtt") {
    const attribute = [argument.value].flat().join(".");
    return describeReference(attribute, part).domain;
  }
  if (name === "Fn::FindInMap") {
    const values = findEntries(call);
    return values?.every(isKnownText) ? { values } : undefined;
  }
  return name === "Fn::If" ? findChoiceDomain(part) : undefined;
}

/** Each branch may be a text with holes. */
function findChoiceDomain(part: DocumentPart): HoleDomain | undefined {
  const choices = listAlternatives(part);
  if (choices.includes(part)) return undefined;
  const texts = choices.map((one) => {
    const parts = toTextParts(readTemplateText(one) ?? []);
    const isOpen = parts.some((part) => typeof part === "string" && isPlaceholder(part));
    return parts.length === 0 || isOpen ? undefined : textFromParts(parts);
  });
  if (texts.length === 0 || !texts.every((text) => text !== undefined)) return undefined;
  if (texts.every((text) => typeof text === "string")) return { values: texts };
  return { pattern: texts.map((text) => toPattern(text)).join("|") };
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
  const [delimiter, given] = argument.items();
  if (!delimiter || typeof delimiter.value !== "string") return undefined;
  const list = given && readTextList(given);
  if (!list || list.isOpen) return undefined;
  const between: TextSegment[] =
    delimiter.value === "" ? [] : [{ embedded: delimiter.embedded(delimiter.value) }];
  const joined = new SegmentList();
  for (const [index, item] of list.items.entries()) {
    if (joined.isFull) return undefined;
    if (index > 0) joined.add(between);
    joined.add(item);
  }
  return joined.segments;
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
    if (end > start) made.add([{ embedded: sliceText(text, start, end) }]);
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
