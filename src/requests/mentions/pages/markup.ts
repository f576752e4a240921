import type { Span } from "../../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../../documents/embedded.ts";
import { embedDecoded } from "../../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../../documents/written.ts";

/** What stands in an element of a page, without its tags. */
export interface ElementContent extends Span {
  tag: string;
  attributes: string;
}

const OPENING = /<(script|pre|codeblock|code)\b([^<>]{0,1000})>/gi;

/** The outermost elements that hold code. */
export function codeElementsIn(text: string): ElementContent[] {
  const small = text.toLowerCase();
  const elements: ElementContent[] = [];
  const unclosed = new Set<string>();
  let end = 0;
  for (const { 0: opening, 1: name = "", 2: attributes = "", index } of text.matchAll(OPENING)) {
    const tag = name.toLowerCase();
    const start = index + opening.length;
    // In Markdown, a tag between backticks is none.
    if (index < end || unclosed.has(tag) || text[index - 1] === "`") continue;
    const close = small.indexOf(`</${tag}`, start);
    // Looked for once: a page may open very many elements that it never closes.
    if (close < 0) unclosed.add(tag);
    if (close < 0 && tag !== "script") continue;
    end = close < 0 ? text.length : close;
    elements.push({ tag, attributes, start, end });
  }
  return elements;
}

const PROGRAM_TYPE = /\b(?:module|(?:text|application)\/(?:javascript|ecmascript|typescript|babel|jsx))\b/i;

/** A script that the page runs, unlike data and templates in elements of the same name. */
export const isProgramElement = ({ tag, attributes }: ElementContent): boolean =>
  tag === "script" && (!/\btype\s*=/i.test(attributes) || PROGRAM_TYPE.test(attributes));

/** Names have no values of other scripts but by imports. */
export const isModule = ({ attributes }: ElementContent): boolean =>
  /\btype\s*=\s*["']?module\b/i.test(attributes);

/** The names of languages that attributes may hold: `class="language-python"`, `lang="ts"`. */
export const languagesNamedBy = (attributes: string): string[] =>
  [...attributes.matchAll(/\b(?:language-|lang-|highlight-source-|brush: ?)?([a-z#+]{1,20}3?)\b/gi)].map(
    ([, name]) => name!,
  );

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Characters that stand for others, and tags that only mark text. */
const MARKS =
  /&(?:(\w{2,6})|#(\d{1,6})|#x([\da-f]{1,5}));|<\/?(?:span|code|b|i|em|strong|a|mark|font|u)(?:\s[^<>]{0,500})?>|<br *\/?>/gi;

/** The text that a page shows of an element. */
export function shownText(text: string, { start, end }: Span): EmbeddedText {
  const pieces = new DecodedTextBuilder(start);
  let from = start;
  for (const match of text.slice(start, end).matchAll(MARKS)) {
    const at = start + match.index;
    const next = at + match[0].length;
    pieces.copy(text, from, at);
    pieces.add(meantBy(match) ?? "", at, next);
    from = next;
  }
  pieces.copy(text, from, end);
  return embedDecoded(pieces);
}

function meantBy({ 0: all, 1: name, 2: decimal, 3: hexadecimal }: RegExpMatchArray): string | undefined {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
  if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
  if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
  return /^<br/i.test(all) ? "\n" : undefined;
}
