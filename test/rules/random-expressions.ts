import fc from "fast-check";
import { OpenList, OpenObject, PartialText } from "../../src/documents/partial.ts";
import { createPlaceholder } from "./toy-service.ts";

/** Conditions over a request that always has all members, so that only their values can be unknown. */
export const TERMS = fc.oneof(
  fc.constantFrom("request.a", "request.b", "request.c.d"),
  fc.constantFrom("'x'", "'y'", "'xy'"),
);
export const LISTS = fc.constantFrom("request.l", "request.m", "['x', request.a]", "request.l + request.m");
const ATOMS = fc.oneof(
  fc.tuple(TERMS, fc.constantFrom("==", "!=", "<", ">="), TERMS).map((parts) => parts.join(" ")),
  fc.tuple(TERMS, LISTS).map(([term, list]) => `${term} in ${list}`),
  fc
    .tuple(LISTS, fc.constantFrom("all", "exists", "exists_one"), TERMS)
    .map(([list, macro, term]) => `(${list}).${macro}(i, i == ${term})`),
  fc.tuple(LISTS, TERMS).map(([list, term]) => `(${list}).filter(i, i != ${term}).size() > 1`),
  fc.tuple(LISTS, LISTS).map(([a, b]) => `${a} == ${b}`),
  LISTS.map((list) => `size(distinct(${list})) == 2`),
  LISTS.map((list) => `size(duplicates(${list})) == 0`),
  LISTS.map((list) => `size(nestedPaths(${list})) > 0`),
  fc.tuple(LISTS, LISTS).map(([a, b]) => `size(overlapping(${a}, ${b})) > 0`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `(${a} + ${b}).trim().lowerAscii().matches('^x+/?y?$')`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `overlaps(${a}, ${b}) || size(${a}) >= size(${b})`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `${a}.endsWith(${b}) || ${b}.contains(${a})`),
  fc
    .tuple(TERMS, TERMS)
    .map(([a, b]) => `arn('arn:aws:' + ${a} + ':::' + ${b}).bucket == s3uri('s3://' + ${b}).bucket`),
  LISTS.map((list) => `size(${list}) > 2`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `${a}.startsWith(${b})`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `isInside(${a}, ${b})`),
  fc.constantFrom(
    "has(request.c)",
    "has(request.c.d)",
    "has(request.e)",
    "orElse(request.e, 'x') == 'x'",
    "request.c == {'d': 'x'}",
  ),
  fc.constantFrom(
    "context.f.g == 'x'",
    "has(context.f)",
    "has(context.f.g)",
    "caller == 'x'",
    "context.h.exists(r, r.k == 'x')",
  ),
);
export const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    ATOMS,
    tie("condition").map((a) => `!(${a})`),
    fc
      .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
      .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
    fc
      .tuple(tie("condition"), tie("condition"), tie("condition"))
      .map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
}));

const TEXT = fc.constantFrom("x", "y", "xy", "x/y", "");
const LIST = fc.array(TEXT, { maxLength: 3 });
export const FILLING = fc.record({ a: TEXT, b: TEXT, c: fc.record({ d: TEXT }), l: LIST, m: LIST });
export const CONTEXT = fc.record({
  f: fc.record({ g: TEXT }),
  h: fc.array(fc.record({ k: TEXT }), { maxLength: 2 }),
});

/** Replaces parts of a value by unknown values; takes one decision from the end for each part. */
function hide(value: unknown, decisions: boolean[]): unknown {
  if (decisions.pop()) return decisions.pop() ? hidePart(value) : createPlaceholder();
  if (Array.isArray(value)) return value.map((item) => hide(item, decisions));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hide(member, decisions)]));
}

/** What is left of a value if a stretch of a text, or how many parts there are, isn't known. */
function hidePart(value: unknown): unknown {
  if (typeof value === "string") return new PartialText(value, [value.slice(0, 1), { source: "${X}" }]);
  if (Array.isArray(value)) return new OpenList("$LIST", value.slice(1));
  return new OpenObject("**more", {});
}

export const hidden = (value: unknown, decisions: boolean[]) =>
  hide(value, [...decisions, false]) as Record<string, unknown>;
