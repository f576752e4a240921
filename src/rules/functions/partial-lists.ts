import { Unknown } from "../../documents/document.ts";
import { OpenList, PartialText } from "../../documents/partial.ts";
import { areSameTexts, type TextDecision } from "../../texts/compare.ts";
import { duplicates } from "./lists.ts";
import { selectCertain } from "./partial-paths.ts";

type List = readonly unknown[] | OpenList;

const itemsOf = (list: List): readonly unknown[] => (list instanceof OpenList ? list.items : list);

const MAX_PAIRS = 10_000;

/** Whether each item is in the list before it. */
const areRepeated = (items: readonly unknown[]): TextDecision[] =>
  items.map((item, index) => isAmong(item, items.slice(0, index)));

const isAmong = (value: unknown, items: readonly unknown[]): TextDecision =>
  items.reduce<TextDecision>((found, item) => orElse(found, areSame(value, item)), false);

/** The values of a list that occur in it again. */
export function duplicatesInPart(list: List): unknown {
  const items = itemsOf(list);
  if (items.length ** 2 > MAX_PAIRS) return undefined;
  return selectCertain(items, areRepeated(items), list instanceof OpenList ? [list] : items);
}

const negate = (decision: TextDecision): TextDecision => (decision === undefined ? undefined : !decision);

/** The values of a list, each once. Open where some may be the same. */
export function distinctInPart(list: List): unknown {
  const items = itemsOf(list);
  if (items.length ** 2 > MAX_PAIRS) return undefined;
  const verdicts = areRepeated(items).map(negate);
  return selectCertain(items, verdicts, list instanceof OpenList ? [list] : items);
}

/** The values of one list that the other one has, too. */
export function commonInPart(a: List, b: List): unknown {
  const [own, others] = [itemsOf(a), itemsOf(b)];
  if (own.length * Math.max(own.length, others.length) > MAX_PAIRS) return undefined;
  const isOpen = b instanceof OpenList;
  const found = own.map((item) => {
    const verdict = isAmong(item, others);
    return isOpen && verdict === false ? undefined : verdict;
  });
  const repeated = areRepeated(own);
  const verdicts = found.map((verdict, index) => both(verdict, negate(repeated[index])));
  return selectCertain(
    own,
    verdicts,
    [a, b].some((list) => list instanceof OpenList) ? [a, b] : [...own, ...others],
  );
}

const both = (a: TextDecision, b: TextDecision): TextDecision => negate(orElse(negate(a), negate(b)));

/** Where a value first stands; undefined where an item before may be the same. */
export function firstIndexInPart(list: List, value: unknown): unknown {
  const items = itemsOf(list);
  for (const [index, item] of items.entries()) {
    const verdict = areSame(item, value);
    if (verdict !== false) return verdict && !(list instanceof OpenList) ? index : undefined;
  }
  return list instanceof OpenList ? undefined : -1;
}

const orElse = (a: TextDecision, b: TextDecision): TextDecision =>
  a === true || b === true ? true : a === false && b === false ? false : undefined;

function areSame(a: unknown, b: unknown): TextDecision {
  // One occurrence of a placeholder has one value.
  if (a === b) return true;
  if (isText(a) && isText(b)) return areSameTexts(a, b);
  return hasUnknown(a) || hasUnknown(b) ? undefined : duplicates([a, b]).length > 0;
}

const isText = (value: unknown): value is string | PartialText =>
  typeof value === "string" || value instanceof PartialText;

const hasUnknown = (value: unknown): boolean =>
  value instanceof Unknown ||
  (typeof value === "object" && value !== null && Object.values(value).some(hasUnknown));
