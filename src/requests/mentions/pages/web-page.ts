import type { Span } from "../../../diagnostics/lines.ts";
import type { Unread } from "../../request.ts";
import { languageCalled } from "../detect-language.ts";
import { findCalls, placedAt } from "../find.ts";
import type { KnownNames } from "../names.ts";
import { certainCallsIn } from "../texts.ts";
import { codeElementsIn, isProgramElement } from "./markup.ts";

/** `onclick="…"`, `@click="…"`, `on:click={…}`, `href="javascript:…"`. */
const HANDLER =
  /\s(?:on:?|@|v-on:)[a-z][\w.:-]{0,40}\s?=\s?(?:"([^"]{1,5000})"|'([^']{1,5000})'|\{[^<>]{1,5000})|["']javascript:(?:([^"]{1,5000})"|([^']{1,5000})')/gi;

/** The calls in the scripts of a page, and in its handlers of events. What else it shows runs nothing. */
export function callsInWebPage(text: string, names: KnownNames): Unread[] {
  const scripts: Span[] = codeElementsIn(text).filter(isProgramElement);
  return [
    ...scripts.flatMap(({ start, end }) =>
      placedAt(start, findCalls(text.slice(start, end), languageCalled("javascript")!, names)),
    ),
    ...callsInHandlers(text, names),
  ];
}

/** The calls in handlers of events, whatever quotes or braces are around them. */
export const callsInHandlers = (text: string, names: KnownNames): Unread[] =>
  [...text.matchAll(HANDLER)].flatMap(({ 0: handler, index }) =>
    placedAt(index, certainCallsIn(handler, names)),
  );
