import type { Span } from "../diagnostics/lines.ts";

/** What every placeholder has in it; for most texts this is the only test. */
const MARKS = /[<{[…]|\.{3}/;
/** The others, in any case: V8 takes long to compile such expressions, the longer the more is in them. */
const WORDS = /x{3}|your|(?:replace|change|fill|insert)[_-]?(?:me|with|here|this)/i;

/** The same in the text of JSON, whose own brackets are none. Escapes may hide one. */
const MARKS_IN_JSON = /[<…\\]|[$%]\{|\{(?![\s"}])|\[(?![\s"\]{[\d-])|\.{3}/;

/** Whether a string in the text of a JSON document may contain a placeholder. */
export const mayContainPlaceholders = (json: string): boolean => MARKS_IN_JSON.test(json) || WORDS.test(json);

/** How brackets of templates close. Longer openings stand before shorter ones. */
const CLOSINGS: Readonly<Record<string, string>> = {
  "${{": "}}",
  "${": "}",
  "{{": "}}",
  "{%": "%}",
  "%{": "}",
  "<%": "%>",
};
const OPENING = /\$\{\{|\$\{|\{\{|\{%|%\{|<%/g;

/**
 * A placeholder that ends at its first closing bracket, and stands for one text. All others (with quotes or brackets
 * inside, directives such as `{% if … %}`, marks that remove blanks around them) may end, and take effect, elsewhere.
 */
const SIMPLE =
  /\$\{\{[^{}"'`]*\}\}|\$\{[^{}"'`]*\}|\{\{(?!\s*(?:[-~#/^>!&]|(?:block|define|each|else|end|if|range|template|unless|with)\b))[^{}"'`]*(?<![-~])\}\}/y;

/**
 * Values that documentation leaves open: `<NAME>`, `<<NAME>>`, `{name}`, `[NAME]`, `YOUR_NAME`, `REPLACE_ME`,
 * `fs-xxxxxxxx` and ellipses.
 */
const DOCUMENTED = new RegExp(
  [
    /<{1,2}(?:[A-Za-z][\w .,:'/|()-]*|\.{3}|…)>{1,2}/,
    /(?<![${%])\{[A-Za-z][\w .:|-]*\}/,
    /\[(?:[A-Z]|[A-Za-z]{2}\w*(?:[ .:-][A-Za-z]\w+)*)\]/,
    /(?<![A-Za-z0-9])(?:your|YOUR|Your)(?:[_-][A-Za-z0-9]+)+/,
    /(?<![A-Za-z0-9])(?:replace|change|fill|insert|REPLACE|CHANGE|FILL|INSERT)[_-]?(?:me|with|here|this|ME|WITH|HERE|THIS)(?:[_-][A-Za-z0-9]+)*(?![A-Za-z0-9])/,
    /(?<![A-Za-z])(?:x{3,}|X{3,})(?![A-Za-z])/,
    /\.{3,}|…/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** Whether a text may contain a placeholder. Most texts have none of the characters that most kinds begin with. */
export function mayContainPlaceholder(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < MARKERS.length ? isMarker(text, index, MARKERS[code]!) : code === ELLIPSIS)
      return MARKS.test(text) || WORDS.test(text);
  }
  return false;
}

const ELLIPSIS = 0x2026;

/** By the code of a character: 1 if it makes a mark, otherwise the code of the lower case letter that has to follow. */
const MARKERS = new Uint8Array(128);
for (const mark of "<{[") MARKERS[mark.charCodeAt(0)] = 1;
for (const pair of ["..", "xx", "yo", "me", "wi", "he", "th"])
  for (const first of [pair[0]!, pair[0]!.toUpperCase()]) MARKERS[first.charCodeAt(0)] = pair.charCodeAt(1);

const isMarker = (text: string, index: number, next: number): boolean =>
  next === 1 || (next > 1 && (text.charCodeAt(index + 1) | 0x20) === (next | 0x20));

/** The placeholders in a text, in order and apart from each other. Linear in the length of the text. */
export function findPlaceholders(text: string): Span[] {
  if (!mayContainPlaceholder(text)) return [];
  const { simple, wide } = findBrackets(text);
  const documented = [...text.matchAll(DOCUMENTED)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  // There is one for each kind of brackets at most.
  const widened = mergeSpans(wide).map((span) => widenOverBlanks(text, span));
  return mergeSpans([...simple, ...documented, ...widened]);
}

/** Placeholders in brackets: simple ones, and others as far as the last bracket that may close them. */
function findBrackets(text: string): { simple: Span[]; wide: Span[] } {
  const [simple, wide]: [Span[], Span[]] = [[], []];
  const lastAt = new Map<string, number>();
  OPENING.lastIndex = 0;
  for (let open = OPENING.exec(text); open; open = OPENING.exec(text)) {
    const start = open.index;
    SIMPLE.lastIndex = start;
    const found = SIMPLE.exec(text);
    if (found) {
      OPENING.lastIndex = start + found[0].length;
      simple.push({ start, end: OPENING.lastIndex });
      continue;
    }
    const closing = CLOSINGS[open[0]]!;
    if (!lastAt.has(closing)) lastAt.set(closing, text.lastIndexOf(closing));
    const last = lastAt.get(closing)!;
    if (last >= OPENING.lastIndex) wide.push({ start, end: last + closing.length });
  }
  return { simple, wide };
}

/** Directives may remove the blanks around them. */
function widenOverBlanks(text: string, { start, end }: Span): Span {
  const before = text.slice(0, start).trimEnd().length;
  return { start: before, end: text.length - text.slice(end).trimStart().length };
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
