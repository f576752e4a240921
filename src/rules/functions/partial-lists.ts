import { Unknown } from "../../documents/document.ts";
import { OpenList, PartialText } from "../../documents/partial.ts";
import { compareTexts, type TextDecision } from "../../texts/compare.ts";
import { duplicates } from "./lists.ts";
import { selectCertain } from "./partial-paths.ts";

const MAX_PAIRS = 10_000;

/** The values of a list that occur in it again. */
export function duplicatesInPart(list: readonly unknown[] | OpenList): unknown {
  const items = list instanceof OpenList ? list.items : list;
  if (items.length ** 2 > MAX_PAIRS) return undefined;
  const verdicts = items.map((item, index) =>
    items.slice(0, index).reduce<TextDecision>((found, other) => orElse(found, areSame(item, other)), false),
  );
  return selectCertain(items, verdicts, list instanceof OpenList ? [list] : items);
}

const orElse = (a: TextDecision, b: TextDecision): TextDecision =>
  a === true || b === true ? true : a === false && b === false ? false : undefined;

function areSame(a: unknown, b: unknown): TextDecision {
  if (isText(a) && isText(b)) {
    if (a instanceof PartialText) return compareTexts(a, b);
    return b instanceof PartialText ? compareTexts(b, a) : a === b;
  }
  return hasUnknown(a) || hasUnknown(b) ? undefined : duplicates([a, b]).length > 0;
}

const isText = (value: unknown): value is string | PartialText =>
  typeof value === "string" || value instanceof PartialText;

const hasUnknown = (value: unknown): boolean =>
  value instanceof Unknown ||
  (typeof value === "object" && value !== null && Object.values(value).some(hasUnknown));
