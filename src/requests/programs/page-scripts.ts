import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { isComponent, isWebPage } from "../mentions/detect-language.ts";
import { codeElementsIn, isModule, isProgramElement } from "../mentions/pages/markup.ts";
import type { LanguageReader } from "./language.ts";
import { languageNamed } from "./languages/index.ts";

/** A file whose programs stand in elements: a page, or a component of one. */
export const holdsScripts = (path: string): boolean => isWebPage(path) || isComponent(path);

interface PageScript {
  language: LanguageReader;
  within: EmbeddedText;
}

/** The programs of a page or a component. Scripts that are no modules share their names. */
export function scriptsIn(path: string, text: string): PageScript[] {
  const elements = codeElementsIn(text).filter(isProgramElement);
  if (!isWebPage(path)) {
    const isTyped = elements.some(({ attributes }) => /\blang\s*=\s*["']?tsx?\b/i.test(attributes));
    const head = /\.astro$/i.test(path) ? /^\s*---\r?\n([\s\S]*?)\r?\n---/.exec(text) : null;
    const start = head ? head[0].indexOf("---") + 3 : 0;
    const front = head ? [{ start, end: head[0].length - 3 }] : [];
    return joined(text, [...front, ...elements], isTyped || head ? "typescript" : "javascript");
  }
  const modules = elements.filter(isModule);
  const others = elements.filter((element) => !isModule(element));
  return [
    ...joined(text, others, "javascript"),
    ...modules.flatMap((module) => joined(text, [module], "javascript")),
  ];
}

function joined(text: string, spans: readonly Span[], language: string): PageScript[] {
  const [first] = spans;
  if (!first) return [];
  const pieces = new DecodedTextBuilder(first.start);
  for (const { start, end } of spans) {
    pieces.copy(text, start, end);
    pieces.add("\n", end, end);
  }
  const { end } = spans.at(-1)!;
  for (const name of variablesShown(text, spans)) pieces.add(`${name} = __page;\n`, end, end);
  return [{ language: languageNamed(language)!, within: embedDecoded(pieces) }];
}

/** Variables that the page itself mentions, and so may give other values: `bind:value={name}`, `@click="name = 1"`. */
function variablesShown(text: string, scripts: readonly Span[]): string[] {
  const code = scripts.map(({ start, end }) => text.slice(start, end)).join("\n");
  const declared = new Set([...code.matchAll(/\b(?:let|var)\s+([A-Za-z_]\w*)/g)].map(([, name]) => name!));
  if (declared.size === 0) return [];
  const words = new Set(outsideOf(text, scripts).match(/[A-Za-z_]\w*/g));
  return [...declared].filter((name) => words.has(name));
}

function outsideOf(text: string, spans: readonly Span[]): string {
  let [shown, from] = ["", 0];
  for (const { start, end } of spans) {
    shown += `${text.slice(from, start)} `;
    from = end;
  }
  return shown + text.slice(from);
}
