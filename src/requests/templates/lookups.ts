import { sliceText } from "../../documents/embedded.ts";
import { decidePattern } from "../../texts/decide.ts";
import { escapePattern, toText } from "../../texts/transform.ts";
import { isObject } from "../request.ts";
import type { IntrinsicCall } from "./intrinsic-call.ts";
import { parseIntrinsicCall } from "./intrinsic-call.ts";
import type { DocumentPart } from "./part.ts";
import { describeReference } from "./references.ts";
import type { TextSegment } from "./segments.ts";

/** Texts of a list that a template makes; behind those of an open one there may be others. */
export interface TextList {
  items: readonly TextSegment[][];
  isOpen: boolean;
}

/** The values that `Fn::FindInMap` may give, each once; undefined if the mapping isn't in the template. */
export function findEntries({ name, argument }: IntrinsicCall): unknown[] | undefined {
  const [mapName, top, second, options] = argument.items();
  if (name !== "Fn::FindInMap" || !mapName || !top || !second) return undefined;
  const { Mappings } = isObject(argument.document.value) ? argument.document.value : {};
  const keys = [mapName, top, second];
  const levels = keys.reduce<unknown[] | undefined>(
    (found, key) =>
      found?.length && !found.some(isOpen) ? found.flatMap((map) => readEntries(map, key)) : undefined,
    [Mappings],
  );
  if (!levels || levels.length === 0) return undefined;
  const others = options?.member("DefaultValue");
  return [...new Set(others ? [...levels, others.value] : levels)];
}

/** Whether another tool may add to a mapping. */
const isOpen = (map: unknown): boolean =>
  !isObject(map) || Object.keys(map).some((key) => key.startsWith("Fn::"));

/** The entries of a mapping under a key, or under all that it may be. */
function readEntries(map: unknown, key: DocumentPart): unknown[] {
  const entries = Object.entries(map as Record<string, unknown>);
  const { value } = key;
  if (typeof value === "string" || typeof value === "number")
    return entries.filter(([name]) => name === String(value)).map(([, entry]) => entry);
  const call = parseIntrinsicCall(key);
  const values =
    call?.name === "Ref" ? describeReference(String(call.argument.value), key).domain?.values : undefined;
  return entries.filter(([name]) => values?.includes(name) ?? true).map(([, entry]) => entry);
}

/** An item of a list by its index, which may be written as text. */
export function selectItem(list: TextList | undefined, index: unknown): TextSegment[] | undefined {
  const isNumber = typeof index === "number" || (typeof index === "string" && /^[0-9]{1,6}$/.test(index));
  return isNumber ? list?.items[Number(index)] : undefined;
}

/** Splits a text; the item with a hole that may hold the delimiter isn't known, nor are those behind it. */
export function splitSegments(segments: readonly TextSegment[], delimiter: unknown): TextList | undefined {
  if (typeof delimiter !== "string" || delimiter === "") return undefined;
  const items: TextSegment[][] = [[]];
  for (const segment of segments) {
    if ("embedded" in segment) {
      const pieces = splitLiteral(segment.embedded.text, delimiter);
      for (const [index, { start, end }] of pieces.entries()) {
        if (index > 0) items.push([]);
        if (end > start) items.at(-1)!.push({ embedded: sliceText(segment.embedded, start, end) });
      }
    } else if (mayHold(segment, delimiter)) return { items: items.slice(0, -1), isOpen: true };
    else items.at(-1)!.push(segment);
  }
  return { items, isOpen: false };
}

/** A longer delimiter may begin in a hole and end behind it. */
const mayHold = (hole: Extract<TextSegment, { source: string }>, delimiter: string): boolean =>
  decidePattern(toText(hole), [...delimiter].map(escapePattern).join("|")) !== "never";

function splitLiteral(text: string, delimiter: string): { start: number; end: number }[] {
  let start = 0;
  return text.split(delimiter).map(({ length }) => {
    const piece = { start, end: start + length };
    start = piece.end + delimiter.length;
    return piece;
  });
}
