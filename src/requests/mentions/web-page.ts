import type { Span } from "../../diagnostics/lines.ts";
import type { Unread } from "../request.ts";
import { languageCalled } from "./detect-language.ts";
import { findCalls } from "./find.ts";
import { codeElementsIn, isProgramElement } from "./markup.ts";
import type { KnownNames } from "./names.ts";

/** `onclick="…"` */
const HANDLER = /\son[a-z]{1,30}\s?=\s?(?:"([^"]{1,5000})"|'([^']{1,5000})')/gi;

/** The calls in the scripts of a page, and in its handlers of events. What else it shows runs nothing. */
export function callsInWebPage(text: string, names: KnownNames): Unread[] {
  const scripts: Span[] = codeElementsIn(text).filter(isProgramElement);
  const handlers = [...text.matchAll(HANDLER)].map(({ 0: all, 1: double, 2: single = "", index }) => {
    const end = index + all.length - 1;
    return { start: end - (double ?? single).length, end };
  });
  return [...scripts, ...handlers].flatMap(({ start, end }) =>
    findCalls(text.slice(start, end), languageCalled("javascript")!, names).map((one) => ({
      ...one,
      span: { start: start + one.span.start, end: start + one.span.end },
    })),
  );
}
